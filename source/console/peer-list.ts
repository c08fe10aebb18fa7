import type {ConversationKey, EngineState} from '../engine/index.js';
import {formatAddress} from '../util/address.js';
import {peerCounts} from './selectors.js';
import type {UiState} from './store.js';

/** One line of the peers pane that can be chosen. */
export type PeerListRow =
	| {readonly kind: 'conversation'; readonly key: ConversationKey}
	| {readonly kind: 'source'; readonly address: string};

const sourcesShown = 5;
const datagramsSearched = 200;

/** Where the newest datagrams came from, newest first. */
function recentSources(datagrams: EngineState['datagrams']): string[] {
	const {rows} = datagrams;
	const found = new Set<string>();
	const oldest = Math.max(0, rows.length - datagramsSearched);
	for (let index = rows.length - 1; index >= oldest; index--) {
		const row = rows.at(index)!;
		if (row.direction === 'in') found.add(formatAddress(row.address));
		if (found.size === sourcesShown) break;
	}

	// Sorted, so that the list does not dance while several talk at once.
	return [...found].sort();
}

let last:
	| {
			readonly peers: EngineState['peers'];
			readonly rooms: EngineState['rooms'];
			readonly datagrams: EngineState['datagrams']['rows'];
			readonly rows: readonly PeerListRow[];
	  }
	| undefined;

/** All, the rooms, the peers, the sources of datagrams; computed once for each state of them. */
export function peerList(state: EngineState): readonly PeerListRow[] {
	const {peers, rooms, datagrams} = state;
	const isSame =
		last?.peers === peers &&
		last.rooms === rooms &&
		last.datagrams === datagrams.rows;
	if (!last || !isSame) {
		last = {
			peers,
			rooms,
			datagrams: datagrams.rows,
			rows: [
				{kind: 'conversation', key: 'all'},
				...rooms
					.values()
					.map(({key}) => key)
					.toSorted()
					.map((key): PeerListRow => ({kind: 'conversation', key})),
				...peerCounts(peers).ordered.map(({key}): PeerListRow => ({
					kind: 'conversation',
					key,
				})),
				...recentSources(datagrams).map((address): PeerListRow => ({
					kind: 'source',
					address,
				})),
			],
		};
	}

	return last.rows;
}

export function selectedIndex(
	rows: readonly PeerListRow[],
	ui: Pick<UiState, 'conversation' | 'source'>,
): number {
	const bySource = rows.findIndex(
		row => row.kind === 'source' && row.address === ui.source,
	);
	if (bySource !== -1) return bySource;
	return Math.max(
		0,
		rows.findIndex(
			row => row.kind === 'conversation' && row.key === ui.conversation,
		),
	);
}

/** The first index of a window of `size` that shows `selected`, kept near `start`. */
export function windowStart(
	length: number,
	size: number,
	selected: number,
): number {
	if (length <= size) return 0;
	const centred = selected - Math.floor(size / 2);
	return Math.min(Math.max(0, centred), length - size);
}
