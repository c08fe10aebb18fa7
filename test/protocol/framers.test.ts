import {describe, expect, it, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {createFramer} from '../../source/protocol/framers/create-framer.js';
import type {Cut, Framing} from '../../source/protocol/framing.js';
import {parseFraming} from '../../source/protocol/framing-text.js';
import {lineTextOf} from '../../source/protocol/line-text.js';
import {fromHex} from '../../source/util/bytes.js';

const encode = (text: string) => new TextEncoder().encode(text);
const hex = (digits: string) => fromHex(digits.replaceAll(' ', ''))!;

/** Frames as text: `head|content|tail`, and how they ended where that is not as the framing says. */
function framesOf(framing: Framing | string, fallback = 'gb18030') {
	const framer = createFramer(
		typeof framing === 'string' ? parseFraming(framing) : framing,
		lineTextOf(fallback),
	);
	let bytes = '';
	const take = (count: number) => {
		const taken = bytes.slice(0, count);
		bytes = bytes.slice(count);
		return taken;
	};

	const show = (cuts: readonly Cut[]) =>
		cuts.map(({head, content, tail, ending}) => {
			const parts = [take(head), take(content), take(tail)];
			const text = parts
				.join('|')
				.replace(/^\|/, '')
				.replace(/\|{1,2}$/, '');
			return ending === 'whole' ? text : `${text} (${ending})`;
		});
	return {
		framer,
		push(data: string | Uint8Array, atMs = 0) {
			const input = typeof data === 'string' ? encode(data) : data;
			bytes += String.fromCharCode(...input);
			return show(framer.push(input, atMs));
		},
		quiet: (atMs: number) => show(framer.quiet(atMs)),
		end: () => show(framer.end()),
	};
}

describe('lines', () => {
	it('end at LF, CRLF and CR', () => {
		const {push, framer, end} = framesOf('lines');
		expect(push('a\nbc\r\nd\re')).toEqual(['a|\n', 'bc|\r\n', 'd|\r']);
		expect(framer.unfinished()).toEqual({bytes: 1});
		expect(push('f\n\n')).toEqual(['ef|\n', '|\n']);
		expect(push('last')).toEqual([]);
		expect(end()).toEqual(['last (end)']);
		expect(end()).toEqual([]);
	});

	it.each([
		['lines lf', 'a\rb\r\nc\n', ['a\rb\r|\n', 'c|\n']],
		['lines crlf', 'a\rb\nc\r\nd\r\r\n', ['a\rb\nc|\r\n', 'd\r|\r\n']],
		['lines cr', 'a\nb\r\nc\r', ['a\nb|\r', '\nc|\r']],
	])('%s ends only there', (framing, input, frames) => {
		expect(framesOf(framing).push(input)).toEqual(frames);
	});

	it('a CR at the end of a read waits a moment for its LF', () => {
		const {push, quiet, framer} = framesOf('lines');
		expect(push('a\r')).toEqual([]);
		expect(framer.quietAfterMs()).toBe(limits.rawReturnMs);
		expect(push('\n', 10)).toEqual(['a|\r\n']);
		push('b\r', 100);
		expect(quiet(100 + limits.rawReturnMs - 1)).toEqual([]);
		expect(quiet(100 + limits.rawReturnMs)).toEqual(['b|\r']);
		// Then it belongs to the line that it does not end.
		expect(push('\nc\n', 500)).toEqual(['\n|c|\n']);
		expect(push('d\r', 600)).toEqual([]);
		expect(push('e\n', 700)).toEqual(['d|\r', 'e|\n']);
	});

	it('end by silence, and their late ending stands before the next', () => {
		const {push, quiet, framer} = framesOf('lines');
		push('login: ');
		expect(framer.quietAfterMs()).toBe(limits.rawIdleMs);
		expect(quiet(limits.rawIdleMs - 1)).toEqual([]);
		expect(quiet(limits.rawIdleMs)).toEqual(['login:  (quiet)']);
		expect(framer.quietAfterMs()).toBeUndefined();
		expect(push('\r\nhello\n', 2000)).toEqual(['\r\n|hello|\n']);
		push('x', 3000);
		expect(push('y\n', 4000)).toEqual(['x (quiet)', 'y|\n']);
		push('z', 5000);
		expect(push('\n', 6000)).toEqual(['z (quiet)']);
		expect(push('\n', 6000)).toEqual(['\n||\n']);
	});

	it('half a character is held back for a second silence', () => {
		const {push, quiet} = framesOf('lines');
		push(hex('c4e3ba'));
		expect(quiet(limits.rawIdleMs)).toEqual(['\u{c4}\u{e3} (quiet)']);
		expect(quiet(2 * limits.rawIdleMs - 1)).toEqual([]);
		expect(quiet(2 * limits.rawIdleMs)).toEqual(['\u{ba} (quiet)']);
	});

	it('of UTF-16 end at its line feeds, and not at half of another character', () => {
		const {push} = framesOf('lines', 'utf-16le');
		// "aĊ" and "b": Ċ is U+010A.
		expect(push(hex('6100 0a01 0d00'))).toEqual([]);
		expect(push(hex('0a00 62'))).toEqual(['a\0\n\u{1}|\r\0\n\0']);
		expect(push(hex('00 0a00'))).toEqual(['b\0|\n\0']);
	});

	it('are broken by force, not inside a character', () => {
		const {framer} = framesOf('lines');
		const long = encode(`xy${'好'.repeat(limits.rawLineBytes / 3)}\n`);
		const most = limits.rawLineBytes - ((limits.rawLineBytes - 2) % 3);
		expect(framer.push(long, 0)).toEqual([
			{head: 0, content: most, tail: 0, ending: 'forced'},
			{head: 0, content: long.length - 1 - most, tail: 1, ending: 'whole'},
		]);
		const exact = encode(`${'x'.repeat(limits.rawLineBytes)}\r\n`);
		expect(framer.push(exact, 0)).toEqual([
			{head: 0, content: limits.rawLineBytes, tail: 2, ending: 'whole'},
		]);
	});
});

describe('delimiters', () => {
	it('end a frame at their first occurrence', () => {
		expect(framesOf('delimiter "EEND"').push('aEEEND')).toEqual(['aE|EEND']);
		const {push, end} = framesOf('delimiter "abab"');
		expect(push('abaab')).toEqual([]);
		expect(push('abab')).toEqual(['aba|abab']);
		push('x');
		expect(end()).toEqual(['abx (end)']);
	});

	it('that never come are a problem, told once, and bytes go on', () => {
		const {framer} = framesOf('delimiter 0d0a');
		const {rawLineBytes} = limits;
		expect(framer.push(new Uint8Array(rawLineBytes), 0)).toEqual([]);
		expect(framer.problem()).toBeUndefined();
		const forced = {head: 0, content: rawLineBytes, tail: 0, ending: 'forced'};
		expect(framer.push(new Uint8Array(2 * rawLineBytes), 0)).toEqual([
			forced,
			forced,
		]);
		expect(framer.problem()?.code).toBe('delimiterUnseen');
		framer.push(new Uint8Array(2 * rawLineBytes), 0);
		expect(framer.problem()).toBeUndefined();
	});
});

describe('lengths', () => {
	it.each([
		['length u8', '03 616263 00 01 64', ['\u{3}|abc', '\0', '\u{1}|d']],
		['length >H', '0002 6162', ['\0\u{2}|ab']],
		['length <I +self', '06000000 6162', ['\u{6}\0\0\0|ab']],
		['length u16be @2', 'ffff 0001 61', ['\u{ff}\u{ff}\0\u{1}|a']],
		['length u8 +self @1', 'ff 03 61', ['\u{ff}\u{3}|a']],
		['length q', '0200000000000000 6162', ['\u{2}\0\0\0\0\0\0\0|ab']],
	])('%s', (framing, input, frames) => {
		expect(framesOf(framing).push(hex(input))).toEqual(frames);
	});

	it('say how much is there of what will be', () => {
		const {push, framer, end} = framesOf('length u32be');
		push(hex('0000'));
		expect(framer.unfinished()).toEqual({bytes: 2});
		push(hex('0021 616263'));
		expect(framer.unfinished()).toEqual({bytes: 7, of: 37});
		expect(end()).toEqual(['\0\0\0!|abc (end)']);
	});

	it.each([
		['negative', 'length >i', 'ffffffff'],
		['shorter than its own head', 'length u16be +self', '0001'],
		['longer than a message', 'length u32be', '00100000'],
		['longer than a number holds', 'length u64be', 'ffffffffffffffff'],
	])(
		'%s: a problem, and from there on bytes as they come',
		(_, framing, head) => {
			const {push, framer} = framesOf(framing);
			expect(push(concat(hex(head), 'abc'))).toHaveLength(1);
			const problem = framer.problem();
			expect(problem?.code).toBe('lengthAbsurd');
			expect(framer.problem()).toBeUndefined();
			expect(push('more')).toEqual(['more (lost)']);
			expect(framer.problem()).toBeUndefined();
		},
	);

	it('keeps the frames before, and loses none of the bytes', () => {
		const {push} = framesOf('length i8');
		expect(push(hex('0161 ff62'))).toEqual(['\u{1}|a', '\u{ff}b (lost)']);
	});
});

test('fixed sizes', () => {
	const {push, framer, end} = framesOf('fixed 3');
	expect(push('abcdefg')).toEqual(['abc', 'def']);
	expect(framer.unfinished()).toEqual({bytes: 1, of: 3});
	expect(push('hi')).toEqual(['ghi']);
	push('j');
	expect(end()).toEqual(['j (end)']);
});

test('gaps', () => {
	const {push, quiet, framer, end} = framesOf('idle 50ms');
	expect(push('a', 0)).toEqual([]);
	expect(push('b', 49)).toEqual([]);
	expect(framer.quietAfterMs()).toBe(50);
	expect(push('c', 99)).toEqual(['ab']);
	expect(quiet(148)).toEqual([]);
	expect(quiet(149)).toEqual(['c']);
	push('d', 200);
	expect(end()).toEqual(['d (end)']);
	expect(framer.quietAfterMs()).toBeUndefined();
});

test('chunks are the reads', () => {
	const {push, end} = framesOf('chunks');
	expect(push('a\nb')).toEqual(['a\nb']);
	expect(push('')).toEqual([]);
	expect(end()).toEqual([]);
});

function concat(first: Uint8Array, text: string): Uint8Array {
	return Uint8Array.from([...first, ...encode(text)]);
}
