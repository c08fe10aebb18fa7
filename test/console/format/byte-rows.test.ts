import {stripVTControlCharacters} from 'node:util';
import * as fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import type {FrameEnding, Row} from '../../../source/engine/index.js';
import {rowLines} from '../../../source/console/format/row-layout.js';
import {createTheme} from '../../../source/console/theme.js';
import {limits} from '../../../source/limits.js';
import {
	bytesOf,
	frameRow,
	greetingInGbk,
	rowContext,
	shown,
} from '../../helpers/byte-rows.js';
import {peerKey, safe, startOfTest} from '../../helpers/fake-engine.js';

const reads = {hex: false, reads: true};
const at = startOfTest;

describe('a frame as text', () => {
	test('is what stands between head and tail', () => {
		const row = frameRow([0, 3, 104, 101, 121, 13, 10], {head: 2, tail: 2});
		expect(shown(rowLines(row, rowContext(40)))).toEqual([
			'12:00 ·   nc > hey',
		]);
	});

	test('is UTF-8, else the encoding of its peer', () => {
		expect(shown(rowLines(frameRow('你好'), rowContext(40)))).toEqual([
			'12:00 ·   nc > 你好',
		]);
		const row = frameRow(greetingInGbk);
		const text = (fallback?: string) =>
			shown(
				rowLines(
					row,
					rowContext(40, {peer: () => ({fallback, relayedTo: undefined})}),
				),
			)[0];
		expect(text()).toBe('12:00 ·   nc > 你好世界');
		expect(text('latin1')).toBe('12:00 ·   nc > ÄãºÃÊÀ½ç');
		expect(text('gbk')).toBe('12:00 ·   nc > 你好世界');
	});

	test.each<[FrameEnding, string]>([
		['whole', ''],
		['end', ''],
		['forced', '…'],
		['quiet', '…'],
		['lost', '!'],
	])('says how it ended: %s is "%s"', (ending, mark) => {
		const [line] = shown(rowLines(frameRow('x', {ending}), rowContext(30)));
		expect(line).toBe(`12:00 ·   nc > x${mark && mark.padStart(14)}`);
	});

	test('control characters are made visible', () => {
		const [line] = shown(
			rowLines(frameRow('\u001B[31mred\r\n'), rowContext(60)),
		);
		expect(line).not.toContain('\u001B');
		expect(line).toContain('[31mred');
	});

	test('something very long is cut, and says so', () => {
		const long = 'a'.repeat(limits.rowTextBytes + 5000);
		const lines = shown(rowLines(frameRow(long), rowContext(100)));
		expect(lines.join('').replaceAll(/[^a]/g, '').length).toBeLessThan(
			limits.rowTextBytes + 10,
		);
		expect(lines.at(-1)).toContain('… 5 kB more; /hex shows all of it');
	});
});

describe('rows of ours', () => {
	test('bytes that were written say what wrote them', () => {
		const row: Row = {
			kind: 'written',
			at,
			order: 1,
			peer: peerKey('nc'),
			bytes: bytesOf('pong'),
			offset: 0,
			note: safe('rule ping'),
		};
		expect(shown(rowLines(row, rowContext(50)))).toEqual([
			'12:00:00    you < rule ping: pong',
		]);
		const relayed = rowContext(50, {
			nameWidth: 10,
			peer: () => ({
				fallback: undefined,
				relayedTo: {host: '10.0.0.9', port: 80},
			}),
		});
		expect(shown(rowLines({...row, note: undefined}, relayed))).toEqual([
			'12:00:00   ….0.0.9:80 < pong',
		]);
	});

	test('a note', () => {
		const row: Row = {kind: 'note', at, order: 1, text: safe('rule matched')};
		expect(shown(rowLines(row, rowContext(50)))).toEqual([
			'12:00:00 * rule matched',
		]);
	});
});

