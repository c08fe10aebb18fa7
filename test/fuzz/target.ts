/** What is fuzzed, and the chance that it is fuzzed with. */
import {createRandom} from '../../source/util/random.js';

/** Quick chance: many streams are made of it. */
export interface FuzzChance {
	/** A whole number from 0 on, below `count`. */
	below(count: number): number;
	pick<Value>(values: readonly Value[]): Value;
	bytes(length: number): Uint8Array;
}

export interface FuzzTarget {
	readonly name: string;
	/** How often it is its turn, beside the others. */
	readonly weight: number;
	/** Something that this reader takes. */
	legal(chance: FuzzChance): Uint8Array;
	/**
	 * Reads the pieces of an input; what it gives must be the same in any split. Throws where
	 * something is not as promised; the error that a reader may throw is part of what it gives.
	 */
	read(pieces: readonly Uint8Array[]): unknown;
}

/** Chance that follows from a seed and the number of a stream. */
export function chanceOf(seed: number, stream: number): FuzzChance {
	// Neighbours are far apart: the generator steps by a constant.
	const random = createRandom(
		Math.imul(seed ^ Math.imul(stream + 1, 0x9e_37_79_b1), 0x85_eb_ca_77) ^
			(stream + 1),
	);
	const below = (count: number) => Math.floor(random() * count);
	return {
		below,
		pick: values => values[below(values.length)]!,
		bytes(length) {
			const bytes = new Uint8Array(length);
			for (let at = 0; at < length; at++) bytes[at] = below(256);
			return bytes;
		},
	};
}
