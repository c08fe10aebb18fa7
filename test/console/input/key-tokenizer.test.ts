import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createKeyTokenizer} from '../../../source/console/input/key-tokenizer.js';
import {terminalReplies} from '../../helpers/terminal-replies.js';

const tokens = (...chunks: Array<string | Uint8Array>): string[] => {
	const tokenizer = createKeyTokenizer();
	const keys = chunks.flatMap(chunk => tokenizer.push(chunk));
	return [...keys, ...tokenizer.flush()];
};

test.each<[string, string, string[]]>([
	['letters and Enter', 'hello\r', ['h', 'e', 'l', 'l', 'o', '\r']],
	['three backspaces', '\u007F\u007F\u007F', ['\u007F', '\u007F', '\u007F']],
	['arrows', '\u001B[A\u001BOB', ['\u001B[A', '\u001BOB']],
	['modifiers', '\u001B[1;5D\u001B[3~', ['\u001B[1;5D', '\u001B[3~']],
	[
		'Alt keys',
		'\u001Bb\u001B1\u001B\u007F',
		['\u001Bb', '\u001B1', '\u001B\u007F'],
	],
	['Alt with wide text', '\u001B你x', ['\u001B你', 'x']],
	['lone Esc', '\u001B', ['\u001B']],
	['Esc twice', '\u001B\u001B', ['\u001B', '\u001B']],
	['Esc, then an arrow', '\u001B\u001B[A', ['\u001B', '\u001B[A']],
	['Alt-O and Alt-[', '\u001BO', ['\u001BO']],
	['Alt-O before text', '\u001BO\r', ['\u001BO', '\r']],
	['Linux console F1', '\u001B[[Ax', ['\u001B[[A', 'x']],
	['rxvt Shift-Del', '\u001B[3$x', ['\u001B[3$', 'x']],
	['a kitty key', '\u001B[97;5u', ['\u001B[97;5u']],
	['a broken sequence', '\u001B[1;\rx', ['\r', 'x']],
	[
		'a sequence that never ends',
		`\u001B[${'1'.repeat(80)}`,
		Array.from({length: 17}, () => '1'),
	],
	['composed characters', 'e\u0301👩‍👩‍👧🇩🇪', ['e\u0301', '👩‍👩‍👧', '🇩🇪']],
	[
		'a paste',
		'a\u001B[200~x\ry\u001B[A\u001B[201~b',
		['a', '\u001B[200~x\ry\u001B[A\u001B[201~', 'b'],
	],
	['an empty paste', '\u001B[200~\u001B[201~', ['\u001B[200~\u001B[201~']],
	[
		'two pastes',
		'\u001B[200~x\u001B[201~\u001B[200~y\u001B[201~',
		['\u001B[200~x\u001B[201~', '\u001B[200~y\u001B[201~'],
	],
])('%s', (_name, input, expected) => {
	expect(tokens(input)).toEqual(expected);
});

test('a byte order mark is a character, in any split', () => {
	const bytes = new TextEncoder().encode('\uFEFFa');
	const broken = Uint8Array.of(0xc3, ...bytes);
	for (let cut = 0; cut <= broken.length; cut++) {
		expect(tokens(broken.subarray(0, cut), broken.subarray(cut)).join('')).toBe(
			'\uFFFD\uFEFFa',
		);
	}

	expect(tokens(bytes).join('')).toBe('\uFEFFa');
});

test('an unfinished sequence is not typed as text', () => {
	const tokenizer = createKeyTokenizer();
	expect(tokenizer.push('\u001B[1;')).toEqual([]);
	expect(tokenizer.pending()).toBe('sequence');
	expect(tokenizer.flush()).toEqual([]);
	expect(tokenizer.push('a')).toEqual(['a']);
});

test('says what is pending', () => {
	const tokenizer = createKeyTokenizer();
	expect(tokenizer.pending()).toBe('nothing');
	tokenizer.push('\u001B');
	expect(tokenizer.pending()).toBe('escape');
	tokenizer.push('[200');
	expect(tokenizer.pending()).toBe('sequence');
	tokenizer.push('~half');
	expect(tokenizer.pending()).toBe('paste');
	expect(tokenizer.flush()).toEqual([]);
	expect(tokenizer.push('\u001B[201~')).toEqual(['\u001B[200~half\u001B[201~']);
	expect(tokenizer.pending()).toBe('pasted');
	expect(tokenizer.push('x')).toEqual([]);
	expect(tokenizer.flush()).toEqual(['x']);
	expect(tokenizer.pending()).toBe('nothing');
	tokenizer.push('\u001B]11;rgb');
	expect(tokenizer.pending()).toBe('string');
	expect(tokenizer.flush()).toEqual([]);
	expect(tokenizer.pending()).toBe('nothing');
});

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Neighbouring text in pieces that do not depend on what arrived together. */
const byCodePoint = (keys: readonly string[]) =>
	keys.flatMap(key => (key.codePointAt(0)! < 0x20 ? [key] : Array.from(key)));

