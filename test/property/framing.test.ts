import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createFramer} from '../../source/protocol/framers/create-framer.js';
import type {Framer} from '../../source/protocol/framer.js';
import {
	packCuts,
	unpackCuts,
	type Cut,
	type Framing,
} from '../../source/protocol/framing.js';
import {lineTextOf} from '../../source/protocol/line-text.js';
import {decodeText, encodeText} from '../../source/protocol/text-decoding.js';
import {limits} from '../../source/limits.js';
import {concatBytes} from '../../source/util/bytes.js';
import {anyFraming} from '../helpers/any-framing.js';
import {
	byteByByte,
	costGrowth,
	linearGrowth,
	places,
	splitAt,
} from './split-input.js';

const encode = (text: string) => new TextEncoder().encode(text);

/** Endings, delimiters and small numbers often enough to stand beside each other. */
const streamBytes = fc
	.array(
		fc.oneof(
			fc
				.constantFrom('\n', '\r', '\r\n', '你', '🙂', 'END', 'EEND', 'ab')
				.map(encode),
			fc
				.constantFrom([0, 0, 0, 2], [3, 0], [0], [1, 120], [255, 255])
				.map(each => Uint8Array.from(each)),
			fc.uint8Array({maxLength: 9}),
		),
		{maxLength: 20},
	)
	.map(parts => concatBytes([new Uint8Array(0), ...parts]));

const lengthOf = ({head, content, tail}: Cut) => head + content + tail;

/** Where reads end is all that chunks and lost bytes tell: they count together. */
function joined(cuts: readonly Cut[]): Cut[] {
	const result: Cut[] = [];
	for (const cut of cuts) {
		const last = result.at(-1);
		if (last?.ending === 'lost' && cut.ending === 'lost') {
			result[result.length - 1] = {
				...last,
				content: last.content + cut.content,
			};
		} else {
			result.push(cut);
		}
	}

	return result;
}

interface Timed {
	readonly bytes: Uint8Array;
	readonly atMs: number;
}

const framerOf = (framing: Framing, encoding = 'gb18030') =>
	createFramer(framing, lineTextOf(encoding));

function cutAll(framer: Framer, pieces: readonly Timed[]): Cut[] {
	const cuts: Cut[] = [];
	let bytes = 0;
	for (const piece of pieces) {
		cuts.push(...framer.push(piece.bytes, piece.atMs));
		bytes += piece.bytes.length;
		const cut = cuts.reduce((sum, each) => sum + lengthOf(each), 0);
		expect(framer.unfinished().bytes).toBe(bytes - cut);
	}

	return joined([...cuts, ...framer.end()]);
}

const atOnce = (pieces: readonly Uint8Array[]): Timed[] =>
	pieces.map(bytes => ({bytes, atMs: 0}));

describe('every framing', () => {
	it('cuts the same frames in any split', () => {
		fc.assert(
			fc.property(anyFraming, streamBytes, places, (framing, input, cuts) => {
				fc.pre(framing.kind !== 'chunks');
				const single = cutAll(framerOf(framing), atOnce(byteByByte(input)));
				expect(cutAll(framerOf(framing), atOnce([input]))).toEqual(single);
				const split = atOnce(splitAt(input, cuts));
				expect(cutAll(framerOf(framing), split)).toEqual(single);
			}),
			{numRuns: 2000},
		);
	});

	it('cuts lines of any encoding the same in any split', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('utf-16le', 'utf-16be', 'utf-32le', 'utf-32be', 'gbk'),
				fc.constantFrom('any', 'lf', 'crlf', 'cr'),
				fc.array(fc.constantFrom('a', '你', '\n', '\r', '\r\n', 'Ċ', '🙂'), {
					maxLength: 20,
				}),
				places,
				(encoding, ending, characters, cuts) => {
					fc.pre(
						encoding !== 'gbk' || !characters.some(each => /[Ċ🙂]/u.test(each)),
					);
					const text = characters.join('');
					const input = encodeText(text, encoding);
					const whole = cutAll(
						framerOf({kind: 'lines', ending}, encoding),
						atOnce([input]),
					);
					const split = atOnce(splitAt(input, cuts));
					expect(
						cutAll(framerOf({kind: 'lines', ending}, encoding), split),
					).toEqual(whole);
					const pattern = {any: /\r\n|\n|\r/, lf: /\n/, crlf: /\r\n/, cr: /\r/}[
						ending
					];
					const lines = text.split(pattern);
					if (lines.at(-1) === '') lines.pop();
					const width = (line: string) => encodeText(line, encoding).length;
					expect(whole.map(({content}) => content)).toEqual(lines.map(width));
				},
			),
			{numRuns: 500},
		);
	});

	it('loses no byte and gives each to one frame', () => {
		fc.assert(
			fc.property(anyFraming, streamBytes, places, (framing, input, cuts) => {
				const framer = framerOf(framing);
				const all = cutAll(framer, atOnce(splitAt(input, cuts)));
				const sum = all.reduce((bytes, cut) => bytes + lengthOf(cut), 0);
				// An ending that belongs to the line before a silence may be left alone.
				expect(sum).toBe(input.length);
				for (const cut of all) {
					expect(lengthOf(cut)).toBeGreaterThan(0);
				}

				expect(unpackCuts(packCuts(all))).toEqual(all);
			}),
			{numRuns: 1000},
		);
	});

	it('cuts the same again as it did live, whenever silence was looked at', () => {
		const steps = fc.array(
			fc.record({
				bytes: fc.oneof(
					fc.constantFrom('ab', '\r', '\n', '\r\n', '你', 'x\r\ny').map(encode),
					fc
						.constantFrom([0xe4], [0xbd], [0xc4, 0xe3, 0xba])
						.map(each => Uint8Array.from(each)),
				),
				afterMs: fc.constantFrom(
					0,
					1,
					19,
					20,
					21,
					60,
					499,
					500,
					700,
					1000,
					1500,
				),
				lookAfterMs: fc.array(fc.constantFrom(5, 20, 30, 500, 501, 999, 1000), {
					maxLength: 3,
				}),
			}),
			{maxLength: 12},
		);
		fc.assert(
			fc.property(anyFraming, steps, (framing, reads) => {
				const live = framerOf(framing);
				const seen: Cut[] = [];
				const pieces: Timed[] = [];
				let atMs = 1_000;
				for (const {bytes, afterMs, lookAfterMs} of reads) {
					for (const lookMs of lookAfterMs.sort((a, b) => a - b)) {
						if (lookMs < afterMs) seen.push(...live.quiet(atMs + lookMs));
					}

					atMs += afterMs;
					pieces.push({bytes, atMs});
					seen.push(...live.push(bytes, atMs));
				}

				const unfinished = live.unfinished();
				const quietAfterMs = live.quietAfterMs();
				seen.push(...live.end());
				const again = framerOf(framing);
				const cuts = pieces.flatMap(each => again.push(each.bytes, each.atMs));
				expect(again.unfinished()).toEqual(unfinished);
				expect(again.quietAfterMs()).toBe(quietAfterMs);
				expect([...cuts, ...again.end()]).toEqual(seen);
			}),
			{numRuns: 2000},
		);
	});
});

