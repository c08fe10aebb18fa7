import {describe, expect, it} from 'vitest';
import {errorInfo, SocktermError} from '../../source/errors.js';
import {
	decodeText,
	encodeText,
	incompleteTailBytes,
	looksLikeText,
	normalizeEncoding,
} from '../../source/protocol/text-decoding.js';
import {utf8Tail} from '../../source/protocol/utf8.js';
import {fromHex, toHex} from '../../source/util/bytes.js';

const bytes = (hex: string) => fromHex(hex.replaceAll(' ', ''))!;
const errorOf = (call: () => unknown) => {
	try {
		call();
	} catch (error) {
		if (error instanceof SocktermError) return error.info;
		throw error;
	}

	return undefined;
};

describe('decodeText', () => {
	it.each([
		['e4bda0e5a5bd', undefined, '你好', 'utf-8'],
		['c4e3bac3', undefined, '你好', 'gb18030'],
		['c4e3bac3', 'gb2312', '你好', 'gbk'],
		['a741a66e', 'Big5', '你好', 'big5'],
		['82b1', 'Shift_JIS', 'こ', 'shift_jis'],
		['e9', 'latin1', 'é', 'iso-8859-1'],
		['9439da33', undefined, '💩', 'gb18030'],
		['616263', undefined, 'abc', 'utf-8'],
		['', undefined, '', 'utf-8'],
		['efbbbf61', undefined, '\u{feff}a', 'utf-8'],
		['61ff', 'utf-8', 'a\u{fffd}', 'utf-8'],
		['c4e3ba', undefined, '你\u{fffd}', 'gb18030'],
		// Valid UTF-8 too, but in UTF-16 nothing is.
		['6100', 'utf-16le', 'a', 'utf-16le'],
		['0061604f', 'utf-16be', 'a恏', 'utf-16be'],
		['610062', 'utf-16', 'a\u{fffd}', 'utf-16le'],
		['0001f600', 'utf-32be', '😀', 'utf-32be'],
		['2b5a63412d', 'utf-7', '旀', 'utf-7'],
		['5c', 'iso646-jp', '¥', 'iso646-jp'],
	])('%s with %s is %s', (hex, fallback, text, encoding) => {
		expect(decodeText(bytes(hex), fallback)).toEqual({text, encoding});
	});

	it('refuses an unknown fallback only where it needs one', () => {
		expect(decodeText(bytes('61'), 'klingon').text).toBe('a');
		expect(errorOf(() => decodeText(bytes('ff'), 'klingon'))).toEqual(
			errorInfo('encodingUnknown', {encoding: 'klingon'}),
		);
	});
});

describe('encodeText', () => {
	it.each([
		['你好', 'utf-8', 'e4bda0e5a5bd'],
		['你好', 'GBK', 'c4e3bac3'],
		['你好', 'gb2312', 'c4e3bac3'],
		['💩', 'gb18030', '9439da33'],
		['??', 'gbk', '3f3f'],
		['é', 'latin1', 'e9'],
		['', 'gbk', ''],
	])('%s in %s is %s', (text, encoding, hex) => {
		expect(toHex(encodeText(text, encoding))).toBe(hex);
	});

	it.each([
		['hi 🙂 🎉', 'gbk', '🙂'],
		['你', 'latin1', '你'],
		['\u{d800}', 'utf-8', 'U+D800'],
		['a\u{dc00}', 'gb18030', 'U+DC00'],
		['é', 'ascii', 'é'],
		// Written as the backslash it is there, it would come back as one.
		['¥', 'shift_jis', '¥'],
	])('says what %s has no form for in %s', (text, encoding, character) => {
		const info = errorOf(() => encodeText(text, encoding));
		expect(info?.code).toBe('notEncodable');
		expect(info?.details['character']).toBe(character);
	});
});

describe('normalizeEncoding', () => {
	it.each([
		['UTF8', 'utf-8'],
		['utf-8', 'utf-8'],
		[' GB18030 ', 'gb18030'],
		['GBK', 'gbk'],
		['gb_2312', 'gbk'],
		['Shift-JIS', 'shift_jis'],
		['ISO-8859-1', 'iso-8859-1'],
		['ISO-8859-15', 'iso-8859-15'],
		['latin9', 'iso-8859-15'],
		['cp1250', 'windows-1250'],
		['utf-16', 'utf-16le'],
		['UCS-2', 'utf-16le'],
		['utf-32', 'utf-32le'],
		['UTF7', 'utf-7'],
		['binary', 'iso-8859-1'],
		['ksc5601', 'euc-kr'],
	])('%s is %s', (name, canonical) => {
		expect(normalizeEncoding(name)).toBe(canonical);
		expect(normalizeEncoding(canonical)).toBe(canonical);
	});

	it.each([
		'',
		'--',
		'klingon',
		'base64',
		'hex',
		'constructor',
		'__proto__',
		'_dbcs',
		'x'.repeat(10_000),
	])('refuses %s', name => {
		expect(errorOf(() => normalizeEncoding(name))?.code).toBe(
			'encodingUnknown',
		);
	});
});

describe('incompleteTailBytes', () => {
	it.each([
		['61', 'gb18030', 0],
		['61e4', 'gb18030', 1],
		['61e4bd', 'gb18030', 2],
		['f09f99', 'gb18030', 3],
		['c4e3bac3', 'gb18030', 0],
		['c4e3ba', 'gb18030', 1],
		['c4e39439', 'gb18030', 2],
		['c4e39439da', 'gb18030', 3],
		['c4e39439da33', 'gb18030', 0],
		['c4e3ba', 'gbk', 1],
		['ba', 'gbk', 1],
		['a741a6', 'big5', 1],
		['ff82', 'latin1', 0],
		['61ff', 'utf-8', 0],
		['610062', 'utf-16le', 1],
		['61003dd8', 'utf-16le', 2],
		['d83d', 'utf-16be', 2],
		['d83dde', 'utf-16be', 3],
		['0001f6', 'utf-32be', 3],
		['', 'gbk', 0],
	])('%s in %s ends with %i', (hex, fallback, tail) => {
		expect(incompleteTailBytes(bytes(hex), fallback)).toBe(tail);
	});
});

describe('utf8Tail', () => {
	it.each([
		['7f', 0],
		['c2', 1],
		['c280', 0],
		['c0', undefined],
		['c1bf', undefined],
		['80', undefined],
		['e0', 1],
		['e09f', undefined],
		['e0a0', 2],
		['ed9f', 2],
		['eda0', undefined],
		['f08f', undefined],
		['f090', 2],
		['f48fbf', 3],
		['f490', undefined],
		['f5', undefined],
		['c241', undefined],
	])('%s: %s', (hex, tail) => {
		expect(utf8Tail(bytes(hex))).toBe(tail);
	});
});

describe('looksLikeText', () => {
	it.each(['', 'hello', '你好 🙂\r\n\tx', 'é', 'زبان‌ها'])('%j does', text => {
		expect(looksLikeText(text)).toBe(true);
	});

	it.each([
		'a\0',
		'\u{1b}[0m',
		'\u{7f}',
		'\u{85}',
		'\u{fffd}',
		'\u{e000}',
		'\u{378}',
		'\u{ffff}',
		'\u{d800}',
	])('%j does not', text => {
		expect(looksLikeText(text)).toBe(false);
	});
});