const piece = fc.oneof(
	fc.constantFrom(...terminalReplies),
	fc.constantFrom(
		'\u001B]',
		'\u001BP',
		'\u001B_',
		'\u001B\\',
		'\u0007',
		'\u0018',
		'\u001B[M',
		'\r',
		'\t',
		'\u0003',
		'\u007F',
		'\u001B',
		'\u001B[A',
		'\u001BOP',
		'\u001B[1;5C',
		'\u001B[15~',
		'\u001B[[B',
		'\u001B[3$',
		'\u001Bb',
		'\u001B\u001B',
		'\u001B[200~',
		'\u001B[201~',
		'\u001B[200~one\r\u001B[Btwo\u001B[201~',
		'[',
		'O',
		'~',
		';1',
		'👩‍👩‍👧',
		'你好',
		'e\u0301',
	),
	fc.string({unit: 'grapheme', maxLength: 6}),
);

test('any split of the bytes gives the same keys', () => {
	fc.assert(
		fc.property(
			fc.array(piece, {maxLength: 20}),
			fc.array(fc.nat(200), {maxLength: 12}),
			(pieces, cuts) => {
				const bytes = bytesOf(pieces.join(''));
				const places = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))];
				places.sort((left, right) => left - right);
				const chunks = [0, ...places].map((start, index) =>
					bytes.subarray(start, places[index] ?? bytes.length),
				);
				expect(byCodePoint(tokens(...chunks))).toEqual(
					byCodePoint(tokens(bytes)),
				);
			},
		),
		{numRuns: 500},
	);
});

test.each(terminalReplies.map(reply => [JSON.stringify(reply), reply]))(
	'%s is no key, whole, in two reads at each place, and among typing',
	(_name, reply) => {
		const bytes = bytesOf(reply);
		for (let cut = 0; cut <= bytes.length; cut++) {
			const chunks = [bytes.subarray(0, cut), bytes.subarray(cut)];
			expect(tokens('a', ...chunks, 'b\r')).toEqual(['a', 'b', '\r']);
		}

		expect(tokens(...Array.from(bytes, byte => Uint8Array.of(byte)))).toEqual(
			[],
		);
	},
);

test('replies among typing leave what was typed, in any split', () => {
	const typed = fc.constantFrom(
		'q',
		'x',
		'/',
		'\r',
		'\u001B[A',
		'你',
		'\u001Bx',
	);
	const among = fc.array(fc.oneof(typed, fc.constantFrom(...terminalReplies)), {
		maxLength: 20,
	});
	fc.assert(
		fc.property(among, fc.array(fc.nat(400), {maxLength: 12}), (all, cuts) => {
			const keys = all.filter(each => !terminalReplies.includes(each));
			const bytes = bytesOf(all.join(''));
			const places = cuts
				.map(cut => cut % (bytes.length + 1))
				.sort((left, right) => left - right);
			const chunks = [0, ...places].map((start, index) =>
				bytes.subarray(start, places[index] ?? bytes.length),
			);
			expect(tokens(...chunks)).toEqual(keys);
		}),
		{numRuns: 500},
	);
});

test('an answer that breaks off ends with what broke it, or after a while', () => {
	expect(tokens('\u001B]11;rgb\u001B[Ax')).toEqual(['\u001B[A', 'x']);
	expect(tokens('\u001BP>|xte\u0018x')).toEqual(['x']);
	const tokenizer = createKeyTokenizer();
	expect(tokenizer.push('\u001B]52;c;aGk')).toEqual([]);
	expect(tokenizer.flush()).toEqual([]);
	expect(tokenizer.push('x')).toEqual(['x']);
});

test('Alt with a character that begins answers is a key', () => {
	expect(tokens('\u001B]')).toEqual(['\u001B]']);
	expect(tokens('\u001BPq')).toEqual(['\u001BP', 'q']);
	expect(tokens('\u001B_x\u001BX1')).toEqual(['\u001B_', 'x', '\u001BX', '1']);
});

describe('text of a paste that holds the marks of one', () => {
	const start = '\u001B[200~';
	const end = '\u001B[201~';
	const texts = [
		`ls${end}\r/quit\r`,
		`${end}/quit\r`,
		`${end}${end}q\r${end}`,
		`${end}/quit\r${start}`,
		`${start}${end}/quit\r`,
		`a${end}q${end}q${start}q${end}q`,
		`${end}\u001B]11;${end}\r`,
		`${end}\u001B${end}\r`,
	];
	test.each(texts.map(text => [JSON.stringify(text), text]))(
		'%s: no key comes of it, in two reads at each place',
		(_name, text) => {
			const bytes = bytesOf(start + text + end);
			for (let cut = 0; cut <= bytes.length; cut++) {
				const keys = tokens(bytes.subarray(0, cut), bytes.subarray(cut), 'b');
				expect(keys.at(-1)).toBe('b');
				for (const key of keys.slice(0, -1)) {
					expect(key.startsWith(start) && key.endsWith(end)).toBe(true);
				}
			}
		},
	);
});

test('byte by byte, nothing typed is lost', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme', maxLength: 40}), text => {
			fc.pre(!text.includes('\u001B'));
			const bytes = Array.from(bytesOf(text), byte => Uint8Array.of(byte));
			expect(tokens(...bytes).join('')).toBe(
				new TextDecoder('utf-8', {ignoreBOM: false}).decode(bytesOf(text)),
			);
		}),
	);
});

test('a large paste over many reads is taken in linear time', () => {
	const line = 'x'.repeat(4096);
	const chunks = ['\u001B[200~', ...Array.from({length: 2000}, () => line)];
	const keys = tokens(...chunks, '\u001B[201~');
	expect(keys).toHaveLength(1);
	expect(keys[0]).toHaveLength(2000 * 4096 + 12);
});
