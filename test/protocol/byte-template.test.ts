import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {SocktermError} from '../../source/errors.js';
import {
	countsUp,
	parseByteTemplate,
	renderByteTemplate,
	tokenNames,
} from '../../source/protocol/byte-template.js';
import {encodeText} from '../../source/protocol/text-decoding.js';
import {toHex} from '../../source/util/bytes.js';

type Notation = 'text' | 'escapes' | 'hex';

const nowMs = Date.UTC(2026, 0, 15, 12, 0, 0, 250);

function render(
	line: string,
	notation: Notation,
	{seq = 7, encoding = 'utf-8'} = {},
): Uint8Array {
	return renderByteTemplate(parseByteTemplate(line, notation), {
		seq,
		nowMs,
		encode: text => encodeText(text, encoding),
	});
}

const hex = (line: string, notation: Notation = 'hex', options = {}) =>
	toHex(render(line, notation, options), ' ');

function errorOf(line: string, notation: Notation) {
	try {
		render(line, notation);
	} catch (error) {
		if (error instanceof SocktermError) return error.info;
		throw error;
	}

	return undefined;
}

describe('hex', () => {
	test.each([
		['01020A', '01 02 0a'],
		['01 02,0a, ff', '01 02 0a ff'],
		['0x01 0X02,0xdead', '01 02 de ad'],
		['0041', '00 41'],
		[' \t', ''],
	])('%s', (line, bytes) => {
		expect(hex(line)).toBe(bytes);
	});

	test.each([
		['1', 'halfByte', 0],
		['01 2', 'halfByte', 3],
		['01 2 03', 'halfByte', 3],
		['012', 'halfByte', 2],
		['0x', 'halfByte', 0],
		['01 0g', 'halfByte', 3],
		['01 g0', 'badHexDigit', 3],
		['01 $', 'badHexDigit', 3],
		['你', 'badHexDigit', 0],
		['$crc99', 'unknownToken', 0],
		['01 $seq02', 'unknownToken', 3],
		['01 $len', 'unknownTokenFormat', 3],
	] as const)('%s: %s at %i', (line, code, position) => {
		expect(errorOf(line, 'hex')).toMatchObject({code, details: {position}});
	});

	test('property: any bytes, written in any of its ways, come back', () => {
		const separators = fc.constantFrom('', ' ', ',', ', ', ' 0x', '\t');
		fc.assert(
			fc.property(
				fc.uint8Array({maxLength: 200}),
				fc.array(separators, {minLength: 1, maxLength: 8}),
				fc.boolean(),
				(bytes, gaps, isUpper) => {
					const line = Array.from(bytes, (byte, index) => {
						const digits = toHex(Uint8Array.of(byte));
						const shown = isUpper ? digits.toUpperCase() : digits;
						return gaps[index % gaps.length] + shown;
					}).join('');
					expect(render(line, 'hex')).toEqual(bytes);
				},
			),
		);
	});
});

describe('escapes', () => {
	test.each([
		[String.raw`a\r\n\t\0\\\$`, '61 0d 0a 09 00 5c 24'],
		[String.raw`\x00\xfF1`, '00 ff 31'],
		[String.raw`\u4f60\u{1f600}`, 'e4 bd a0 f0 9f 98 80'],
		[String.raw`\ud83d\ude00`, 'f0 9f 98 80'],
		['5$ $5 $', '35 24 20 24 35 20 24'],
		['', ''],
	])('%s', (line, bytes) => {
		expect(hex(line, 'escapes')).toBe(bytes);
	});

	test('text goes in the encoding of the receiver, \\x as it is', () => {
		expect(hex(String.raw`你\u597d\xe4`, 'escapes', {encoding: 'gbk'})).toBe(
			'c4 e3 ba c3 e4',
		);
	});

	test.each([
		[String.raw`ab\q`, 'badEscape', 2],
		['ab\\', 'badEscape', 2],
		[String.raw`\x4`, 'badEscape', 0],
		[String.raw`ab\u12`, 'badEscape', 2],
		[String.raw`\u{110000}`, 'badEscape', 0],
		['ab$crc16', 'unknownToken', 2],
		['ab${seq', 'unknownToken', 2],
		['ab$seq:x', 'unknownTokenFormat', 2],
	] as const)('%s: %s at %i', (line, code, position) => {
		expect(errorOf(line, 'escapes')).toMatchObject({code, details: {position}});
	});

	test('half a character of UTF-16 is refused, not replaced', () => {
		expect(errorOf(String.raw`\ud83d`, 'escapes')?.code).toBe('notEncodable');
	});
});

