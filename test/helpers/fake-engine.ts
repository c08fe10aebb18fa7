/** An engine that does nothing of itself: tests emit real events, which are folded by the real reducer. */
import {
	initialState,
	reduceAll,
	type Command,
	type ConversationKey,
	type Engine,
	type EngineEvent,
	type EngineState,
	type EventBody,
	type MessageId,
	type PeerId,
	type PeerKey,
	type SafeText,
	type TransferId,
	type TransferOutcome,
	type Trust,
} from '../../source/engine/index.js';

export interface FakeEngine extends Engine {
	/** Folds events, then calls listeners once. Those without a time get the next second. */
	emit(...events: Array<EventBody & {readonly at?: number}>): void;
	readonly dispatched: Command[];
	readonly isClosed: boolean;
}

/** 12:00:00 local time on a day in winter. */
export const startOfTest = new Date(2026, 0, 15, 12, 0, 0).getTime();

export function createFakeEngine(): FakeEngine {
	let state: EngineState = initialState;
	let at = startOfTest;
	let isClosed = false;
	const dispatched: Command[] = [];
	const listeners = new Set<() => void>();
	const eventListeners = new Set<(event: EngineEvent) => void>();
	return {
		dispatched,
		get isClosed() {
			return isClosed;
		},
		dispatch(command) {
			dispatched.push(command);
		},
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		on(listener) {
			eventListeners.add(listener);
			return () => {
				eventListeners.delete(listener);
			};
		},
		async close() {
			isClosed = true;
		},
		emit(...bodies) {
			const events = bodies.map((body): EngineEvent => {
				at += 1000;
				return {...body, at: body.at ?? at};
			});
			state = reduceAll(state, events);
			for (const event of events) {
				for (const listener of eventListeners) listener(event);
			}

			for (const listener of listeners) listener();
		},
	};
}

// Tests are the one place besides the makers where plain text may stand for safe text.
export const safe = (text: string) => text as SafeText;
export const peerKey = (name: string) => name as PeerKey;
export const transferId = (name: string) => name as TransferId;
export const messageId = (name: string) => name as MessageId;
export const aPeerId = 'ab'.repeat(32) as PeerId;

/** What the engine says first: who we are, and two listeners. */
export const started: readonly EventBody[] = [
	{
		type: 'self/changed',
		nick: safe('alice'),
		peerId: aPeerId,
		receiveFolder: '/home/alice/Downloads/sockterm',
	},
	{
		type: 'listener/bound',
		listener: 'tcp-1' as never,
		kind: 'tcp',
		host: '::',
		port: 9090,
	},
	{
		type: 'listener/bound',
		listener: 'udp-1' as never,
		kind: 'udp',
		host: '::',
		port: 10_000,
	},
];

export function peerConnected(
	name: string,
	options: {
		readonly kind?: 'peer' | 'raw';
		readonly trust?: Trust;
		readonly key?: string;
	} = {},
): EventBody {
	const {kind = 'peer', key = name} = options;
	const isPeer = kind === 'peer';
	return {
		type: 'peer/connected',
		peer: peerKey(key),
		kind,
		name: safe(name),
		trust: options.trust ?? (isPeer ? 'UNVERIFIED' : 'PLAIN'),
		encrypted: isPeer,
		direction: 'in',
		address: {host: '10.0.0.7', port: 50_123},
		...(isPeer ? {peerId: aPeerId} : {}),
	};
}

export const received = (peer: string, text: string): EventBody => ({
	type: 'chat/received',
	peer: peerKey(peer),
	text: safe(text),
	sizeBytes: text.length,
});

export const sent = (
	conversation: string,
	id: string,
	text: string,
	peers: readonly string[],
): EventBody => ({
	type: 'chat/sent',
	conversation: conversation as ConversationKey,
	peers: peers.map(each => peerKey(each)),
	message: messageId(id),
	text: safe(text),
});

export function offered(
	id: string,
	options: {
		readonly peer: string;
		readonly direction?: 'in' | 'out';
		readonly name?: string;
		readonly sizeBytes?: number;
	},
): EventBody {
	const {
		direction = 'in',
		name = 'report.iso',
		sizeBytes = 2_100_000_000,
	} = options;
	return {
		type: 'transfer/offered',
		transfer: transferId(id),
		peer: peerKey(options.peer),
		direction,
		entries: [{name: safe(name), sizeBytes}],
		totalBytes: sizeBytes,
		...(direction === 'in' ? {freeBytes: 500_000_000_000} : {}),
		trust: 'UNVERIFIED',
	};
}

export const accepted = (
	id: string,
	change: {readonly skip?: readonly number[]; readonly folder?: string} = {},
): EventBody => ({
	type: 'transfer/accepted',
	transfer: transferId(id),
	skip: [],
	...change,
});

export const begun = (id: string, movedBytes = 0): EventBody => ({
	type: 'transfer/started',
	transfer: transferId(id),
	movedBytes,
});

export const moved = (id: string, movedBytes: number): EventBody => ({
	type: 'transfer/progressed',
	transfer: transferId(id),
	entry: 0,
	movedBytes,
});

export const saved = (
	id: string,
	entry: number,
	savedAs: string,
	change: {readonly existed?: true} = {},
): EventBody => ({
	type: 'transfer/entrySaved',
	transfer: transferId(id),
	entry,
	savedAs: safe(savedAs),
	digest: '1a2b3c4d'.repeat(8),
	...change,
});

export const finished = (id: string, outcome: TransferOutcome): EventBody => ({
	type: 'transfer/finished',
	transfer: transferId(id),
	outcome,
});

export const datagram = (
	text: string,
	host = '10.0.0.9',
	port = 5353,
): EventBody => ({
	type: 'datagram/received',
	from: {host, port},
	listener: 'udp-1' as never,
	bytes: new TextEncoder().encode(text),
});
