import * as fc from 'fast-check';
import {SocktermError, type ErrorCode} from '../../source/errors.js';

/** The pieces of an input, cut at the given places (fractions of its length). */
export function splitAt(
	bytes: Uint8Array,
	places: readonly number[],
): Uint8Array[] {
	const cuts = places
		.map(place => Math.floor(place * (bytes.length + 1)))
		.sort((left, right) => left - right);
	const pieces: Uint8Array[] = [];
	let start = 0;
	for (const cut of [...cuts, bytes.length]) {
		pieces.push(bytes.subarray(start, Math.max(start, cut)));
		start = Math.max(start, cut);
	}

	return pieces;
}

export function byteByByte(bytes: Uint8Array): Uint8Array[] {
	return Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
}

/** Where to cut: a few places, some of them the same. */
export const places = fc.array(
	fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}),
	{maxLength: 12},
);

/** The code of the error that a call throws, or what it returns; anything but a SocktermError goes on up. */
export function outcome<Result>(
	call: () => Result,
): {value: Result} | {code: ErrorCode; what: unknown} {
	try {
		return {value: call()};
	} catch (error) {
		if (!(error instanceof SocktermError)) throw error;
		return {code: error.info.code, what: error.info.details['what']};
	}
}

/** `costGrowth` of what costs as much for each byte, however many there are, is about 8; where it grows with the square, 64. */
export const linearGrowth = 24;

/**
 * How many times longer eight times as much takes. `prepare` gives the work for a scale of 1 or 8.
 * The small work is done eight times, so that others who use the machine cost both the same; of
 * several tries in turns the shortest count, and where they say linear no more are needed.
 */
export function costGrowth(prepare: (scale: number) => () => void): number {
	const large = prepare(8);
	const small = prepare(1);
	let shortestLarge = Infinity;
	let shortestSmall = Infinity;
	let growth = Infinity;
	for (let round = 0; round < mostRounds && growth >= linearGrowth; round++) {
		shortestLarge = Math.min(shortestLarge, timeOf(large, 1));
		shortestSmall = Math.min(shortestSmall, timeOf(small, 8));
		// What is over at once tells nothing of growth.
		growth = (8 * shortestLarge) / Math.max(shortestSmall, 0.4);
	}

	return growth;
}

const mostRounds = 30;

function timeOf(work: () => void, times: number): number {
	const startedAt = performance.now();
	for (let count = 0; count < times; count++) work();
	return performance.now() - startedAt;
}
