import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createMessageReader} from '../../source/protocol/message-reader.js';
import type {Framing} from '../../source/protocol/framing.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const framings: readonly Framing[] = [
	{kind: 'lines', ending: 'any'},
	{kind: 'delimiter', delimiter: [0x3b]},
	{kind: 'fixed', bytes: 3},
	{
		kind: 'length',
		bytes: 1,
		endian: 'big',
		signed: false,
		countsItself: false,
		offset: 0,
	},
];

test.each([
	[framings[0]!, 'one\r\ntwo\nrest', ['one', 'two', 'rest']],
	[framings[1]!, 'a;b;;c', ['a', 'b', '', 'c']],
	[framings[2]!, 'abcdefg', ['abc', 'def', 'g']],
	[framings[3]!, '\u0002ab\u0001c', ['ab', 'c']],
])('%j gives contents', (framing, stream, contents) => {
	const reader = createMessageReader(framing, 'gb18030');
	const frames = [...reader.push(utf8(stream), 0), ...reader.end()];
	expect(frames.map(({content}) => text(content))).toEqual(contents);
});

test('a prompt is shown once it is quiet', () => {
	const reader = createMessageReader({kind: 'lines', ending: 'any'}, 'gb18030');
	expect(reader.push(utf8('login: '), 0)).toEqual([]);
	const afterMs = reader.quietAfterMs()!;
	expect(reader.quiet(afterMs)).toMatchObject([{ending: 'quiet'}]);
	expect(reader.end()).toEqual([]);
});

test('property: any split gives the same messages', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...framings),
			fc.uint8Array({maxLength: 60}),
			fc.array(fc.nat(60)),
			(framing, bytes, places) => {
				const read = (cuts: readonly number[]) => {
					const reader = createMessageReader(framing, 'gb18030');
					const frames = [];
					let at = 0;
					for (const cut of [...cuts, bytes.length]) {
						frames.push(...reader.push(bytes.slice(at, cut), 0));
						at = cut;
					}

					return [...frames, ...reader.end()];
				};

				const cuts = places
					.map(place => Math.min(place, bytes.length))
					.toSorted((left, right) => left - right);
				expect(read(cuts)).toEqual(read([]));
			},
		),
	);
});
