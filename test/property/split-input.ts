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

/** How long a call takes, in ms: of three tries, because others use the machine too, the first that is quick enough. */
export function timeMs(enoughMs: number, call: () => void): number {
	let best = Infinity;
	for (let round = 0; round < 3 && best >= enoughMs; round++) {
		const startedAt = performance.now();
		call();
		best = Math.min(best, performance.now() - startedAt);
	}

	return best;
}
