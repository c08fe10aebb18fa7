import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {copyText} from '../../../source/console/format/copy-text.js';
import {rowBytes} from '../../../source/console/format/row-bytes.js';
import {frameRow, greetingInGbk} from '../../helpers/byte-rows.js';

const everyByte = Array.from({length: 256}, (_, byte) => byte);

const copied = (
	content: readonly number[],
	format: Parameters<typeof copyText>[1],
	ends: {readonly head?: number; readonly tail?: number} = {},
) => copyText(rowBytes(frameRow(content, ends))!, format, 'gb18030');

test('Python reads what is copied for it', () => {
	const printed = execFileSync('python3', [
		'-c',
		`print(${copied(everyByte, 'python')}.hex(), end='')`,
	]);
	expect(printed.toString()).toBe(Buffer.from(everyByte).toString('hex'));
});

test('as C it has its size and twelve bytes a line', () => {
	expect(copied(everyByte.slice(0, 14), 'c')).toBe(
		[
			'const unsigned char data[14] = {',
			'\t0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b,',
			'\t0x0c, 0x0d,',
			'};',
			'',
		].join('\n'),
	);
});

test('hex is of all bytes, text of the message in them', () => {
	const frame = [8, ...greetingInGbk, 10];
	const ends = {head: 1, tail: 1};
	expect(copied(frame, 'hex', ends)).toBe('08 c4 e3 ba c3 ca c0 bd e7 0a');
	expect(copied(frame, 'text', ends)).toBe('你好世界');
});

test('no control character is copied as text', () => {
	expect(copied([27, 91, 65, 10], 'text')).not.toMatch(/\p{Cc}/u);
});
