import {describe, expect, test} from 'vitest';
import {
	hexLayout,
	hexLine,
	hexLineCount,
} from '../../../source/console/format/hex-lines.js';
import {
	rowLines,
	type RowContext,
} from '../../../source/console/format/row-layout.js';
import type {Row} from '../../../source/engine/index.js';
import {createTheme} from '../../../source/console/theme.js';
import {
	bytesOf,
	frameRow,
	greetingInGbk,
	rowContext,
	shown,
} from '../../helpers/byte-rows.js';
import {
	messageId,
	peerKey,
	safe,
	startOfTest,
} from '../../helpers/fake-engine.js';

const inHex = (width: number, change: Partial<RowContext> = {}) =>
	rowContext(width, {lens: {hex: true, reads: false}, ...change});

describe('a message as hex', () => {
	const row = frameRow([0, 0, 0, 20, ...bytesOf('Hello, sticky packet\r\n')], {
		head: 4,
		tail: 2,
		offset: 1234,
	});

	test('sixteen bytes a line, with when, how much later, how much and where', () => {
		expect(shown(rowLines(row, inHex(80), startOfTest))).toEqual([
			'12:00:00.045   +0.045 ·   nc > 26 bytes  at 1,234',
			'┊ 0000  00 00 00 14 48 65 6c 6c  6f 2c 20 73 74 69 63 6b  ....Hello, stick',
			'┊ 0010  79 20 70 61 63 6b 65 74  0d 0a                    y packet..',
		]);
	});

	test('eight, with a gap in the middle', () => {
		expect(shown(rowLines(row, inHex(54), startOfTest - 75_000))).toEqual([
			'12:00:00.045  +75.045 > 26 bytes  at 1,234',
			'┊ 0000  00 00 00 14  48 65 6c 6c  ....Hell',
			'┊ 0008  6f 2c 20 73  74 69 63 6b  o, stick',
			'┊ 0010  79 20 70 61  63 6b 65 74  y packet',
			'┊ 0018  0d 0a                     ..',
		]);
	});

	test('four, and in the smallest pane only they', () => {
		expect(shown(rowLines(row, inHex(27), startOfTest)).slice(0, 3)).toEqual([
			'12:00:00.045 > 26 bytes',
			'┊ 0000  00 00 00 14  ....',
			'┊ 0004  48 65 6c 6c  Hell',
		]);
		expect(shown(rowLines(row, inHex(16), startOfTest)).slice(0, 3)).toEqual([
			'> 26 bytes',
			'┊ 00 00 00 14',
			'┊ 48 65 6c 6c',
		]);
	});

	test('wide characters stand above their bytes', () => {
		const wide = frameRow([...bytesOf('ab'), ...greetingInGbk, 0x21]);
		expect(shown(rowLines(wide, inHex(54), startOfTest)).slice(1)).toEqual([
			'┊ 0000  61 62 c4 e3  ba c3 ca c0  ab你好世',
			'┊ 0008  bd e7 21                  界!',
		]);
		// Three bytes of UTF-8, two cells.
		expect(shown(rowLines(frameRow('你好!'), inHex(54), startOfTest))[1]).toBe(
			'┊ 0000  e4 bd a0 e5  a5 bd 21     你 好 !',
		);
	});

	test('a wide character that goes on in the next line has room at its beginning', () => {
		const odd = frameRow([0x61, ...greetingInGbk]);
		expect(shown(rowLines(odd, inHex(30), startOfTest)).slice(1)).toEqual([
			'┊ 0000  61 c4 e3 ba  a你好',
			'┊ 0004  c3 ca c0 bd   世界',
			'┊ 0008  e7',
		]);
	});

	test('head and tail are dim', () => {
		const theme = createTheme({colour: true, ascii: false});
		const [, first] = rowLines(row, inHex(80, {theme}), startOfTest).slice();
		expect(first).toContain(
			`${theme.paint('┊ 0000  00 00 00 14 ', 'dim')}48 65`,
		);
	});

	test('a read that ended inside of it is marked in front of the next byte', () => {
		const split = frameRow([0, 0, 0, 6, ...bytesOf('abcdef')], {
			reads: {first: 7, last: 9, index: 1, count: 1, splits: [4, 6, 8]},
		});
		const lens = {hex: true, reads: true};
		expect(shown(rowLines(split, inHex(54, {lens}), startOfTest))).toEqual([
			'12:00:00.045   +0.045 > 10 bytes  at 0  reads 7 to 9',
			'┊ 0000  00 00 00 06 ◂61 62◂63 64  ....abcd',
			'┊ 0008 ◂65 66                     ef',
		]);
	});

	test('says how it ended, in words', () => {
		const lost = frameRow([1, 2], {ending: 'lost'});
		expect(shown(rowLines(lost, inHex(54), undefined))).toEqual([
			'12:00:00.045          > 2 bytes  at 0  no frame      !',
			'┊ 0000  01 02                     ..',
		]);
	});

	test('what was said both ways to an encrypted peer is UTF-8', () => {
		const sent: Row = {
			kind: 'sent',
			at: startOfTest,
			order: 1,
			to: peerKey('nc'),
			toName: safe('nc'),
			message: messageId('m'),
			text: safe('é!'),
			bytes: undefined,
		};
		expect(shown(rowLines(sent, inHex(60), startOfTest))).toEqual([
			'12:00:00.000   +0.000    you < 3 bytes',
			'┊ 0000  c3 a9 21                  é !',
		]);
		// What went to a raw peer is what really went.
		const raw = {...sent, bytes: Uint8Array.from([0xe9, 0x21, 0x0a])};
		expect(shown(rowLines(raw, inHex(60), startOfTest))[1]).toBe(
			'┊ 0000  e9 21 0a                  .!.',
		);
	});

	test('an empty message has only a head', () => {
		expect(shown(rowLines(frameRow([]), inHex(30)))).toEqual([
			'12:00:00.045 > 0 bytes  at 0',
		]);
	});
});

describe('something very long', () => {
	const bytes = new Uint8Array(1_048_576).fill(0x41);
	const theme = createTheme({colour: false, ascii: false});

	test('has all its lines, each drawn when it is seen', () => {
		const lines = rowLines(frameRow([], {bytes}), inHex(90));
		expect(lines.length).toBe(65_537);
		expect(shown(lines.slice(65_536))[0]).toMatch(
			/^┊ 0ffff0 {2}41 41.* {2}A{16}$/,
		);
	});

	test('offsets have as many digits as the last one needs', () => {
		const layout = hexLayout(90, bytes.length);
		expect(layout).toEqual({perLine: 16, offsetDigits: 6, hasText: true});
		expect(hexLineCount(layout, bytes.length)).toBe(65_536);
		const line = hexLine(
			{theme, width: 90, bytes, head: 0, tail: 0, splits: [], text: []},
			layout,
			1,
		);
		expect(shown([line])[0]).toContain('┊ 000010  41');
	});
});
