import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {SocktermError} from '../../source/errors.js';
import {
	checkFraming,
	formatFraming,
	parseFraming,
} from '../../source/protocol/framing-text.js';
import type {Framing} from '../../source/protocol/framing.js';
import {frameOutgoing} from '../../source/protocol/outgoing-framing.js';
import {createFramer} from '../../source/protocol/framers/create-framer.js';
import {describeError} from '../../source/strings/index.js';
import {toHex} from '../../source/util/bytes.js';
import {anyFraming} from '../helpers/any-framing.js';

const errorOf = (call: () => unknown) => {
	try {
		call();
	} catch (error) {
		if (error instanceof SocktermError) return error.info;
		throw error;
	}

	return undefined;
};

const length = (
	bytes: 1 | 2 | 4 | 8,
	endian: 'big' | 'little',
	signed: boolean,
	rest: {countsItself?: boolean; offset?: number} = {},
): Framing => ({
	kind: 'length',
	bytes,
	endian,
	signed,
	countsItself: false,
	offset: 0,
	...rest,
});
const bytes = (...delimiter: number[]): Framing => ({
	kind: 'delimiter',
	delimiter,
});

describe('framings as they are typed', () => {
	test.each<[string, Framing]>([
		['chunks', {kind: 'chunks'}],
		[' Lines ', {kind: 'lines', ending: 'any'}],
		['lines CRLF', {kind: 'lines', ending: 'crlf'}],
		['delimiter 0d0a', bytes(13, 10)],
		['delimiter 0d 0A', bytes(13, 10)],
		['delimiter \\x03', bytes(3)],
		['delimiter \\r\\n', bytes(13, 10)],
		['delimiter "END"', bytes(69, 78, 68)],
		['delimiter "ab"', bytes(97, 98)],
		['delimiter ab', bytes(0xab)],
		['delimiter END', bytes(69, 78, 68)],
		['delimiter " "', bytes(32)],
		['delimiter 好', bytes(0xe5, 0xa5, 0xbd)],
		['length u32be', length(4, 'big', false)],
		['length I16LE', length(2, 'little', true)],
		['length u8', length(1, 'big', false)],
		['length <I', length(4, 'little', false)],
		['length >H', length(2, 'big', false)],
		['length !q', length(8, 'big', true)],
		['length q', length(8, 'little', true)],
		['length @b', length(1, 'little', true)],
		['length =L', length(4, 'little', false)],
		['length L', length(8, 'little', false)],
		[
			'length u16be +self @4',
			length(2, 'big', false, {countsItself: true, offset: 4}),
		],
		['fixed 16', {kind: 'fixed', bytes: 16}],
		['idle 50ms', {kind: 'idle', gapMs: 50}],
		['idle 2 s', {kind: 'idle', gapMs: 2000}],
		['idle 7', {kind: 'idle', gapMs: 7}],
	])('%s', (text, framing) => {
		expect(parseFraming(text)).toEqual(framing);
		expect(parseFraming(formatFraming(framing))).toEqual(framing);
	});

	test.each([
		['', 'kind'],
		['words', 'kind'],
		['chunks 3', 'kind'],
		['lines both', 'lines'],
		['delimiter', 'delimiter'],
		['delimiter "', 'delimiter'],
		['delimiter a b c', 'delimiter'],
		['delimiter \\q', 'delimiter'],
		['delimiter \\', 'delimiter'],
		[`delimiter ${'00'.repeat(65)}`, 'delimiter'],
		['length', 'length'],
		['length u16', 'length'],
		['length u24be', 'length'],
		['length <x', 'length'],
		['length u8 +2', 'length'],
		['length u8 @4097', 'length'],
		['fixed 0', 'fixed'],
		['fixed 1048577', 'fixed'],
		['fixed x', 'fixed'],
		['idle', 'idle'],
		['idle 0', 'idle'],
		['idle 61s', 'idle'],
		['idle -5ms', 'idle'],
	])('%s is none, and says how it is written', (text, part) => {
		const info = errorOf(() => parseFraming(text))!;
		expect(info).toMatchObject({code: 'badFraming', details: {part}});
		expect(describeError(info)).toMatch(/(Write|such as|with|is) .*\.$/);
	});

	test('property: come back as they were', () => {
		const anyDelimiter = fc
			.uint8Array({minLength: 1, maxLength: 64})
			.map(each => bytes(...each));
		fc.assert(
			fc.property(fc.oneof(anyFraming, anyDelimiter), framing => {
				expect(parseFraming(formatFraming(framing))).toEqual(framing);
			}),
		);
	});

	test('numbers that nobody typed are refused', () => {
		for (const framing of [
			{kind: 'fixed', bytes: 1.5},
			{kind: 'idle', gapMs: Number.NaN},
			bytes(),
			bytes(256),
			length(4, 'big', false, {offset: -1}),
		] as Framing[]) {
			expect(errorOf(() => checkFraming(framing))?.code).toBe('badFraming');
		}
	});
});

describe('what is sent', () => {
	const ab = Uint8Array.of(0x61, 0x62);
	test.each([
		['chunks', '6162'],
		['lines', '61620a'],
		['lines crlf', '61620d0a'],
		['lines cr', '61620d'],
		['delimiter 0003', '61620003'],
		['length u16be', '00026162'],
		['length <I +self', '060000006162'],
		['length u8 @2', '0000026162'],
		['length q', '02000000000000006162'],
		['fixed 2', '6162'],
		['idle 5ms', '6162'],
	])('under %s', (text, sent) => {
		expect(toHex(frameOutgoing(parseFraming(text), ab))).toBe(sent);
	});

	test('lines of UTF-16 end with its line feed', () => {
		const framing: Framing = {kind: 'lines', ending: 'crlf'};
		const little = {bytes: 2, endian: 'little'} as const;
		const big = {bytes: 4, endian: 'big'} as const;
		const none = new Uint8Array(0);
		expect(toHex(frameOutgoing(framing, none, little))).toBe('0d000a00');
		expect(toHex(frameOutgoing(framing, none, big))).toBe('0000000d0000000a');
	});

	test.each([
		['length u8', 256, 'frameTooLongToSend'],
		['length i8', 128, 'frameTooLongToSend'],
		['length u8 +self', 255, 'frameTooLongToSend'],
		['length u64be', 1024 * 1024 + 1, 'frameTooLongToSend'],
		['fixed 3', 2, 'frameOfOtherSize'],
		['fixed 3', 4, 'frameOfOtherSize'],
	])('%s does not take %i bytes', (text, size, code) => {
		const payload = new Uint8Array(size);
		const info = errorOf(() => frameOutgoing(parseFraming(text), payload));
		expect(info?.code).toBe(code);
	});

	test('property: is one frame for whoever cuts it the same way', () => {
		const payloads = fc.uint8Array({minLength: 1, maxLength: 100});
		fc.assert(
			fc.property(anyFraming, payloads, (framing, payload) => {
				let sent: Uint8Array;
				try {
					sent = frameOutgoing(framing, payload);
				} catch (error) {
					expect((error as SocktermError).info.code).toMatch(/^frame/);
					return;
				}

				// Its own endings would cut it.
				const isCut = framing.kind === 'lines' || framing.kind === 'delimiter';
				const framer = createFramer(framing);
				const cuts = [
					...framer.push(
						isCut ? sent.map((b, at) => (at < payload.length ? 120 : b)) : sent,
						0,
					),
					...framer.quiet(100_000),
				];
				expect(cuts).toHaveLength(1);
				expect(cuts[0]).toMatchObject({
					content: payload.length,
					ending: 'whole',
				});
			}),
			{numRuns: 500},
		);
	});
});
