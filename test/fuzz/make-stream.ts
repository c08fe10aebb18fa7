/** Streams that nobody honest sends: chance alone, or a legal one that was hurt. */
import {concatBytes} from '../../source/util/bytes.js';
import type {FuzzChance, FuzzTarget} from './target.js';

const longest = 4_096;

/** What parsers stumble over. */
const hurtful: readonly Uint8Array[] = [
	[0, 0, 0, 0],
	[0xff, 0xff, 0xff, 0xff],
	[0x7f, 0xff, 0xff, 0xff],
	[0, 0, 0, 1],
	[0, 1, 0, 0],
	[0x80],
	[0xc0, 0x80],
	[0xed, 0xa0, 0x80],
	[0xf4, 0x90, 0x80, 0x80],
	[0xef, 0xbb, 0xbf],
	[0x1b],
	[0x1b, 0x5b],
	[0x9b],
	[0x0d],
	[0x0a],
	[0x0d, 0x0a],
	[0],
	[...Buffer.from('"')],
	[...Buffer.from('\\u0000')],
	[...Buffer.from('\\ud800')],
	[...Buffer.from('[[[[[[[[')],
	[...Buffer.from('{"__proto__":{}}')],
	[...Buffer.from('1e999')],
	[...Buffer.from('-1')],
	[...Buffer.from('9007199254740993')],
	[...Buffer.from('../')],
	[...Buffer.from('\u202e\u2066\u200b\u0301')],
	[...Buffer.from('((((')],
	[...Buffer.from('{99999}')],
	[...Buffer.from('%s$seq${')],
].map(bytes => Uint8Array.from(bytes));

function randomStream(chance: FuzzChance): Uint8Array {
	const length = chance.below(chance.pick([4, 16, 64, 200]));
	const kind = chance.below(4);
	if (kind === 0) return chance.bytes(length);
	if (kind === 1) {
		// Small numbers, so that lengths mean something.
		return chance.bytes(length).map(byte => (byte < 128 ? 0 : byte & 7));
	}

	if (kind === 2) return chance.bytes(length).map(byte => 32 + (byte % 95));
	const parts: Uint8Array[] = [];
	for (let count = chance.below(12); count >= 0; count--) {
		parts.push(
			chance.below(2) === 0
				? chance.pick(hurtful)
				: chance.bytes(chance.below(6)),
		);
	}

	return concatBytes(parts);
}

/** The bytes from one place to another, in order. */
function range(bytes: Uint8Array, chance: FuzzChance): [number, number] {
	const one = chance.below(bytes.length + 1);
	const length = chance.below(chance.pick([2, 5, 20, bytes.length + 1]));
	return [one, Math.min(bytes.length, one + length)];
}

type Mutation = (
	bytes: Uint8Array,
	chance: FuzzChance,
	target: FuzzTarget,
) => Uint8Array;

const replaced = (
	bytes: Uint8Array,
	[start, end]: readonly [number, number],
	...by: readonly Uint8Array[]
) => concatBytes([bytes.subarray(0, start), ...by, bytes.subarray(end)]);

const mutations: readonly Mutation[] = [
	// Flip bits.
	(bytes, chance) => {
		const result = bytes.slice();
		for (let count = chance.below(4); count >= 0; count--) {
			const at = chance.below(result.length || 1);
			result[at] = (result[at] ?? 0) ^ (1 << chance.below(8));
		}

		return result;
	},
	// Cut something out.
	(bytes, chance) => replaced(bytes, range(bytes, chance)),
	// Cut off.
	(bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1)),
	// Double.
	(bytes, chance) => {
		const [start, end] = range(bytes, chance);
		return replaced(bytes, [start, start], bytes.subarray(start, end));
	},
	// Swap two neighbours.
	(bytes, chance) => {
		const [start, end] = range(bytes, chance);
		const [, after] = range(bytes.subarray(end), chance);
		return replaced(
			bytes,
			[start, end + after],
			bytes.subarray(end, end + after),
			bytes.subarray(start, end),
		);
	},
	// Splice a piece of another legal one in.
	(bytes, chance, target) => {
		const other = target.legal(chance);
		const [start, end] = range(other, chance);
		return replaced(bytes, range(bytes, chance), other.subarray(start, end));
	},
	// Change what may be a length.
	(bytes, chance) => {
		if (bytes.length < 4) return bytes;
		const result = bytes.slice();
		const view = new DataView(result.buffer);
		const at = chance.below(3) === 0 ? 0 : chance.below(bytes.length - 3);
		const was = view.getUint32(at);
		const now = chance.pick([was + 1, was - 1, was * 2, 0, 2 ** 31, 65_536]);
		view.setUint32(at, now >>> 0);
		return result;
	},
	// Put something hurtful in.
	(bytes, chance) =>
		replaced(bytes, range(bytes, chance), chance.pick(hurtful)),
];

function mutatedStream(chance: FuzzChance, target: FuzzTarget): Uint8Array {
	let bytes: Uint8Array = target.legal(chance);
	for (let count = chance.below(4); count >= 0; count--) {
		bytes = chance.pick(mutations)(bytes, chance, target);
	}

	return bytes.slice(0, longest);
}

/** Even streams are chance, odd ones were legal. */
export const makeStream = (
	stream: number,
	chance: FuzzChance,
	target: FuzzTarget,
): Uint8Array =>
	stream % 2 === 0 ? randomStream(chance) : mutatedStream(chance, target);

/** Where reads end; some have no byte. */
export function makeSplit(bytes: Uint8Array, chance: FuzzChance): Uint8Array[] {
	if (chance.below(4) === 0) {
		return Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
	}

	const places = Array.from({length: chance.below(8)}, () =>
		chance.below(bytes.length + 1),
	).sort((one, other) => one - other);
	const pieces: Uint8Array[] = [];
	let start = 0;
	for (const place of [...places, bytes.length]) {
		pieces.push(bytes.subarray(start, place));
		start = place;
	}

	return pieces;
}
