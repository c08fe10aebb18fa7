/**
 * Measures the sequence numbers of one sender. Decides which datagram is new,
 * doubled, late or the first after a restart; where the number stands is said by
 * a `SequenceMeter`. Pure: times are passed in.
 *
 * Numbers are compared in serial arithmetic (RFC 1982), so that a counter that
 * wraps around goes on. Of the highest number and the `limits.meterNumbers - 1`
 * behind it (for one byte: 127) it is known whether they have come. An older one is late,
 * and where the next one follows it, the sender has begun anew.
 *
 * Invariant, from a restart on: numbers from the first to the highest = those
 * that came + `missing`.
 */
import {limits} from '../../limits.js';
import type {SequenceMeter} from '../../protocol/sequence-meter-text.js';
import type {MeterCounts} from './datagram-events.js';

export interface MeterState {
	/** One datagram that came at `atMs`, in ms with fractions since any moment. */
	push(payload: Uint8Array, atMs: number): void;
	counts(): MeterCounts;
}

const word = 2 ** 32;

export function createMeterState(meter: SequenceMeter): MeterState {
	const {bytes, endian, offset} = meter;
	const end = offset + bytes;
	/** Where the two halves of eight bytes stand; of fewer there is only the low one. */
	const highAt = endian === 'big' ? offset : offset + 4;
	const lowAt = bytes === 8 && endian === 'big' ? offset + 4 : offset;
	const remembered = Math.min(limits.meterNumbers, 2 ** (bytes * 8 - 1));
	// A power of two: a number's place is its lowest bits.
	const mask = remembered - 1;
	const seen = new Uint8Array(remembered);

	let received = 0;
	let missing = 0;
	let doubled = 0;
	let late = 0;
	let without = 0;
	let restarted = 0;
	let jitterMs = 0;
	// The highest number, and the one that was too old, as two halves of 64 bits.
	let high = 0;
	let low = 0;
	let suspectHigh = 0;
	let suspectLow = 0;
	let isSuspecting = false;
	let isBegun = false;
	/** From the first number to the highest. */
	let span = 0;
	let lastAtMs = 0;
	/** What one number takes, smoothed; undefined before the second. */
	let periodMs: number | undefined;

	/** At most four bytes. */
	const read = (payload: Uint8Array, at: number, count: number): number => {
		const step = endian === 'big' ? 1 : -1;
		let place = endian === 'big' ? at : at + count - 1;
		let value = 0;
		for (let left = count; left > 0; left--, place += step) {
			value = (value << 8) | payload[place]!;
		}

		return value >>> 0;
	};

	/** How far a number is ahead of another one; behind it is negative. */
	const distance = (
		newHigh: number,
		newLow: number,
		fromHigh: number,
		fromLow: number,
	): number => {
		if (bytes === 8) {
			return ((newHigh - fromHigh) | 0) * word + (newLow - fromLow);
		}

		const unused = 32 - bytes * 8;
		return ((newLow - fromLow) << unused) >> unused;
	};

	const begin = (newHigh: number, newLow: number, atMs: number) => {
		seen.fill(0);
		seen[newLow & mask] = 1;
		high = newHigh;
		low = newLow;
		span = 0;
		isBegun = true;
		isSuspecting = false;
		lastAtMs = atMs;
		periodMs = undefined;
	};

	/** RFC 3550 §6.4.1, with the number times its usual period for the sender's timestamp. */
	const measure = (steps: number, atMs: number) => {
		const gapMs = atMs - lastAtMs;
		lastAtMs = atMs;
		if (periodMs === undefined) {
			periodMs = gapMs / steps;
			return;
		}

		const deviation = Math.abs(gapMs - steps * periodMs);
		jitterMs += (deviation - jitterMs) / 16;
		periodMs += (gapMs / steps - periodMs) / 16;
	};

	const advance = (
		steps: number,
		newHigh: number,
		newLow: number,
		atMs: number,
	) => {
		measure(steps, atMs);
		missing += steps - 1;
		span += steps;
		if (steps >= remembered) {
			seen.fill(0);
		} else {
			// The places of numbers that were jumped over belonged to older ones.
			for (let skipped = 1; skipped < steps; skipped++) {
				seen[(newLow - skipped) & mask] = 0;
			}
		}

		seen[newLow & mask] = 1;
		high = newHigh;
		low = newLow;
		isSuspecting = false;
	};

	const comeBehind = (steps: number, newLow: number) => {
		const place = newLow & mask;
		isSuspecting = false;
		if (seen[place]) {
			doubled++;
			return;
		}

		seen[place] = 1;
		late++;
		// What came before the first was never missed.
		if (steps <= span) missing--;
	};

	const comeTooLate = (newHigh: number, newLow: number, atMs: number) => {
		const follows =
			isSuspecting && distance(newHigh, newLow, suspectHigh, suspectLow) === 1;
		if (!follows) {
			late++;
			isSuspecting = true;
			suspectHigh = newHigh;
			suspectLow = newLow;
			return;
		}

		// The one before was the first of them, and not late.
		late--;
		restarted++;
		begin(suspectHigh, suspectLow, lastAtMs);
		advance(1, newHigh, newLow, atMs);
		periodMs = undefined;
	};

	return {
		push(payload, atMs) {
			if (payload.length < end) {
				without++;
				return;
			}

			received++;
			const newHigh = bytes === 8 ? read(payload, highAt, 4) : 0;
			const newLow = read(payload, lowAt, Math.min(4, bytes));
			if (!isBegun) {
				begin(newHigh, newLow, atMs);
				return;
			}

			const steps = distance(newHigh, newLow, high, low);
			if (steps > 0) advance(steps, newHigh, newLow, atMs);
			else if (steps > -remembered) comeBehind(-steps, newLow);
			else comeTooLate(newHigh, newLow, atMs);
		},
		counts: () => ({
			received,
			missing,
			doubled,
			late,
			without,
			...(restarted > 0 ? {restarted} : {}),
			last: isBegun ? BigInt(high) * BigInt(word) + BigInt(low) : undefined,
			jitterMs,
		}),
	};
}
