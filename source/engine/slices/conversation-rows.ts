/** Rows of conversations: where new ones go, and frames that are cut anew. */
import {limits} from '../../limits.js';
import {
	createBlockLog,
	type Block,
	type BlockLog,
} from '../../util/block-log.js';
import type {PersistentMap} from '../../util/persistent-map.js';
import {
	cutCount,
	framesOf,
	type CutFrame,
	type CutFrames,
} from '../streams/cut-frames.js';
import type {EngineEvent} from '../events.js';
import type {ConversationKey, PeerKey} from '../ids.js';
import type {Conversation, EngineState, Peer, Row} from '../state.js';
import type {Recut} from '../streams/stream-cutting.js';

export type Conversations = PersistentMap<ConversationKey, Conversation>;

const rowOverheadBytes = 200;
const splitBytes = 8;

const weigh = (row: Row) =>
	rowOverheadBytes +
	('text' in row ? row.text.length * 2 : 0) +
	('bytes' in row ? (row.bytes?.length ?? 0) : 0) +
	(row.kind === 'frame' ? row.reads.splits.length * splitBytes : 0);

const rowLimits = {
	maxItems: limits.conversationRows,
	maxWeight: limits.conversationBytes,
	weigh,
};

export function emptyConversation(key: ConversationKey): Conversation {
	return {key, rows: createBlockLog(rowLimits), received: 0, since: 0};
}

/** One row, or those of a read, and where they go. */
export interface Added {
	readonly rows: Row | FrameRows;
	/** How many messages they are. */
	readonly received?: number;
	readonly keys: Iterable<ConversationKey>;
	/** It stands in the place of the newest row. */
	readonly takesNewest?: boolean;
}

export function append(
	conversations: Conversations,
	{rows, received = 0, keys, takesNewest = false}: Added,
): Conversations {
	let result = conversations;
	for (const key of keys) {
		const held = result.get(key) ?? emptyConversation(key);
		result = result.set(key, {
			...held,
			rows:
				takesNewest && !(rows instanceof FrameRows)
					? held.rows.replaceLast(rows)
					: insert(held.rows, rows),
			received: held.received + received,
		});
	}

	return result;
}

/** Behind all others, but for a message that was waited for: it stands where its last read does. */
function insert(held: BlockLog<Row>, rows: Row | FrameRows): BlockLog<Row> {
	if (!(rows instanceof FrameRows)) return held.append(rows);
	const newest = held.at(held.length - 1)?.order ?? 0;
	return rows.length > 0 && rows.at(0).order < newest
		? held.replaceAll(merge(held.slice(0), rows.all()))
		: held.appendBlock(rows);
}

/** Two series that stand in their order, as one. */
function merge(left: readonly Row[], right: readonly Row[]): Row[] {
	const rows: Row[] = [];
	let index = 0;
	for (const row of left) {
		while (index < right.length && right[index]!.order < row.order) {
			rows.push(right[index++]!);
		}

		rows.push(row);
	}

	return [...rows, ...right.slice(index)];
}

const frameRow = (
	{key, name, trust = 'PLAIN'}: Peer,
	frame: CutFrame,
): Row => ({
	kind: 'frame',
	peer: key,
	name,
	trust,
	...frame,
});

/** The frames of a read as rows, each made when it is looked at. */
export class FrameRows implements Block<Row> {
	readonly length: number;
	readonly weight: number;
	readonly #peer: Peer;
	readonly #frames: CutFrames;
	readonly #rows: Row[] = [];

	constructor(peer: Peer, frames: CutFrames) {
		this.#peer = peer;
		this.#frames = frames;
		this.length = frames.length;
		this.weight =
			frames.bytes +
			frames.length * rowOverheadBytes +
			frames.splits * splitBytes;
	}

	at(index: number): Row {
		const made = this.#rows[index];
		if (made) return made;
		const row = frameRow(this.#peer, this.#frames.at(index));
		this.#rows[index] = row;
		return row;
	}

	weigh(index: number): number {
		return (
			rowOverheadBytes +
			this.#frames.bytesAt(index) +
			this.#frames.splitsAt(index) * splitBytes
		);
	}

	all(): Row[] {
		return Array.from({length: this.length}, (_, index) => this.at(index));
	}
}

/** The rows of the messages that a read completes. */
export function framesRead(
	state: EngineState,
	event: Extract<EngineEvent, {type: 'stream/received'}>,
): Added | undefined {
	const {peer: key, at, bytes, cuts, unfinishedOf} = event;
	const stream = state.streams.get(key);
	const peer = state.peers.get(key);
	if (!stream || !peer || cuts.length === 0) return undefined;
	const read = {at, order: state.folded, bytes, cuts, unfinishedOf};
	const frames = framesOf(stream, read, stream.pieces);
	return {
		rows: new FrameRows(peer, frames),
		received: cutCount(cuts),
		keys: [key, 'all'],
	};
}

/** The frames of a peer in place of those that it has, as far as their bytes are held. */
function withFrames(
	held: Conversation,
	peer: PeerKey,
	{from}: Recut,
	frames: readonly Row[],
): Conversation {
	const others = held.rows
		.slice(0)
		.filter(
			row =>
				row.kind !== 'frame' ||
				row.peer !== peer ||
				row.offset + row.bytes.length <= from,
		);
	const shown = frames.filter(({order}) => order >= held.since);
	return {...held, rows: held.rows.replaceAll(merge(others, shown))};
}

export function cutAgain(
	state: EngineState,
	key: PeerKey,
	cut: Recut,
): Conversations {
	const peer = state.peers.get(key);
	if (!peer) return state.conversations;
	const frames = cut.frames().map(frame => frameRow(peer, frame));
	let {conversations} = state;
	for (const each of [key, 'all'] as const) {
		const held = conversations.get(each) ?? emptyConversation(each);
		conversations = conversations.set(each, withFrames(held, key, cut, frames));
	}

	return conversations;
}

const cleared = (
	conversations: Conversations,
	key: ConversationKey,
	since: number,
): Conversations => {
	const received = conversations.get(key)?.received ?? 0;
	return conversations.set(key, {...emptyConversation(key), received, since});
};

const isOf = (row: Row, key: ConversationKey) =>
	('peer' in row && row.peer === key) ||
	('room' in row && row.room === key) ||
	(row.kind === 'sent' && row.to === key);

/** A conversation without its rows, and All without them; of All: nothing anywhere. */
export function clearedEverywhere(
	{conversations, folded}: EngineState,
	key: ConversationKey,
): Conversations {
	if (key === 'all') {
		let result = conversations;
		for (const each of conversations.values()) {
			result = cleared(result, each.key, folded);
		}

		return result;
	}

	const all = conversations.get('all');
	const rest = cleared(conversations, key, folded);
	if (!all) return rest;
	const rows = all.rows.slice(0).filter(row => !isOf(row, key));
	return rest.set('all', {...all, rows: all.rows.replaceAll(rows)});
}
