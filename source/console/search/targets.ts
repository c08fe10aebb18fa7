/** Rows as a search sees them: the text that is shown, and the bytes behind it. */
import {isPeerKey} from '../../engine/index.js';
import {
	datagramBeginning,
	type DatagramRow,
	type EngineState,
	type Row,
} from '../../engine/index.js';
import {limits} from '../../limits.js';
import {describeError, strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {byteText} from '../format/byte-text.js';
import {roomText} from '../format/room-text.js';
import {problemText} from '../format/problem-text.js';
import {rowBytes} from '../format/row-bytes.js';
import {memoizeLast} from '../selectors.js';
import type {SearchTarget} from './query.js';

const cut = (text: string) => text.slice(0, limits.searchCharacters);

type People = Pick<EngineState, 'peers' | 'self'>;

function textOfRow(row: Row, {peers, self}: People): string {
	switch (row.kind) {
		case 'frame':
		case 'written': {
			const fallback = peers.get(row.peer)?.fallback ?? self.fallbackEncoding;
			const bytes = rowBytes(row);
			return bytes ? byteText(bytes, fallback, false).text : '';
		}

		case 'received':
		case 'sent':
		case 'note': {
			return row.text;
		}

		case 'joined':
		case 'trust':
		case 'transfer': {
			return row.name;
		}

		case 'left': {
			const {name, error} = row;
			return error ? `${name}: ${describeError(error)}` : name;
		}

		case 'moved': {
			return row.title;
		}

		case 'unkept': {
			return strings.history.unkept(row.messages, row.sizeBytes);
		}

		case 'room': {
			return roomText(row);
		}

		case 'problem': {
			return problemText(row);
		}
	}
}

function directionOf({kind}: Row): SearchTarget['direction'] {
	if (kind === 'frame' || kind === 'received') return 'in';
	return kind === 'written' || kind === 'sent' ? 'out' : undefined;
}

function namesOfRow(row: Row, {peers}: People): readonly string[] {
	const key =
		row.kind === 'sent' && isPeerKey(row.to)
			? row.to
			: 'peer' in row
				? row.peer
				: undefined;
	const peer = key === undefined ? undefined : peers.get(key);
	const name = 'name' in row ? row.name : undefined;
	return [
		...(name === undefined ? [] : [name]),
		...(peer ? [peer.name] : []),
		...(peer?.address ? [formatAddress(peer.address)] : []),
	];
}

export const conversationTarget = (row: Row, people: People): SearchTarget => ({
	text: () => cut(textOfRow(row, people)),
	bytes: () => rowBytes(row)?.bytes,
	direction: directionOf(row),
	names: () => namesOfRow(row, people),
});

export const datagramTarget = (
	{bytes, error, direction, address}: DatagramRow,
	fallback: string,
): SearchTarget => ({
	text() {
		if (error) return describeError(error);
		const most = limits.datagramPreviewBytes;
		return cut(datagramBeginning(bytes, fallback, most).text);
	},
	bytes: () => bytes,
	direction,
	names: () => [formatAddress(address)],
});

/** A name in a list. */
export const nameTarget = (name: string): SearchTarget => ({
	text: () => cut(name),
	bytes: () => undefined,
	direction: undefined,
	names: () => [name],
});

/** All that decides how bytes of anybody are read. */
const allFallbacks = memoizeLast((peers: EngineState['peers']) =>
	peers
		.values()
		.map(({fallback}) => fallback ?? '')
		.join(' '),
);

/** Another one as soon as texts of a conversation may be others. */
export function readingOf(
	{peers, self}: People,
	conversation: Parameters<EngineState['conversations']['get']>[0],
): string {
	const own =
		conversation === 'all'
			? allFallbacks(peers)
			: isPeerKey(conversation)
				? peers.get(conversation)?.fallback
				: undefined;
	return `${self.fallbackEncoding} ${own ?? ''}`;
}
