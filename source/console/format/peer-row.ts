import {
	isReachable,
	isRoomKey,
	type EngineState,
	type Peer,
	type RoomKey,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import type {PeerListRow} from '../peer-list.js';
import {membersHere, unreadCount, type Reader} from '../selectors.js';
import type {Glyphs} from '../glyphs.js';
import {peerGlyph, trustStyle, type StyleName, type Theme} from '../theme.js';
import {isAddressLike} from '../../util/address.js';
import {cellWidth, cutCells, cutCellsAtStart} from '../../util/cells.js';
import {composeLine, spansWidth, type Span, type Spans} from './lines.js';
import {formatCount} from '../../util/quantities.js';

/** Cursor and glyph. */
const gutterWidth = 4;
const leastNameWidth = 8;

/** That it is not whom it seems to be: glyph and word. */
export const warningSpans = ({warning}: Peer, glyphs: Glyphs): Spans =>
	warning
		? [[`${glyphs.warning} ${strings.peers.warning[warning.kind]}`, 'bad']]
		: [];

/** What stands beside a peer's name, the longest form first: trust word, countdown, `left`. */
export function peerWords(
	peer: Peer,
	now: number,
	glyphs: Glyphs,
): readonly Span[] {
	const words = strings.peers;
	switch (peer.lifecycle.phase) {
		case 'unclassified': {
			return [[words.silent, 'dim']];
		}

		case 'dialing': {
			return [[words.dialing, 'dim']];
		}

		case 'waiting': {
			const ms = peer.lifecycle.nextAt - now;
			const seconds = Math.max(0, Math.ceil(ms / 1000));
			return [
				[words.again(seconds), 'warning'],
				[words.againShort(seconds), 'warning'],
			];
		}

		case 'left': {
			// Another key answered, or it is kept out: that is why it is not there.
			if (peer.trust === 'BLOCKED')
				return [[strings.trust.BLOCKED, trustStyle('BLOCKED')]];
			return [[words.left, 'dim']];
		}

		case 'ready': {
			const {trust} = peer;
			const [warning] = warningSpans(peer, glyphs);
			// Who it may be taken for matters more than that it is UNVERIFIED, which its glyph says.
			if (warning) return [warning, [glyphs.warning, 'bad']];
			return trust ? [[strings.trust[trust], trustStyle(trust)]] : [];
		}
	}
}

function peerLine(
	peer: Peer,
	options: {
		readonly theme: Theme;
		readonly width: number;
		readonly now: number;
		readonly unread: number;
		readonly cursor: Span;
		readonly isSelected: boolean;
	},
): string {
	const {theme, width, unread, cursor} = options;
	const glyph: Span = [
		`${peerGlyph(peer, theme.glyphs)} `,
		isReachable(peer) ? trustStyle(peer.trust) : 'dim',
	];
	const nameStyle = (() => {
		if (options.isSelected) return 'selected';
		return peer.lifecycle.phase === 'ready' ? 'plain' : 'dim';
	})();
	const words = peerWords(peer, options.now, theme.glyphs);
	const count: Spans = unread > 0 ? [[formatCount(unread), 'accent']] : [];
	// The name needs room more than the word does; PLAIN, BLOCKED and the countdown stay longest.
	const isNeeded =
		peer.lifecycle.phase === 'waiting' ||
		peer.trust === 'BLOCKED' ||
		(peer.lifecycle.phase === 'ready' &&
			(peer.trust === 'PLAIN' || peer.warning !== undefined));
	const nameWidth = cellWidth(peer.name);
	const leastName = isNeeded ? Math.min(nameWidth, leastNameWidth) : nameWidth;
	const countWidth = unread > 0 ? spansWidth(count) + 1 : 0;
	const room = width - gutterWidth - countWidth;
	const fits = (span: Span, name: number) =>
		name + spansWidth([span]) + 1 <= room;
	const word =
		words.find(each => fits(each, nameWidth)) ??
		words.find(each => fits(each, leastName));
	const nameRoom = Math.max(0, room - (word ? spansWidth([word]) + 1 : 0));
	const {ellipsis} = theme.glyphs;
	const name = isAddressLike(peer.name)
		? cutCellsAtStart(peer.name, nameRoom, ellipsis)
		: cutCells(peer.name, nameRoom, ellipsis);
	const left: Spans = [cursor, glyph, [name, nameStyle]];
	const right: Spans = [
		...(word ? [word] : []),
		...(word && unread > 0 ? [[' '] as const] : []),
		...count,
	];
	return composeLine(theme, width, left, right);
}

/** `#lab`, how many are there, how much is unread. */
function roomLine(
	key: RoomKey,
	options: {
		readonly state: EngineState;
		readonly theme: Theme;
		readonly width: number;
		readonly unread: number;
		readonly cursor: Span;
		readonly style: StyleName;
	},
): string {
	const {state, theme, width, unread, cursor, style} = options;
	const here = membersHere(state, key);
	const count: Spans = unread > 0 ? [[formatCount(unread), 'accent']] : [];
	const words: Spans = [[strings.rooms.here(here), 'dim']];
	const right: Spans = unread > 0 ? [...words, [' '], ...count] : words;
	const name = cellWidth(key) + cursor[0].length;
	const fits = name + spansWidth(right) + 1 <= width;
	const room =
		width -
		cursor[0].length -
		(fits ? spansWidth(right) : spansWidth(count)) -
		1;
	const shown = cutCells(key, Math.max(1, room), theme.glyphs.ellipsis);
	return composeLine(
		theme,
		width,
		[cursor, [shown, style]],
		fits ? right : count,
	);
}

/** A line of the peers pane, exactly `width` cells. */
export function peerRowLine(
	row: PeerListRow,
	options: {
		readonly state: EngineState;
		readonly reader: Reader;
		readonly theme: Theme;
		readonly width: number;
		readonly now: number;
		readonly isSelected: boolean;
	},
): string {
	const {state, reader, theme, width, isSelected} = options;
	const style = isSelected ? 'selected' : 'plain';
	const cursor: Span = [
		isSelected ? `${theme.glyphs.cursor} ` : '  ',
		'accent',
	];
	if (row.kind === 'source') {
		const {udp} = strings.peers;
		const left: Spans = [
			cursor,
			[row.address, isSelected ? 'selected' : 'dim'],
		];
		const showsWord = spansWidth(left) + udp.length + 1 <= width;
		return composeLine(theme, width, left, showsWord ? [[udp, 'dim']] : []);
	}

	const unread = unreadCount(state, reader, row.key);
	if (row.key === 'all') {
		const count: Spans = unread > 0 ? [[formatCount(unread), 'accent']] : [];
		return composeLine(
			theme,
			width,
			[cursor, [strings.peers.all, style]],
			count,
		);
	}

	if (isRoomKey(row.key)) {
		return roomLine(row.key, {state, theme, width, unread, cursor, style});
	}

	const peer = state.peers.get(row.key);
	return peer
		? peerLine(peer, {...options, unread, cursor})
		: ' '.repeat(width);
}
