import {useState} from 'react';
import type {EngineState, PartialId, PartialOffer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {wrapCells} from '../../util/cells.js';
import {formatPercent, formatSize} from '../../util/quantities.js';
import {Dialog} from '../components/dialog.js';
import {keyHints} from '../components/key-hints.js';
import {moveSelection} from '../components/select-list.js';
import {tallWindow} from '../components/tall-list.js';
import {composeLine, innerHeight, innerWidth} from '../format/lines.js';
import {actionFor, type Action} from '../input/keymap.js';
import type {Theme} from '../theme.js';
import {useOverlayKeys} from './use-overlay-keys.js';

/** A partial with what is known of whom it came from. */
export interface NamedPartial {
	readonly partial: PartialOffer;
	readonly from: string;
}

const shortKey = 8;

/** By the name that their peer has now, or the beginning of its key. */
export function namePartials(
	partials: EngineState['partials'],
	peers: EngineState['peers'],
): NamedPartial[] {
	const {unknownPeer} = strings.input.partials;
	const names = new Map(
		peers.values().map(({peerId, name}) => [peerId, name] as const),
	);
	return partials.map(partial => ({
		partial,
		from:
			names.get(partial.peerId) ??
			unknownPeer(partial.peerId.slice(0, shortKey)),
	}));
}

export interface PartialsOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	readonly partials: readonly NamedPartial[];
	/** In ms since 1970. */
	readonly now: number;
	readonly onDelete: (partial: PartialId) => void;
	readonly onClose: () => void;
}

const hourMs = 60 * 60 * 1_000;

function partialLines(
	{partial, from}: NamedPartial,
	look: {
		readonly theme: Theme;
		readonly width: number;
		readonly isSelected: boolean;
		readonly now: number;
	},
): string[] {
	const {theme, width, isSelected} = look;
	const {name, sizeBytes, heldBytes, expiresAt} = partial;
	const words = strings.input.partials;
	const held = words.held(
		formatSize(heldBytes),
		formatSize(sizeBytes),
		formatPercent(heldBytes, sizeBytes),
	);
	const hours = Math.max(0, Math.floor((expiresAt - look.now) / hourMs));
	const deleted = words.deleted(Math.round(hours / 24), hours);
	return [
		composeLine(theme, width, [
			[isSelected ? `${theme.glyphs.cursor} ` : '  ', 'selected'],
			[name, isSelected ? 'selected' : 'plain'],
		]),
		...wrapCells(
			[held, words.from(from), deleted].join('  '),
			Math.max(1, width - 4),
		).map(part => composeLine(theme, width, [['    '], [part, 'dim']])),
	];
}

const steps: Partial<Record<Action, number>> = {
	moveUp: -1,
	moveDown: 1,
	pageUp: -5,
	pageDown: 5,
	moveTop: -Infinity,
	moveBottom: Infinity,
};

/** What is left of broken transfers: of which file, how much, from whom, until when. */
export function PartialsOverlay(props: PartialsOverlayProps) {
	const {theme, width, partials, now} = props;
	const words = strings.input.partials;
	const [chosen, setChosen] = useState(0);
	const [start, setStart] = useState(0);
	const selected = Math.max(0, Math.min(partials.length - 1, chosen));
	const inner = innerWidth(width);
	const said = (text: string, style: 'plain' | 'dim') =>
		wrapCells(text, inner).map(part =>
			composeLine(theme, inner, [[part, style]]),
		);
	const explain = partials.length > 0 ? said(words.explain, 'dim') : [];
	const room = innerHeight(props.height) - explain.length - 1;
	const linesOf = (row: number) =>
		partialLines(partials[row]!, {
			theme,
			width: inner,
			isSelected: row === selected,
			now,
		});
	const list = tallWindow({
		count: partials.length,
		height: Math.max(1, room),
		selected,
		start,
		linesOf,
	});
	if (list.start !== start) setStart(list.start);
	useOverlayKeys({
		close: props.onClose,
		move(action) {
			const by = steps[action];
			if (by !== undefined) {
				setChosen(moveSelection(partials.length, selected, by));
			}
		},
		own(name) {
			if (actionFor('partials', name) === 'deletePartial') {
				const current = partials[selected];
				if (current) props.onDelete(current.partial.id);
				return true;
			}

			if (name !== 'q') return false;
			props.onClose();
			return true;
		},
	});
	const lines =
		partials.length === 0
			? said(words.none, 'plain')
			: [...list.lines, composeLine(theme, inner, []), ...explain];
	return (
		<Dialog
			theme={theme}
			width={width}
			height={Math.min(props.height, lines.length + 2)}
			title={words.title}
			lines={lines}
			footer={keyHints(theme, [
				...(partials.length > 0 ? ([['x', 'deletePartial']] as const) : []),
				['escape', 'close'],
			])}
		/>
	);
}
