/**
 * One line of typed text. ink-text-input takes what is typed and draws what
 * stands before the caret: its own cursor, which nobody else can move, is always
 * at its end. All other keys edit the line (`line-editor.ts`), and the widget is
 * then mounted anew in front of the new caret. The terminal's cursor sits there.
 */
import {
	Box,
	type DOMElement,
	Text,
	Transform,
	measureElement,
	useWindowSize,
} from 'ink';
import TextInput from 'ink-text-input';
import {useLayoutEffect, useRef, useState} from 'react';
import {cutCells, steadyText} from '../../util/cells.js';
import {actionFor} from '../input/keymap.js';
import {type Line, emptyLine, insertText, withText} from '../input/line.js';
import {edit, isEditAction} from '../input/line-editor.js';
import {windowOf} from '../input/line-window.js';
import {Caret} from './caret.js';
import {KeyWatcher} from './key-watcher.js';

export interface TextAndCaret {
	readonly text: string;
	/** Index into `text`, in UTF-16 units. */
	readonly caret: number;
}

export interface TextFieldProps {
	/** The text. Another one than `onChange` gave last puts the caret at its end. */
	readonly value: string;
	/** Must make the new value come back as `value`. */
	readonly onChange: (value: string) => void;
	readonly onSubmit?: (value: string) => void;
	/** Whether it takes keys and shows the cursor. */
	readonly isActive: boolean;
	readonly placeholder?: string;
	/** One cell wide; shown instead of each character. */
	readonly mask?: string;
	/** In cells, at least 2; the whole room that there is when missing. */
	readonly width?: number;
	/** Sees each key that is not text or a paste first (and text keys too); true: it was taken. */
	readonly onKey?: (name: string, line: TextAndCaret) => boolean;
	/** For Tab. What comes back is put in, if nothing was typed meanwhile. */
	readonly complete?: (line: TextAndCaret) => Promise<TextAndCaret | undefined>;
}

interface FieldState {
	readonly line: Line;
	/** Changes that the widget does not know of. */
	readonly edits: number;
	/** Where the visible part begins. */
	readonly start: number;
}

export function TextField(props: TextFieldProps) {
	const {value, isActive, placeholder = '', mask} = props;
	const [state, setState] = useState<FieldState>({
		line: emptyLine,
		edits: 0,
		start: 0,
	});
	const [room, setRoom] = useState({x: 0, y: 0, width: 0});
	useWindowSize();
	const width = Math.max(2, props.width ?? room.width);

	const {line} = state;
	const shown = mask ? mask.repeat(line.text.length) : line.text;
	const window = windowOf({text: shown, caret: line.caret}, width, state.start);
	const {start} = window;
	// React renders again with these before it shows anything.
	if (line.text !== value) {
		setState({...state, line: withText(line, value), edits: state.edits + 1});
	} else if (start !== state.start) {
		setState({...state, start});
	}

	const latest = useRef(line);
	useLayoutEffect(() => {
		latest.current = line;
	}, [line]);
	/** Text of a key that the widget has not reported yet. */
	const typed = useRef<string>(undefined);

	const change = (next: Line, isKnown = false) => {
		const previous = latest.current;
		latest.current = next;
		setState(last => ({
			...last,
			line: next,
			edits: isKnown ? last.edits : last.edits + 1,
		}));
		if (next.text !== previous.text) props.onChange(next.text);
	};

	/** Takes the typed text; `isAsExpected` says that the widget shows the same. */
	const takeTyped = (isAsExpected: boolean) => {
		const text = typed.current;
		if (text === undefined) return;
		typed.current = undefined;
		const inserted = insertText(latest.current, text);
		const isWhole = inserted.caret === latest.current.caret + text.length;
		change(inserted, isAsExpected && isWhole);
	};

	const completeLine = async () => {
		const asked = latest.current;
		const found = await props.complete?.(asked);
		if (!found || latest.current.text !== asked.text) return;
		change(withText(latest.current, found.text, found.caret));
	};

	const onKey = (input: string, name: string) => {
		takeTyped(false);
		const current = latest.current;
		const isTaken = props.onKey?.(name, current) ?? false;
		const action = isTaken ? undefined : actionFor('field', name);
		if (action && isEditAction(action)) {
			change(edit(current, action));
		} else if (action === undefined && !isTaken && input !== '') {
			typed.current = input;
			// A widget that was just mounted does not hear keys yet.
			queueMicrotask(() => takeTyped(false));
		} else {
			// The widget may have put the key into its own text: it starts anew.
			change(current);
			if (action === 'submit') props.onSubmit?.(current.text);
			if (name === 'tab' && !isTaken && props.complete) void completeLine();
		}
	};

	const seen = line.text.slice(start, line.caret);
	const measure = (node: DOMElement | null) => {
		if (!node) return;
		const {x, y, width} = measureElement(node);
		const isSame = room.x === x && room.y === y && room.width === width;
		if (!isSame) setRoom({x, y, width});
	};

	return (
		<Box
			ref={measure}
			height={1}
			overflow="hidden"
			{...(props.width === undefined
				? {flexGrow: 1, flexBasis: 0}
				: {width, flexShrink: 0})}
		>
			<Text wrap="truncate-end">
				<KeyWatcher
					isActive={isActive}
					onKey={onKey}
					onPaste={text =>
						change(insertText(latest.current, text, {isPaste: true}))
					}
				/>
				<Transform transform={steadyText}>
					<TextInput
						key={`${start}:${state.edits}`}
						value={seen}
						focus={isActive}
						showCursor={false}
						placeholder={
							line.text === '' ? cutCells(placeholder, width - 1) : ''
						}
						{...(mask ? {mask} : {})}
						onChange={next => takeTyped(next === seen + typed.current)}
					/>
					{window.after}
				</Transform>
				{isActive && room.width > 0 && (
					<Caret x={room.x + window.column} y={room.y} />
				)}
			</Text>
		</Box>
	);
}
