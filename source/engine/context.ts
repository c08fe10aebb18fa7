/**
 * What every part of the engine works with. Parts know each other only through
 * what is handed to them; what happened is said through `emit`.
 */
import {limits} from '../limits.js';
import {
	longMessages,
	protocolVersion,
	type Hello,
} from '../protocol/messages.js';
import {roomsFeature} from '../protocol/room-messages.js';
import {toHex} from '../util/bytes.js';
import {firstChoices, type Choices} from './choices.js';
import type {EngineEvent, EventBody} from './events.js';
import type {PeerId} from './ids.js';
import type {Retention} from './history/history-port.js';
import type {Ports} from './ports.js';
import type {AutoAccept} from './trust/trust-commands.js';
import {initialState, reduce} from './reducer.js';
import type {EngineState} from './state.js';

export interface EngineOptions {
	readonly nick: string;
	readonly peerId: PeerId;
	/** A script comes and goes: it is not talked to and not sent to by All. */
	readonly role: 'console' | 'script';
	/** For raw peers whose bytes are not UTF-8, and for what is written to them. */
	readonly fallbackEncoding?: string;
	/** How many transfers are sent at the same time. */
	readonly transfersAtOnce?: number;
	/** Bytes a second of all transfers together. */
	readonly rateLimit?: number;
	/**
	 * Bytes only pass through: a raw connection whose other side has ended stays open for us to
	 * send on (`stream/ended`), nothing is cut into messages, and every datagram is told.
	 */
	readonly pipe?: boolean;
	/** How long and how much is kept in the history; missing: as it was chosen before. */
	readonly retention?: Partial<Retention>;
	/** Who is not verified is sent away after its HELLO. */
	readonly requireVerified?: boolean;
	/** Plain connections that come in are sent away with a line of text. */
	readonly noPlain?: boolean;
	/**
	 * What the pins say is taken without asking, is; missing: nothing is. `caps`: for verified
	 * peers of whom nobody has said anything.
	 */
	readonly autoAccept?: {readonly caps?: AutoAccept};
	/** What was offered to verified peers before this program was started is offered again. */
	readonly resumes?: boolean;
	/** Rooms among verified peers; needs the port for signatures. */
	readonly rooms?: boolean;
	/** What was said in a room before two members met is handed on; missing: it is. */
	readonly backfill?: boolean;
}

export interface EngineContext {
	readonly ports: Ports;
	readonly peerId: PeerId;
	readonly role: 'console' | 'script';
	/** Names this running engine among others with the same key. 32 hex digits. */
	readonly instance: string;
	/** What may be chosen otherwise at any time: to be looked at when it is needed. */
	readonly choices: Choices;
	readonly isPipe: boolean;
	/** What our HELLO names. */
	readonly features: readonly string[];
	/** `at` where it has been looked at already; missing: now. */
	emit(body: EventBody, at?: number): void;
	state(): EngineState;
	/** Hears every event, after it was folded; returns what ends it. */
	on(listener: (event: EngineEvent) => void): () => void;
	/** A new id, unique in this engine: `raw:1`, `raw:2`, … */
	nextId(prefix: string): string;
	readonly nick: {current: string};
}

export interface EventBus {
	emit(body: EventBody, at?: number): void;
	state(): EngineState;
	on(listener: (event: EngineEvent) => void): () => void;
	subscribe(listener: () => void): () => void;
}

/** Stamps events with the time, folds them, and tells listeners in order. */
export function createEventBus(now: () => number): EventBus {
	let state = initialState;
	const listeners = new Set<(event: EngineEvent) => void>();
	const subscribers = new Set<() => void>();
	let isNotifying = false;
	// What a listener sets off waits its turn, so that all hear everything in order.
	const untold: EngineEvent[] = [];
	let isTelling = false;
	const tell = () => {
		if (isTelling) return;
		isTelling = true;
		try {
			for (let event = untold.shift(); event; event = untold.shift()) {
				for (const listener of listeners) listener(event);
			}
		} finally {
			isTelling = false;
		}
	};

	return {
		emit(body, at = now()) {
			const event: EngineEvent = {...body, at};
			state = reduce(state, event);
			untold.push(event);
			tell();
			if (isNotifying || subscribers.size === 0) return;
			isNotifying = true;
			queueMicrotask(() => {
				isNotifying = false;
				for (const subscriber of subscribers) subscriber();
			});
		},
		state: () => state,
		on(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		subscribe(listener) {
			subscribers.add(listener);
			return () => {
				subscribers.delete(listener);
			};
		},
	};
}

export function createContext(
	ports: Ports,
	options: EngineOptions,
	bus: EventBus,
): EngineContext {
	let lastId = 0;
	return {
		ports,
		peerId: options.peerId,
		role: options.role,
		instance: toHex(ports.random(16)),
		choices: firstChoices(ports, options),
		isPipe: options.pipe ?? false,
		features:
			options.rooms && ports.signing
				? [longMessages, roomsFeature]
				: [longMessages],
		emit: bus.emit,
		state: bus.state,
		on: bus.on,
		nextId: prefix => `${prefix}:${++lastId}`,
		nick: {current: toNick(options.nick)},
	};
}

/** How we introduce ourselves; `expect` is the key that is to answer, where one is known. */
export const ownHello = (context: EngineContext, expect?: PeerId): Hello => ({
	name: 'hello',
	versions: [protocolVersion],
	features: [...context.features],
	nick: context.nick.current,
	instance: context.instance,
	role: context.role,
	...(expect ? {intended: expect} : {}),
});

/** A name as it goes over the wire: trimmed, and cut to what the other side takes. */
export function toNick(text: string): string {
	return Array.from(text.trim()).slice(0, limits.nickCharacters).join('');
}