describe('tokens', () => {
	test.each([
		['01 03 00 00 00 0a $crc16/modbus', '01 03 00 00 00 0a c5 cd'],
		['31 32 33 34 35 36 37 38 39 $crc16/ccitt-false', '29 b1'],
		['31 32 33 34 35 36 37 38 39 $crc16/ccitt-false:le', 'b1 29'],
		['31 32 33 34 35 36 37 38 39 $crc32', '26 39 f4 cb'],
		['31 32 33 34 35 36 37 38 39 $crc32:BE', 'cb f4 39 26'],
		['31 32 33 34 35 36 37 38 39 $CRC32C:be', 'e3 06 92 83'],
		['ff 02 $sum8', '01'],
		// Each over all before it, those of its own kind and of others too.
		['01 $sum8 $sum8 $xor $sum8', '01 01 02 02 06'],
		['01 $crc8 02 $crc8 $sum8', '01 07 02 0e 18'],
		['ff 0f $xor', 'f0'],
	])('%s', (line, bytes) => {
		expect(hex(line)).toMatch(new RegExp(`${bytes}$`));
	});

	test.each([
		['$len:u8 01 02 03', '03 01 02 03'],
		['aa $len:u16be 01 $crc8', 'aa 00 02 01 06'],
		['$len:u32le+4 ff', '05 00 00 00 ff'],
		['$len:u16be+2', '00 02'],
		['$len:u8 $len:u8 00', '02 01 00'],
	])('%s', (line, bytes) => {
		// The checksum is over the length too.
		const expected = line.includes('crc8')
			? /^aa 00 02 01 ([\da-f]{2})$/
			: new RegExp(`^${bytes}$`);
		expect(hex(line)).toMatch(expected);
	});

	test('a checksum covers the length before it and every token', () => {
		const whole = render('$len:u8 $seq:u16le 41 $crc8', 'hex');
		const plain = render('04 07 00 41 $crc8', 'hex');
		expect(whole).toEqual(plain);
	});

	test('a length of text is that of its bytes', () => {
		expect(hex('$len:u8 你', 'escapes', {encoding: 'gbk'})).toBe('03 20 c4 e3');
	});

	test('a length that its number cannot hold is refused', () => {
		expect(errorOf(`$len:u8 ${'00'.repeat(256)}`, 'hex')).toMatchObject({
			code: 'lengthDoesNotFit',
			details: {lengthBytes: 256, mostBytes: 255},
		});
		expect(render(`$len:u8 ${'00'.repeat(255)}`, 'hex')[0]).toBe(255);
	});

	test('the counter: text, or a number that begins anew', () => {
		expect(hex('#$seq.', 'escapes')).toBe('23 37 2e');
		expect(hex('$seq/10', 'escapes')).toBe('37 2f 31 30');
		expect(hex('${seq}01', 'hex')).toBe('07 01');
		expect(hex('$seq:text', 'hex')).toBe('37');
		expect(hex('$seq:u16be', 'escapes', {seq: 0x1_02_03})).toBe('02 03');
		expect(hex('$seq:u64le', 'hex', {seq: 2 ** 40})).toBe(
			'00 00 00 00 00 01 00 00',
		);
		expect(countsUp(parseByteTemplate('00 $seq', 'hex'))).toBe(true);
		expect(countsUp(parseByteTemplate('$seq', 'text'))).toBe(false);
	});

	test('the time', () => {
		expect(new TextDecoder().decode(render('$ts!', 'escapes'))).toBe(
			'2026-01-15T12:00:00.250Z!',
		);
		const seconds = Math.floor(nowMs / 1000);
		const view = new DataView(render('$ts:u64be $ts', 'hex').buffer);
		expect(view.getBigUint64(0)).toBe(BigInt(nowMs));
		expect(view.getUint32(8)).toBe(seconds);
	});

	test('one that nobody knows is told with those that there are', () => {
		const {details} = errorOf('$nope', 'hex')!;
		expect(details['token']).toBe('$nope');
		for (const name of tokenNames) expect(details['known']).toContain(name);
	});
});

test('text is text, whatever stands in it', () => {
	expect(hex(String.raw`\n$seq`, 'text')).toBe('5c 6e 24 73 65 71');
});

describe('property: any line', () => {
	const pieces = fc.constantFrom(
		'$',
		'\\',
		'{',
		'}',
		':',
		'+',
		'0x',
		' ',
		',',
		'u16be',
		'u{',
		'4f',
		...tokenNames,
		'$len:u8+3',
		'\\x0',
		'\\ud800',
		'你',
		'\u{1f600}',
	);
	const lines = fc.oneof(
		fc.string({unit: 'binary'}),
		fc.array(pieces, {maxLength: 12}).map(parts => parts.join('')),
	);

	test('gives bytes, or an error that says where', () => {
		fc.assert(
			fc.property(
				lines,
				fc.constantFrom<Notation>('text', 'escapes', 'hex'),
				(line, notation) => {
					const error = errorOf(line, notation);
					if (!error) return;
					const {position} = error.details;
					if (position === undefined) {
						expect(['notEncodable', 'lengthDoesNotFit']).toContain(error.code);
					} else {
						expect(position).toBeGreaterThanOrEqual(0);
						expect(position).toBeLessThan(line.length);
					}
				},
			),
			{numRuns: 1000},
		);
	});

	test('escaped for what it is, comes back', () => {
		fc.assert(
			fc.property(fc.string({unit: 'grapheme'}), text => {
				const line = text.replace(/[$\\]/g, String.raw`\$&`);
				expect(render(line, 'escapes')).toEqual(render(text, 'text'));
			}),
		);
	});
});
