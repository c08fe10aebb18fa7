/**
 * What a bad line does to the bytes of one direction, without a clock and without
 * chance of its own: time and a random source are passed in. Decides what goes on,
 * when and in what pieces; leaves reading, writing and holding the sender back to
 * whoever drives it (`engine/relay/relay-pipe.ts`).
 *
 * The way of a read: joined with what comes soon after it, then delayed, then cut
 * into parts (each of which may be dropped or changed), then let out at the rate.
 *
 * Invariants, each a property test: order is kept; unless something is dropped or
 * changed, the bytes that come out are those that went in; nothing is held without
 * `nextAtMs` saying so.
 */
import {concatBytes} from '../util/bytes.js';

/** What a relay does to the bytes of one direction, or of both. Chances are from 0 to 1, each piece has its own. */
export interface Impairment {
	readonly delayMs: number;
	/** Up to so much more than the delay. */
	readonly jitterMs: number;
	readonly dropChance: number;
	/** One bit of a piece is flipped. */
	readonly corruptChance: number;
	/** Pieces are cut into parts of at most so many bytes; 0: not. */
	readonly splitBytes: number;
	/** What comes within so long goes on together; 0: not. */
	readonly joinMs: number;
	/** Bytes a second; 0: no limit. */
	readonly rate: number;
}

/** A longer wait would look like a line that is dead. */
export const longestMs = 60_000;
/** More than this is not joined: it would be cut on the way anyway. */
const joinMostBytes = 64 * 1024;

export const noImpairment: Impairment = {
	delayMs: 0,
	jitterMs: 0,
	dropChance: 0,
	corruptChance: 0,
	splitBytes: 0,
	joinMs: 0,
	rate: 0,
};

const within = (value: number, most: number) =>
	value > 0 ? Math.min(value, most) : 0;

/** The same with numbers that make sense: what comes from outside may be anything. */
export const normalized = (given: Impairment): Impairment => ({
	delayMs: within(given.delayMs, longestMs),
	jitterMs: within(given.jitterMs, longestMs),
	dropChance: within(given.dropChance, 1),
	corruptChance: within(given.corruptChance, 1),
	splitBytes: Math.floor(within(given.splitBytes, joinMostBytes)),
	joinMs: within(given.joinMs, longestMs),
	rate: within(given.rate, Number.MAX_SAFE_INTEGER),
});

/** Of parts, since the beginning. */
export interface ImpairmentCounts {
	readonly dropped: number;
	readonly corrupted: number;
}

export interface Impairer {
	/** These bytes came at `nowMs`, in one read. They are not changed. */
	push(bytes: Uint8Array, nowMs: number): void;
	/** What goes on by `nowMs`, in order; each is a write of its own. */
	take(nowMs: number): Uint8Array[];
	/** When `take` has something again; undefined: nothing is held. */
	nextAtMs(): number | undefined;
	/** From now on, and for what is held: it waits no longer than it would if it came now. */
	change(impairment: Impairment, nowMs: number): void;
	/** Bytes that came and have not gone on. */
	heldBytes(): number;
	counts(): ImpairmentCounts;
}

/** Parts that follow each other at once would be put together again on the way. */
const splitGapMs = 1;
/** A limited rate lets out so much at a time, so that it flows instead of jumping. */
const sliceMs = 20;

interface Held {
	bytes: Uint8Array;
	dueAtMs: number;
}

