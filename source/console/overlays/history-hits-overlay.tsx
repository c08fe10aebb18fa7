import {useState} from 'react';
import {roomOfKey, type HistoryHit} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {cellWidth, fitCells} from '../../util/cells.js';
import {Dialog} from '../components/dialog.js';
import {keyHints} from '../components/key-hints.js';
import {listStart, moveSelection} from '../components/select-list.js';
import {formatDate, formatShortClock} from '../format/clock-time.js';
import {composeLine, innerHeight, innerWidth} from '../format/lines.js';
import type {Action} from '../input/keymap.js';
import {markHits} from '../search/mark-hits.js';
import type {Theme} from '../theme.js';
import {useOverlayKeys} from './use-overlay-keys.js';

export interface HistoryHitsProps {
	readonly theme: Theme;
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	readonly needle: string;
	/** Undefined while they are looked for; newest first. */
	readonly hits: readonly HistoryHit[] | undefined;
	readonly hasMore: boolean;
	readonly onMore: () => void;
	readonly onOpen: (hit: HistoryHit) => void;
	readonly onClose: () => void;
}

const steps: Partial<Record<Action, number>> = {
	moveUp: -1,
	moveDown: 1,
	pageUp: -10,
	pageDown: 10,
	moveTop: -Infinity,
	moveBottom: Infinity,
};

/** Names and years are left out where the text needs the room. */
const wideFrom = 60;
const widestName = 14;
const nearEnd = 20;

function hitLine(
	hit: HistoryHit,
	look: {
		readonly theme: Theme;
		readonly width: number;
		readonly nameWidth: number;
		readonly isSelected: boolean;
		readonly needle: string;
	},
): string {
	const {theme, width, nameWidth, isSelected, needle} = look;
	const {glyphs} = theme;
	const date = formatDate(hit.at);
	const isWide = width >= wideFrom;
	const when = `${isWide ? date : date.slice(5)} ${formatShortClock(hit.at)}`;
	const arrow =
		hit.direction === undefined
			? ' '
			: glyphs[hit.direction === 'in' ? 'incoming' : 'outgoing'];
	const room = roomOfKey(hit.key);
	const name = fitCells(hit.name, nameWidth, {ellipsis: glyphs.ellipsis});
	const line = composeLine(theme, width, [
		[isSelected ? `${glyphs.cursor} ` : '  ', 'selected'],
		[`${when} `, 'dim'],
		[`${name} `, isSelected ? 'selected' : 'strong'],
		[`${arrow} `, 'dim'],
		// What we said there has the room for a name already.
		[room === undefined || room === hit.name ? '' : `${room} `, 'dim'],
		[hit.text],
	]);
	const [marked = line] = markHits([line], [needle], theme, 'hit');
	return marked;
}

/** What a search of the history found, newest first: whose conversation, when, the line. */
export function HistoryHitsOverlay(props: HistoryHitsProps) {
	const {theme, width, needle, hits = [], hasMore} = props;
	const words = strings.history.search;
	const [chosen, setChosen] = useState(0);
	const [start, setStart] = useState(0);
	const selected = Math.max(0, Math.min(hits.length - 1, chosen));
	const inner = innerWidth(width);
	const size = Math.max(1, innerHeight(props.height) - 1);
	const from = listStart(hits.length, size, selected, start);
	if (from !== start) setStart(from);
	useOverlayKeys({
		close: props.onClose,
		move(action) {
			const by = steps[action];
			if (by === undefined) return;
			const next = moveSelection(hits.length, selected, by);
			setChosen(next);
			if (hasMore && next >= hits.length - nearEnd) props.onMore();
		},
		own(name) {
			const hit = hits[selected];
			if (name === 'enter' && hit) props.onOpen(hit);
			else if (name === 'q') props.onClose();
			else return false;
			return true;
		},
	});
	const said = (text: string) => [composeLine(theme, inner, [[text, 'dim']])];
	const nameWidth = Math.min(
		widestName,
		Math.max(1, ...hits.map(({name}) => cellWidth(name))),
	);
	const lines = (() => {
		if (!props.hits) return said(words.looking(needle));
		if (hits.length === 0) return said(words.nothing(needle));
		const shown = hits.slice(from, from + size);
		return [
			...shown.map((hit, row) =>
				hitLine(hit, {
					theme,
					width: inner,
					nameWidth,
					isSelected: from + row === selected,
					needle,
				}),
			),
			...said(words.found(hits.length, !hasMore)),
		];
	})();
	return (
		<Dialog
			theme={theme}
			width={width}
			title={words.title(needle)}
			lines={lines}
			footer={keyHints(theme, [
				...(hits.length > 0 ? ([['enter', 'goThere']] as const) : []),
				['escape', 'close'],
			])}
		/>
	);
}
