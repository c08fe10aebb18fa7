/**
 * Rows of a conversation as single lines that stand alone, for who hears them or
 * reads them on paper: time, who, and what, in words instead of glyphs.
 */
import {linesOf, type EngineState, type Row} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {formatSize} from '../../util/quantities.js';
import {byteText} from '../format/byte-text.js';
import {formatClock, formatShortClock} from '../format/clock-time.js';
import {layoutEvent} from '../format/event-row.js';
import {plainLens} from '../format/lens.js';
import {
	fallbackFor,
	messagePrefix,
	type MessageRow,
} from '../format/message-row.js';
import {rowBytes, type RowBytes} from '../format/row-bytes.js';
import type {RowContext} from '../format/row-layout.js';
import type {Theme} from '../theme.js';

/** So much stands on one line: nothing of ours is longer. */
const widest = 4_000;

function contextOf(state: EngineState, theme: Theme): RowContext {
	return {
		theme: {...theme, times: 'off'},
		width: widest,
		nameWidth: 0,
		conversation: 'all',
		lens: plainLens,
		// Nothing is painted.
		ownName: '',
		fallbackEncoding: state.self.fallbackEncoding,
		peer: key => state.peers.get(key),
		delivery: message => state.deliveries.get(message),
		transfer: id => state.transfers.get(id),
	};
}

export function timeOf({times}: Theme, at: number): string {
	if (times === 'off') return '';
	return `${times === 'minutes' ? formatShortClock(at) : formatClock(at)} `;
}

function whoSaid(
	row: Exclude<MessageRow, {readonly kind: 'sent'}>,
	state: EngineState,
): string {
	const words = strings.linear;
	switch (row.kind) {
		case 'written': {
			const peer = state.peers.get(row.peer);
			const server = peer?.relayedTo;
			return server ? formatAddress(server) : words.youTo(peer?.name ?? '');
		}

		case 'frame':
		case 'received': {
			// Only a name of our own choosing stands without a word beside it.
			return row.trust === 'VERIFIED'
				? row.name
				: words.peer(row.name, strings.trust[row.trust]);
		}
	}
}

function saidIn(
	row: Exclude<MessageRow, {readonly kind: 'sent'}>,
	context: RowContext,
): string {
	if (row.kind === 'received') return messagePrefix(row, context) + row.text;
	const bytes = rowBytes(row) as RowBytes;
	const {text, hiddenBytes} = byteText(bytes, fallbackFor(row, context), false);
	return hiddenBytes === 0
		? text
		: `${text} ${strings.stream.more(formatSize(hiddenBytes))}`;
}

/** Without their time, each line of a message behind who said it. What was typed here stands there already: none. */
function rowTexts(row: Row, state: EngineState, theme: Theme): string[] {
	const context = contextOf(state, theme);
	switch (row.kind) {
		case 'frame':
		case 'written':
		case 'received': {
			const isOpen = row.kind === 'received' && row.unfinished;
			const open = isOpen ? ` (${strings.linear.unfinished})` : '';
			const who = whoSaid(row, state);
			const said = `${saidIn(row, context)}${open}`;
			const lines = row.kind === 'received' ? linesOf(said) : [said];
			return lines.map(line => `${who}: ${line}`);
		}

		case 'sent': {
			return [];
		}

		default: {
			// The glyph in front says nothing that the words do not.
			const [line = '', ...more] = layoutEvent(row, context);
			return [[line.slice(1), ...more].map(each => each.trim()).join(' ')];
		}
	}
}

export function linearLines(
	row: Row,
	state: EngineState,
	theme: Theme,
): string[] {
	const time = timeOf(theme, row.at);
	return rowTexts(row, state, theme).map(text => time + text);
}