describe('reads', () => {
	const sticky = (index: number) =>
		frameRow('abc', {reads: {first: 7, last: 7, index, count: 3, splits: []}});

	test('frames that came in one read are joined at the right', () => {
		const lines = [1, 2, 3].flatMap(index =>
			shown(rowLines(sticky(index), rowContext(54, {lens: reads}))),
		);
		expect(lines).toEqual([
			'12:00:00 ·   nc > abc                 read 7, 1 of 3 ╮',
			'12:00:00 ·   nc > abc                 read 7, 2 of 3 ┤',
			'12:00:00 ·   nc > abc                 read 7, 3 of 3 ╯',
		]);
		expect(shown(rowLines(sticky(2), rowContext(32, {lens: reads})))).toEqual([
			'12:00 ·   nc > abc      r7 2/3 ┤',
		]);
		const ascii = createTheme({colour: false, ascii: true});
		expect(
			shown(rowLines(sticky(1), rowContext(32, {lens: reads, theme: ascii}))),
		).toEqual(['12:00 .   nc > abc      r7 1/3 \\']);
	});

	test('a frame of several reads shows where they ended', () => {
		const row = frameRow([0, 0, 0, 6, 97, 98, 99, 100, 101, 102], {
			head: 4,
			reads: {first: 7, last: 9, index: 1, count: 1, splits: [4, 6]},
		});
		expect(shown(rowLines(row, rowContext(54, {lens: reads})))).toEqual([
			'12:00:00 ·   nc > ◂ab◂cdef              reads 7 to 9',
		]);
		// The same row without the overlay.
		expect(shown(rowLines(row, rowContext(54)))).toEqual([
			'12:00:00 ·   nc > abcdef',
		]);
	});

	test('a character that was cut is whole behind the mark', () => {
		const row = frameRow(greetingInGbk, {
			reads: {first: 1, last: 2, index: 1, count: 1, splits: [3]},
		});
		expect(shown(rowLines(row, rowContext(54, {lens: reads})))[0]).toContain(
			'> 你◂好世界 ',
		);
	});
});

const anyByteRow = fc
	.record({
		bytes: fc.oneof(
			fc.uint8Array({maxLength: 90}),
			fc.string({maxLength: 40, unit: 'binary'}).map(text => bytesOf(text)),
			fc.constant(Uint8Array.from(greetingInGbk)),
		),
		head: fc.nat(4),
		tail: fc.nat(2),
		ending: fc.constantFrom<FrameEnding>(
			'whole',
			'forced',
			'quiet',
			'end',
			'lost',
		),
		splits: fc.uniqueArray(fc.integer({min: 1, max: 60})),
		count: fc.integer({min: 1, max: 30}),
		kind: fc.constantFrom('frame', 'written'),
	})
	.map(({bytes, head, tail, ending, splits, count, kind}): Row => {
		const fits = head + tail <= bytes.length;
		const frame = frameRow([], {
			bytes,
			head: fits ? head : 0,
			tail: fits ? tail : 0,
			ending,
			reads: {
				first: 3,
				last: 3 + splits.length,
				index: 1,
				count,
				splits: splits
					.filter(each => each < bytes.length)
					.sort((left, right) => left - right),
			},
		});
		const {peer, order, offset} = frame;
		return kind === 'frame'
			? frame
			: {kind: 'written', at, order, peer, bytes, offset, note: safe('n')};
	});

describe('any bytes', () => {
	test('give lines exactly as wide as the pane, which begin with ours', () => {
		fc.assert(
			fc.property(
				anyByteRow,
				fc.integer({min: 8, max: 200}),
				fc.boolean(),
				fc.record({hex: fc.boolean(), reads: fc.boolean()}),
				fc.constantFrom('gb18030', 'latin1', 'shift_jis'),
				(row, width, ascii, lens, fallbackEncoding) => {
					const theme = createTheme({colour: !ascii, ascii});
					const lines = rowLines(
						row,
						rowContext(width, {theme, lens, fallbackEncoding}),
						at,
					).slice();
					expect(lines.length).toBeGreaterThan(0);
					for (const [index, line] of lines.entries()) {
						const bare = stripVTControlCharacters(line);
						expect(stringWidth(bare)).toBe(width);
						const gutter =
							index === 0
								? /^(\d\d:\d\d(:\d\d(\.\d{3})?)? +)?(\+\d\S* )?. /
								: /^ *[┊:][ ◂|]/u;
						expect(bare).toMatch(gutter);
					}
				},
			),
			{numRuns: 400},
		);
	});
});
