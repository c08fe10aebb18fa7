/** Chance that comes again: numbers and file contents that follow from a seed. */
import {createCipheriv, createHash} from 'node:crypto';

export interface Chance {
	/** From 0 on, below 1. */
	next(): number;
	/** A whole number from 0 on, below `count`. */
	below(count: number): number;
	pick<Value>(values: readonly [Value, ...Value[]]): Value;
}

/** Chance whose numbers depend on the seed alone. */
export function createChance(seed: number): Chance {
	let count = 0;
	const next = () => {
		const hash = createHash('sha256').update(`${seed} ${count++}`).digest();
		return hash.readUInt32BE() / 2 ** 32;
	};

	const below = (limit: number) => Math.floor(next() * limit);
	return {
		next,
		below,
		pick: values => values[below(values.length)] ?? values[0],
	};
}

/** A source of bytes that depend on the label alone and look like noise. */
export function createNoise(label: string): (length: number) => Uint8Array {
	const key = createHash('sha256').update(label).digest();
	const cipher = createCipheriv('aes-256-ctr', key, new Uint8Array(16));
	return length => cipher.update(new Uint8Array(length));
}