describe('the cost of cutting', () => {
	const framings: Array<[string, Framing, string]> = [
		['one long line', {kind: 'lines', ending: 'any'}, 'x'],
		['empty lines', {kind: 'lines', ending: 'any'}, '\n'],
		['lines of one byte', {kind: 'lines', ending: 'lf'}, 'x\n'],
		['CR without LF', {kind: 'lines', ending: 'crlf'}, 'xxxxxxx\r'],
		['beginnings of characters', {kind: 'lines', ending: 'any'}, '\u{e4}'],
		[
			'half a delimiter',
			{kind: 'delimiter', delimiter: [120, 120, 120, 10]},
			'x',
		],
		['delimiters', {kind: 'delimiter', delimiter: [13, 10]}, 'abcdef\r\n'],
		['fixed', {kind: 'fixed', bytes: 16}, 'x'],
		[
			'empty messages',
			{
				kind: 'length',
				bytes: 1,
				endian: 'big',
				signed: false,
				countsItself: false,
				offset: 0,
			},
			'\0',
		],
	];
	it.each(framings)('is linear: %s', (_, framing, pattern) => {
		const cost = (cut: (input: Uint8Array) => readonly Uint8Array[]) =>
			costGrowth(scale => {
				const input = encode(
					pattern.repeat((scale * 2 ** 16) / pattern.length),
				);
				const pieces = cut(input);
				return () => {
					const framer = framerOf(framing);
					for (const piece of pieces) framer.push(piece, 0);
				};
			});
		const reads = (input: Uint8Array) =>
			Array.from({length: input.length / 8_192}, (_, index) =>
				input.subarray(index * 8_192, (index + 1) * 8_192),
			);
		expect(cost(byteByByte)).toBeLessThan(linearGrowth);
		expect(cost(reads)).toBeLessThan(linearGrowth);
	});
});

it('lines that are too long break between characters, in any split', () => {
	const texts = fc.array(fc.constantFrom('a', '你好', '🙂', '\n', '\r'), {
		minLength: 1,
		maxLength: 6,
	});
	fc.assert(
		fc.property(
			texts,
			fc.constantFrom('utf-8', 'gb18030', 'utf-16be'),
			places,
			(parts, encoding, cuts) => {
				const count = Math.ceil(limits.rawLineBytes / parts.join('').length);
				const input = encodeText(parts.join('').repeat(count), encoding);
				const fallback = encoding === 'utf-8' ? 'gb18030' : encoding;
				const framing: Framing = {kind: 'lines', ending: 'lf'};
				const whole = cutAll(framerOf(framing, fallback), atOnce([input]));
				const split = atOnce(splitAt(input, cuts));
				expect(cutAll(framerOf(framing, fallback), split)).toEqual(whole);
				let start = 0;
				for (const cut of whole) {
					expect(cut.content).toBeLessThanOrEqual(limits.rawLineBytes);
					const line = input.subarray(start, start + cut.content);
					expect(decodeText(line, fallback).text).not.toContain('\uFFFD');
					start += lengthOf(cut);
				}
			},
		),
		{numRuns: 60},
	);
});

it('no frame is longer than its limit', () => {
	const input = new Uint8Array(3 * limits.rawFrameBytes + 5).fill(120);
	for (const [framing, most] of [
		[{kind: 'lines', ending: 'any'}, limits.rawLineBytes],
		[{kind: 'delimiter', delimiter: [1, 2]}, limits.rawLineBytes],
		[{kind: 'idle', gapMs: 50}, limits.rawFrameBytes],
	] as const) {
		const cuts = cutAll(framerOf(framing), atOnce([input]));
		expect(Math.max(...cuts.map(lengthOf))).toBe(most);
	}
});
