/** A line to type and a list to choose from, with a sentence below about what Enter would do. It stays as high as it is. */
import {useState} from 'react';
import {cellWidth, fitCells, wrapCells} from '../../util/cells.js';
import {Dialog, DialogField} from '../components/dialog.js';
import {keyHints} from '../components/key-hints.js';
import {listStart, moveSelection} from '../components/select-list.js';
import {TextField} from '../components/text-field.js';
import {
	composeLine,
	innerHeight,
	innerWidth,
	type Span,
} from '../format/lines.js';
import {actionFor, type Action, type HintKey} from '../input/keymap.js';
import type {StyleName, Theme} from '../theme.js';
import {isClosingKey} from './use-overlay-keys.js';

export interface Choice {
	readonly text: string;
	/** What it means; left out where there is no room. */
	readonly words?: string;
	/** It is what holds now. */
	readonly mark?: string;
}

export interface ChoicePickerProps {
	readonly theme: Theme;
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	readonly title: string;
	readonly placeholder: string;
	readonly text: string;
	readonly choices: readonly Choice[];
	/** Among `choices`; none where what is typed counts. */
	readonly selected: number | undefined;
	/** Below the list. */
	readonly message: {readonly text: string; readonly style: StyleName};
	readonly hints: ReadonlyArray<readonly [key: string, hint: HintKey]>;
	readonly onText: (text: string) => void;
	readonly onSelect: (index: number) => void;
	readonly onSubmit: () => void;
	readonly onClose: () => void;
	/** Sees a key's name first; true: it was taken. */
	readonly own?: (name: string) => boolean;
}

/** Where there is room for that many lines of a list. */
const longMessageFrom = 8;
const pageRows = 8;

const steps: Partial<Record<Action, number>> = {
	moveUp: -1,
	moveDown: 1,
	pageUp: -pageRows,
	pageDown: pageRows,
};

function choiceLine(
	choice: Choice,
	look: {
		readonly theme: Theme;
		readonly width: number;
		readonly textWidth: number;
		readonly isSelected: boolean;
	},
): string {
	const {theme, isSelected, textWidth} = look;
	const style = isSelected ? 'selected' : 'plain';
	const left: Span[] = [
		[isSelected ? `${theme.glyphs.cursor} ` : '  ', 'selected'],
		[fitCells(choice.text, textWidth), style],
	];
	if (choice.words !== undefined) left.push([`  ${choice.words}`, 'dim']);
	return composeLine(
		theme,
		look.width,
		left,
		choice.mark === undefined ? [] : [[choice.mark, 'accent']],
	);
}

export function ChoicePicker(props: ChoicePickerProps) {
	const {theme, width, choices, selected, message} = props;
	const [start, setStart] = useState(0);
	const inner = innerWidth(width);
	const available = innerHeight(props.height) - 1;
	const messageLines = available - 3 >= longMessageFrom ? 3 : 2;
	const said = wrapCells(message.text, inner).slice(0, messageLines);
	const room = available - messageLines;
	const hasGap = room > 4;
	const rows = Math.max(1, room - (hasGap ? 1 : 0));
	// As it was opened, so that filtering does not move its edges.
	const [height] = useState(() => Math.min(rows, Math.max(1, choices.length)));
	const size = Math.min(rows, height);
	const from = listStart(choices.length, size, selected ?? start, start);
	if (from !== start) setStart(from);
	const textWidth = Math.max(0, ...choices.map(({text}) => cellWidth(text)));
	const blank = composeLine(theme, inner, []);
	const prompt = `${theme.glyphs.prompt} `;
	const lines = [
		composeLine(theme, inner, [[prompt, 'accent']]),
		...Array.from({length: size}, (_, row) => {
			const choice = choices[from + row];
			const isSelected = from + row === selected;
			return choice
				? choiceLine(choice, {theme, width: inner, textWidth, isSelected})
				: blank;
		}),
		...(hasGap ? [blank] : []),
		...Array.from({length: messageLines}, (_, row) =>
			composeLine(theme, inner, [[said[row] ?? '', message.style]]),
		),
	];
	const onKey = (name: string): boolean => {
		if (isClosingKey(name)) {
			props.onClose();
			return true;
		}

		if (props.own?.(name)) return true;
		const action = actionFor('picker', name);
		const by = action && steps[action];
		if (by === undefined) return false;
		const at = selected ?? (by > 0 ? -1 : choices.length);
		props.onSelect(moveSelection(choices.length, at, by));
		return true;
	};

	return (
		<Dialog
			theme={theme}
			width={width}
			title={props.title}
			lines={lines}
			footer={keyHints(theme, props.hints)}
		>
			<DialogField line={0} column={prompt.length}>
				<TextField
					isActive
					value={props.text}
					width={Math.max(2, inner - prompt.length)}
					placeholder={props.placeholder}
					onChange={props.onText}
					onSubmit={props.onSubmit}
					onKey={onKey}
				/>
			</DialogField>
		</Dialog>
	);
}