/** `random` gives numbers from 0 up to 1. */
export function createImpairer(
	initial: Impairment,
	random: () => number,
): Impairer {
	let impairment = initial;
	let joining:
		{parts: Uint8Array[]; bytes: number; untilMs: number} | undefined;
	let queue: Held[] = [];
	let next = 0;
	/** What is left of the part that has begun: its fate is decided. */
	let part: Uint8Array | undefined;
	let heldBytes = 0;
	let freeAtMs = 0;
	let lastDueAtMs = 0;
	let dropped = 0;
	let corrupted = 0;

	const happens = (chance: number) => chance > 0 && random() < chance;

	const enqueue = (bytes: Uint8Array, atMs: number) => {
		const {delayMs, jitterMs} = impairment;
		const waitMs = delayMs + (jitterMs > 0 ? random() * jitterMs : 0);
		// Who came later waits for those before it.
		lastDueAtMs = Math.max(lastDueAtMs, atMs + waitMs);
		queue.push({bytes, dueAtMs: lastDueAtMs});
	};

	const endJoin = () => {
		if (!joining) return;
		const {parts, untilMs} = joining;
		joining = undefined;
		enqueue(concatBytes(parts), untilMs);
	};

	const corrupt = (bytes: Uint8Array) => {
		corrupted++;
		const changed = bytes.slice();
		const bit = Math.floor(random() * changed.length * 8);
		changed[bit >> 3]! ^= 1 << (bit & 7);
		return changed;
	};

	/** Cuts the next part off the first read, and decides what becomes of it; undefined: it is dropped. */
	const beginPart = (head: Held) => {
		const {splitBytes, dropChance, corruptChance} = impairment;
		const bytes =
			splitBytes > 0 ? head.bytes.subarray(0, splitBytes) : head.bytes;
		head.bytes = head.bytes.subarray(bytes.length);
		if (happens(dropChance)) {
			dropped++;
			heldBytes -= bytes.length;
			return undefined;
		}

		return happens(corruptChance) ? corrupt(bytes) : bytes;
	};

	/** Lets out of the part what goes at once. */
	const takeSlice = (from: Uint8Array, readyAtMs: number, nowMs: number) => {
		const {rate, splitBytes} = impairment;
		const most =
			rate > 0 ? Math.max(1, Math.floor((rate * sliceMs) / 1000)) : from.length;
		const slice = from.subarray(0, most);
		part = slice.length < from.length ? from.subarray(slice.length) : undefined;
		heldBytes -= slice.length;
		if (rate > 0) freeAtMs = readyAtMs + (slice.length * 1000) / rate;
		if (splitBytes > 0 && !part) {
			freeAtMs = Math.max(freeAtMs, nowMs + splitGapMs);
		}

		return slice;
	};

	const dropTaken = () => {
		const head = queue[next];
		if (!head || part || head.bytes.length > 0) return;
		next++;
		if (next < 256 && next < queue.length) return;
		queue = queue.slice(next);
		next = 0;
	};

	const take = (nowMs: number) => {
		if (joining && joining.untilMs <= nowMs) endJoin();
		const taken: Uint8Array[] = [];
		for (let head = queue[next]; head; head = queue[next]) {
			const readyAtMs = Math.max(head.dueAtMs, freeAtMs);
			if (readyAtMs > nowMs) break;
			part ??= beginPart(head);
			if (part) taken.push(takeSlice(part, readyAtMs, nowMs));
			dropTaken();
		}

		return taken;
	};

	return {
		push(bytes, nowMs) {
			if (bytes.length === 0) return;
			heldBytes += bytes.length;
			// What was due by then is a piece of its own.
			if (joining && joining.untilMs <= nowMs) endJoin();
			if (impairment.joinMs <= 0) {
				endJoin();
				enqueue(bytes, nowMs);
				return;
			}

			joining ??= {parts: [], bytes: 0, untilMs: nowMs + impairment.joinMs};
			joining.parts.push(bytes);
			joining.bytes += bytes.length;
			if (joining.bytes < joinMostBytes) return;
			joining.untilMs = nowMs;
			endJoin();
		},
		take,
		nextAtMs() {
			const head = queue[next];
			const due = head && Math.max(head.dueAtMs, freeAtMs);
			return due ?? joining?.untilMs;
		},
		change(changed, nowMs) {
			impairment = changed;
			const latestMs = nowMs + changed.delayMs + changed.jitterMs;
			for (const held of queue.slice(next)) {
				held.dueAtMs = Math.min(held.dueAtMs, latestMs);
			}

			lastDueAtMs = Math.min(lastDueAtMs, latestMs);
			freeAtMs = Math.min(freeAtMs, nowMs);
			if (joining) {
				joining.untilMs = Math.min(joining.untilMs, nowMs + changed.joinMs);
			}
		},
		heldBytes: () => heldBytes,
		counts: () => ({dropped, corrupted}),
	};
}
