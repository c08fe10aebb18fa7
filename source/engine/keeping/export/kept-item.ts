/**
 * What a file of a conversation tells of one row, whatever the file's format.
 * Decides what a row says; how that is written down is left to the writers.
 * Text in it is safe already.
 */
import type {ErrorInfo} from '../../../errors.js';
import {datagramFallback} from '../../datagrams/datagram-view.js';
import type {Direction} from '../../events.js';
import {
	isRoomKey,
	type ConversationKey,
	type PeerKey,
	type RoomKey,
} from '../../ids.js';
import type {Address} from '../../ports.js';
import {toSafeText} from '../../sanitize.js';
import type {DatagramRow, EngineState, Row} from '../../state.js';
import {fallbackOf} from '../../streams/stream-cutting.js';
import {textOf, textOrHex} from '../../text-view.js';

export interface KeptItem {
	readonly at: number;
	readonly kind: string;
	readonly direction?: Direction;
	/** Of the peer; of what we said, to whom. The address of a sender of datagrams is `address`. */
	readonly name?: string;
	/** Where it was said, when that is a room. */
	readonly room?: RoomKey;
	readonly address?: Address;
	readonly text: string;
	/** Exactly what was read or written, where that is known. */
	readonly bytes?: Uint8Array;
	/** What else is known, by name. */
	readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

/** The sentence for an error, made safe: its details may hold what a stranger wrote. */
export type Describe = (error: ErrorInfo) => string;

const addressOf = (state: EngineState, key: PeerKey) => {
	const address = state.peers.get(key)?.address;
	return address ? {address} : {};
};

/** What a conversation row tells; `state` is the one that it stands in. */
export function itemOfRow(
	row: Row,
	state: EngineState,
	describe: Describe,
): KeptItem {
	const {at, kind} = row;
	const own = (error: ErrorInfo | undefined) => (error ? describe(error) : '');
	switch (row.kind) {
		case 'frame': {
			const {peer, name, bytes, head, tail, ending, offset, reads} = row;
			const content = bytes.subarray(head, bytes.length - tail);
			return {
				at,
				kind,
				direction: 'in',
				name,
				...addressOf(state, peer),
				text: textOf(content, fallbackOf(state, peer)),
				bytes,
				facts: {
					head,
					tail,
					ending,
					offset,
					firstRead: reads.first,
					lastRead: reads.last,
				},
			};
		}

		case 'written': {
			const {peer, bytes, offset, note} = row;
			const name = state.peers.get(peer)?.name;
			return {
				at,
				kind,
				direction: 'out',
				...(name === undefined ? {} : {name}),
				...addressOf(state, peer),
				text: textOf(bytes, fallbackOf(state, peer)),
				bytes,
				facts: {offset, ...(note === undefined ? {} : {note})},
			};
		}

		case 'received': {
			const {peer, name, text, unfinished, room} = row;
			return {
				at,
				kind,
				direction: 'in',
				name,
				...(room === undefined ? {} : {room}),
				...addressOf(state, peer),
				text,
				...(unfinished ? {facts: {unfinished}} : {}),
			};
		}

		case 'sent': {
			const {toName, text, bytes} = row;
			const name = row.to === 'all' ? 'all' : toName;
			return {
				at,
				kind,
				direction: 'out',
				...(name === undefined ? {} : {name}),
				...(isRoomKey(row.to) ? {room: row.to} : {}),
				text,
				...(bytes ? {bytes} : {}),
			};
		}

		case 'joined': {
			const {name, trust, address} = row;
			return {at, kind, name, address, text: trust};
		}

		case 'left': {
			const {name, error} = row;
			return {at, kind, name, text: own(error)};
		}

		case 'transfer': {
			const {name, transfer} = row;
			const entries = state.transfers.get(transfer)?.entries;
			const more = (entries?.length ?? 1) - 1;
			const first = entries?.get(0)?.name ?? '';
			return {at, kind, name, text: more > 0 ? `${first} +${more}` : first};
		}

		case 'note': {
			return {at, kind, text: row.text};
		}

		case 'trust': {
			return {at, kind, name: row.name, text: row.what.toUpperCase()};
		}

		// Of the history: none stands among rows in memory.
		case 'moved': {
			return {at, kind, name: row.name, text: row.name};
		}

		case 'unkept': {
			return {at, kind, text: String(row.messages)};
		}

		case 'room': {
			const {name, room, what, text = '', count} = row;
			const facts = {what, ...(count === undefined ? {} : {count})};
			return {at, kind, name, room, text, facts};
		}

		case 'problem': {
			return {at, kind, text: own(row.error)};
		}
	}
}

export function itemOfDatagram(
	row: DatagramRow,
	fallback: string,
	describe: Describe,
): KeptItem {
	const {at, direction, address, bytes, error} = row;
	return {
		at,
		kind: error ? 'failed' : 'datagram',
		direction,
		address,
		text: error ? describe(error) : textOrHex(bytes, fallback).text,
		...(error ? {} : {bytes}),
	};
}

/** All rows of a conversation, oldest first. */
export function* itemsOfConversation(
	state: EngineState,
	key: ConversationKey,
	describe: Describe,
): Generator<KeptItem> {
	const rows = state.conversations.get(key)?.rows;
	if (!rows) return;
	for (let index = 0; index < rows.length; index++) {
		yield itemOfRow(rows.at(index)!, state, describe);
	}
}

export function* itemsOfDatagrams(
	state: EngineState,
	describe: Describe,
): Generator<KeptItem> {
	const {rows} = state.datagrams;
	const fallback = datagramFallback(state);
	for (let index = 0; index < rows.length; index++) {
		yield itemOfDatagram(rows.at(index)!, fallback, describe);
	}
}

/** Sentences for files: the front end's where there are any, else codes. */
export function describerOf(
	describe: ((error: ErrorInfo) => string) | undefined,
): Describe {
	return error => toSafeText(describe?.(error) ?? error.code);
}
