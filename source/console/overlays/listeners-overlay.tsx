import {useState} from 'react';
import type {
	FailedListener,
	Listener,
	ListenerId,
	Peer,
} from '../../engine/index.js';
import {isReachable} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {cellWidth, wrapCells} from '../../util/cells.js';
import {Dialog, DialogField} from '../components/dialog.js';
import {keyHints} from '../components/key-hints.js';
import {moveSelection} from '../components/select-list.js';
import {tallWindow} from '../components/tall-list.js';
import {TextField} from '../components/text-field.js';
import {composeLine, innerHeight, innerWidth} from '../format/lines.js';
import {actionFor, type Action} from '../input/keymap.js';
import type {Theme} from '../theme.js';
import {failureLines, listenerLines} from './listener-lines.js';
import {isClosingKey, useOverlayKeys} from './use-overlay-keys.js';

export interface ListenersOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	readonly listeners: readonly Listener[];
	/** For the counts of connections. */
	readonly peers: readonly Peer[];
	readonly failed: readonly FailedListener[];
	readonly onCloseListener: (listener: ListenerId) => void;
	/** What was typed, as behind `/listen`; a returned sentence says what is wrong with it. */
	readonly onAdd: (text: string) => string | undefined;
	readonly onClose: () => void;
}

const steps: Partial<Record<Action, number>> = {
	moveUp: -1,
	moveDown: 1,
	pageUp: -5,
	pageDown: 5,
	moveTop: -Infinity,
	moveBottom: Infinity,
};

/** What listens here and who is connected, what could not, and a line for another one. */
export function ListenersOverlay(props: ListenersOverlayProps) {
	const {theme, width, listeners, peers, failed} = props;
	const words = strings.input.listeners;
	const [chosen, setChosen] = useState(0);
	const [start, setStart] = useState(0);
	/** The line for another listener, while it is typed. */
	const [line, setLine] = useState<string>();
	const [error, setError] = useState<string>();
	const selected = Math.max(0, Math.min(listeners.length - 1, chosen));
	const inner = innerWidth(width);
	const said = (text: string, style: 'plain' | 'dim' | 'bad') =>
		wrapCells(text, inner).map(part =>
			composeLine(theme, inner, [[part, style]]),
		);
	const isAdding = line !== undefined;
	const prompt = `${words.add} ${theme.glyphs.prompt} `;
	const below = [
		...failed.flatMap(each => failureLines(each, theme, inner)),
		composeLine(theme, inner, []),
		...(isAdding
			? [
					composeLine(theme, inner, [[prompt, 'accent']]),
					...(error === undefined ? [] : said(error, 'bad')),
				]
			: said(words.howTo, 'dim')),
	];
	const room = Math.max(1, innerHeight(props.height) - below.length);
	const list = tallWindow({
		count: listeners.length,
		height: room,
		selected,
		start,
		linesOf: row =>
			listenerLines(listeners[row]!, {
				theme,
				width: inner,
				isSelected: row === selected && !isAdding,
				connections: peers.filter(
					peer => peer.listener === listeners[row]!.id && isReachable(peer),
				).length,
			}),
	});
	if (list.start !== start) setStart(list.start);
	useOverlayKeys({
		isActive: !isAdding,
		close: props.onClose,
		move(action) {
			const by = steps[action];
			if (by !== undefined) {
				setChosen(moveSelection(listeners.length, selected, by));
			}
		},
		own(name) {
			const action = actionFor('listeners', name);
			const current = listeners[selected];
			if (action === 'addListener') setLine('');
			else if (action === 'closeListener') {
				if (current) props.onCloseListener(current.id);
			} else if (name === 'q') props.onClose();
			else return false;
			return true;
		},
	});
	const shown = listeners.length > 0 ? list.lines : said(words.none, 'plain');
	const lines = [...shown, ...below].slice(0, innerHeight(props.height));
	const fieldLine =
		shown.length + below.findIndex(each => each.includes(words.add));
	return (
		<Dialog
			theme={theme}
			width={width}
			height={Math.min(props.height, lines.length + 2)}
			title={words.title}
			lines={lines}
			footer={keyHints(theme, [
				...(isAdding
					? ([['enter', 'addListener']] as const)
					: ([
							...(listeners.length > 0
								? ([['x', 'closeListener']] as const)
								: []),
							['a', 'addListener'],
						] as const)),
				['escape', 'close'],
			])}
		>
			{isAdding && (
				<DialogField line={fieldLine} column={cellWidth(prompt)}>
					<TextField
						isActive
						value={line}
						width={Math.max(2, inner - cellWidth(prompt))}
						placeholder={words.placeholder}
						onChange={setLine}
						onSubmit={text => {
							const wrong = props.onAdd(text);
							setError(wrong);
							if (wrong === undefined) setLine(undefined);
						}}
						onKey={name => {
							if (!isClosingKey(name)) return false;
							setError(undefined);
							setLine(undefined);
							return true;
						}}
					/>
				</DialogField>
			)}
		</Dialog>
	);
}
