import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import {describe, expect, it} from 'vitest';
import {
	decodeText,
	encodeText,
	isStrict,
	normalizeEncoding,
	offeredEncodings,
} from '../../source/protocol/text-decoding.js';
import {utf8Tail} from '../../source/protocol/utf8.js';
import {outcome} from './split-input.js';

const isUnicode = (name: string) => /^(utf|cesu|gb18030)/.test(name);

/** What the bytes of an encoding, one or two at a time, mean. */
function repertoireOf(name: string): string[] {
	const characters = new Set<string>();
	const add = (bytes: readonly number[]) => {
		const text = iconv.decode(
			Uint8Array.from(bytes),
			name.replaceAll(/[^\da-z]/g, ''),
			{
				stripBOM: false,
			},
		);
		if (!text.includes('\u{fffd}')) characters.add(text);
	};

	for (let byte = 0; byte < 256; byte++) add([byte]);
	const isDouble = /^(gb|big5|cp950|shift|euc)/.test(name);
	for (let lead = isDouble ? 0x81 : 0xff; lead < 0xff; lead++) {
		for (let trail = 0x40; trail < 0xff; trail += 7) add([lead, trail]);
	}

	return [...characters];
}

describe('every encoding that is offered', () => {
	it('is known by its name, and the library has no other of text', () => {
		const offered = offeredEncodings();
		expect(new Set(offered).size).toBe(offered.length);
		for (const name of offered) expect(normalizeEncoding(name)).toBe(name);
		iconv.encodingExists('utf8');
		for (const name of Object.keys(iconv.encodings ?? {})) {
			if (name.startsWith('_') || name === 'base64' || name === 'hex') continue;
			expect(offered).toContain(normalizeEncoding(name));
		}
	});

	it.each(offeredEncodings())('%s gives back what it took', name => {
		const isEncodable = (text: string) =>
			'value' in outcome(() => encodeText(text, name));
		const all = isUnicode(name) ? [] : repertoireOf(name);
		const repertoire = all.filter(isEncodable);
		// Some bytes mean the same as others, and only one way back is right.
		expect(repertoire.length).toBeGreaterThanOrEqual(all.length * 0.8);
		const texts = isUnicode(name)
			? fc.string({unit: 'grapheme', maxLength: 40})
			: fc
					.array(fc.constantFrom(...repertoire), {maxLength: 40})
					.map(parts => parts.join(''));
		fc.assert(
			fc.property(texts, text => {
				const bytes = encodeText(text, name);
				expect(bytes.buffer.byteLength).toBe(bytes.length);
				// What is UTF-8 by chance is read as such: no way to know better.
				const isUtf8 = !isStrict(name) && utf8Tail(bytes) === 0;
				if (!isUtf8) expect(decodeText(bytes, name).text).toBe(text);
			}),
			{numRuns: 60},
		);
	});
});
