import {describe, expect, it} from 'vitest';
import {createLineFraming} from '../../source/protocol/stream-framing.js';
import {incompleteTailBytes} from '../../source/protocol/text-decoding.js';
import {fromHex} from '../../source/util/bytes.js';

const encode = (text: string) => new TextEncoder().encode(text);
const show = ({bytes, ending}: {bytes: Uint8Array; ending: string}) => {
	const text = new TextDecoder().decode(bytes);
	return ending === 'line' ? text : `${text} (${ending})`;
};

const lines = (maxLineBytes = 100) => {
	const framing = createLineFraming({maxLineBytes});
	return {
		framing,
		push: (text: string) => framing.push(encode(text)).map(show),
		flush: (keepBytes?: number) => {
			const frame = framing.flush(keepBytes ? () => keepBytes : undefined);
			return frame && show(frame);
		},
	};
};

describe('createLineFraming', () => {
	it('ends lines at LF, CRLF and CR', () => {
		const {push, framing} = lines();
		expect(push('a\nbc\r\nd\re')).toEqual(['a', 'bc', 'd']);
		expect(framing.pendingBytes()).toBe(1);
		expect(push('f\n')).toEqual(['ef']);
	});

	it('takes CR and LF in two pushes for one ending', () => {
		const {push} = lines();
		expect(push('a\r')).toEqual(['a']);
		expect(push('\n')).toEqual([]);
		expect(push('\n')).toEqual(['']);
		expect(push('b\r')).toEqual(['b']);
		expect(push('c\n')).toEqual(['c']);
	});

	it('gives empty lines', () => {
		expect(lines().push('\n\r\n\r\r')).toEqual(['', '', '', '']);
	});

	it('gives unfinished lines when asked', () => {
		const {push, flush, framing} = lines();
		expect(flush()).toBeUndefined();
		push('abc');
		expect(flush(1)).toBe('ab (flushed)');
		expect(framing.pendingBytes()).toBe(1);
		expect(flush(1)).toBeUndefined();
		expect(flush()).toBe('c (flushed)');
	});

	it('makes no empty line of the ending behind a flushed piece', () => {
		const {push, flush} = lines();
		push('abc');
		flush();
		expect(push('\r\n')).toEqual([]);
		expect(push('\n')).toEqual(['']);
		push('abc');
		flush();
		expect(push('d\n\n')).toEqual(['d', '']);
		push('abc');
		flush(1);
		expect(push('\n')).toEqual(['c']);
	});

	it('breaks a line that is too long, and only that', () => {
		const {push} = lines(4);
		expect(push('abcd\n')).toEqual(['abcd']);
		expect(push('abcde\n')).toEqual(['abcd (forced)', 'e']);
		expect(push('abcdefghi')).toEqual(['abcd (forced)', 'efgh (forced)']);
		expect(push('\nx\n')).toEqual(['i', 'x']);
	});

	it('breaks between characters', () => {
		const {push} = lines(4);
		expect(push('ab你好\n')).toEqual(['ab (forced)', '你 (forced)', '好']);
		expect(push('🙂🙂\n')).toEqual(['🙂 (forced)', '🙂']);
	});

	it('breaks inside a character where there is no other place', () => {
		const framing = createLineFraming({maxLineBytes: 2});
		const frames = framing.push(encode('🙂\n'));
		expect(frames.map(({bytes}) => bytes.length)).toEqual([2, 2]);
	});

	it('breaks between characters of another encoding when told how', () => {
		const framing = createLineFraming({
			maxLineBytes: 4,
			incompleteTail: bytes => incompleteTailBytes(bytes, 'gbk'),
		});
		// "a你好" in GBK, the third byte of which starts nothing in UTF-8.
		const frames = framing.push(fromHex('61c4e3bac30a')!);
		expect(frames.map(({bytes}) => bytes.length)).toEqual([3, 2]);
	});

	it('leaves the caller its buffer', () => {
		const framing = createLineFraming({maxLineBytes: 100});
		const buffer = encode('ab\ncd\nef');
		const frames = framing.push(buffer);
		buffer.fill(0);
		frames.push(...framing.push(encode('\n')));
		expect(frames.map(show)).toEqual(['ab', 'cd', 'ef']);
	});
});
