/** What netcat's flags do to bytes: line ends and the hexdump, the same however the input is split. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createCrlf} from '../../source/headless/crlf.js';
import {createHexDump} from '../../source/headless/hex-dump.js';
import {concatBytes} from '../../source/util/bytes.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const convert = (...pieces: string[]) => {
	const each = createCrlf();
	return textOf(concatBytes(pieces.map(piece => each(bytesOf(piece)))));
};

test.each([
	[['a\nb\n'], 'a\r\nb\r\n'],
	[['a\r\nb\n'], 'a\r\nb\r\n'],
	[['a\r', '\nb'], 'a\r\nb'],
	[['a', '\n', '\n'], 'a\r\n\r\n'],
	[['\n'], '\r\n'],
	[['', 'x', ''], 'x'],
	[['\r\r\n'], '\r\r\n'],
])('%j goes out as %j', (pieces, expected) => {
	expect(convert(...pieces)).toBe(expected);
});

const pieces = fc.array(
	fc.array(fc.constantFrom(0x0a, 0x0d, 0x61), {maxLength: 6}),
	{maxLength: 6},
);

test('line ends: any split gives the same, and every line feed has its return', () => {
	fc.assert(
		fc.property(pieces, parts => {
			const each = createCrlf();
			const split = concatBytes(parts.map(part => each(Uint8Array.from(part))));
			const whole = createCrlf()(Uint8Array.from(parts.flat()));
			expect(split).toEqual(whole);
			const text = textOf(whole);
			expect(text).not.toMatch(/(?<!\r)\n/);
			expect(text.replaceAll('\r\n', '\n')).toBe(
				textOf(Uint8Array.from(parts.flat())).replaceAll('\r\n', '\n'),
			);
		}),
	);
});

function dumped(feed: (dump: ReturnType<typeof createHexDump>) => void) {
	let text = '';
	feed(createHexDump(lines => (text += lines)));
	return text;
}

const one = {id: 'a', title: '10.0.0.5:80 now'};
const other = {id: 'b', title: '10.0.0.6:80 now'};

test('hexdump: both directions with offsets of their own, under the name of who it is', () => {
	expect(
		dumped(dump => {
			dump.bytes(one, 'out', bytesOf('GET / HTTP/1.0\r\n\r\n'));
			dump.bytes(one, 'in', Uint8Array.of(0x1b, 0xff, 0x7e));
			dump.bytes(one, 'out', bytesOf('x'));
			dump.bytes(other, 'in', bytesOf('y'));
			dump.forget('b');
			dump.bytes(other, 'in', bytesOf('z'));
		}),
	).toBe(
		[
			'# 10.0.0.5:80 now',
			'> 00000000  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 30 0d 0a  |GET / HTTP/1.0..|',
			'> 00000010  0d 0a                                            |..|',
			'< 00000000  1b ff 7e                                         |..~|',
			'> 00000012  78                                               |x|',
			'# 10.0.0.6:80 now',
			'< 00000000  79                                               |y|',
			'# 10.0.0.6:80 now',
			'< 00000000  7a                                               |z|',
			'',
		].join('\n'),
	);
});

test('hexdump: every byte stands in it once, in order, at its offset', () => {
	fc.assert(
		fc.property(fc.array(fc.uint8Array({maxLength: 40})), parts => {
			const text = dumped(dump => {
				for (const part of parts) dump.bytes(one, 'in', part);
			});
			const found: number[] = [];
			for (const line of text.split('\n')) {
				const [, offset, hex] =
					/^< ([\da-f]{8})  ((?:[\da-f]{2} ?)+) +\|/.exec(line) ?? [];
				if (offset === undefined || hex === undefined) continue;
				expect(Number.parseInt(offset, 16)).toBe(found.length);
				found.push(
					...hex
						.trim()
						.split(' ')
						.map(each => Number.parseInt(each, 16)),
				);
			}

			expect(found).toEqual(parts.flatMap(part => [...part]));
		}),
	);
});
