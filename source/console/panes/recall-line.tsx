import {Box} from 'ink';
import {useState} from 'react';
import {strings} from '../../strings/index.js';
import {cellWidth, cutCells} from '../../util/cells.js';
import {TextField} from '../components/text-field.js';
import {useConsole, useUi} from '../console-context.js';
import {isClosingKey} from '../overlays/use-overlay-keys.js';
import type {FoundLine} from '../typed-lines.js';
import {Painted} from '../components/painted.js';

/** A line of several on one row. */
const onOneRow = (line: string) => line.replaceAll('\n', ' ↵ ');

/** In the composer's place: looks for a line that was typed before. The line that is being typed waits. */
export function RecallLine() {
	const {theme, actions, typedLines, composing} = useConsole();
	const columns = useUi(each => each.columns);
	const [text, setText] = useState('');
	const [found, setFound] = useState<FoundLine>();
	const words = strings.input.composing.recall;
	const label = ` ${words.label} ${theme.glyphs.prompt} `;
	const labelWidth = cellWidth(label);
	const fieldWidth = Math.max(2, Math.floor((columns - labelWidth) / 3));
	const room = Math.max(0, columns - labelWidth - fieldWidth - 3);
	const nothing = text === '' ? '' : words.nothing;
	const shown = cutCells(
		found ? onOneRow(found.line) : nothing,
		room,
		theme.glyphs.ellipsis,
	);

	const take = () => {
		if (found) composing.replaceWith(found.line);
		actions.closeOverlay();
	};

	const step = (by: 1 | -1) => {
		const from = found ? ({id: found.id, by} as const) : undefined;
		const next = typedLines.find(text, from);
		if (next) setFound(next);
	};

	return (
		<Box height={1}>
			<Box width={labelWidth} flexShrink={0}>
				<Painted lines={[theme.paint(label, 'strong')]} />
			</Box>
			<TextField
				isActive
				value={text}
				width={fieldWidth}
				placeholder={words.placeholder}
				onChange={next => {
					setText(next);
					setFound(next === '' ? undefined : typedLines.find(next));
				}}
				onSubmit={take}
				onKey={name => {
					if (isClosingKey(name) || name === 'ctrl+g') actions.closeOverlay();
					else if (name === 'ctrl+r' || name === 'up') step(-1);
					else if (name === 'ctrl+s' || name === 'down') step(1);
					else return false;
					return true;
				}}
			/>
			<Box width={room + 2} flexShrink={0}>
				<Painted lines={[`  ${theme.paint(shown, found ? 'plain' : 'dim')}`]} />
			</Box>
		</Box>
	);
}
