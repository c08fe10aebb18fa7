/** A parser with repeats that hurt parsers of its kind. */
import {concatBytes} from '../../source/util/bytes.js';

export interface Parser {
	readonly name: string;
	readonly mostBytes: number;
	/** Where 1 MiB can never come at once: how much can, and why. */
	readonly atMost?: {readonly bytes: number; readonly why: string};
	/** What is repeated, by what it is called. */
	readonly repeats: Readonly<Record<string, Uint8Array | string>>;
	/** Before the repeats, and behind them. */
	readonly around?: readonly [string, string];
	/** As it reads them; its own error is an answer too. */
	read(input: Uint8Array): void;
}

export const unlimited = 1024 ** 2;
export const encode = (text: string) => new TextEncoder().encode(text);
export const textFrom = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The repeat again and again, as often as it fits. */
export function repeated(
	{repeats, around: [before, after] = ['', '']}: Parser,
	name: string,
	bytes: number,
): Uint8Array {
	const repeat = repeats[name]!;
	const piece = typeof repeat === 'string' ? encode(repeat) : repeat;
	const count = Math.max(
		1,
		Math.floor((bytes - before.length - after.length) / piece.length),
	);
	const result = new Uint8Array(count * piece.length);
	for (let at = 0; at < count; at++) result.set(piece, at * piece.length);
	return concatBytes([encode(before), result, encode(after)]);
}

/** What makes text hard to read and to show. */
export const texts = {
	'one letter': 'x',
	'one letter of three bytes': '你',
	escapes: '\u001B',
	'escape sequences': '\u001B[31m',
	'C1 control characters': '\u009B',
	'combining marks': '\u0301',
	'a letter and combining marks': 'e\u0301\u0302\u0303\u0304',
	'carriage returns': '\r',
	'line feeds': '\n',
	'CR LF': '\r\n',
	'LF CR': '\n\r',
	tabs: '\t',
	'bidi controls': '\u202E\u2066',
	'zero-width joiners': '\u200D',
	'joined emoji': '👩\u200D',
	flags: '🇨',
	'variation selectors': '\uFE0F',
	keycaps: '1\uFE0F\u20E3',
	jamo: '\u1100\u1161\u11A8',
	'no UTF-8': Uint8Array.of(0xff),
	'beginnings of characters': Uint8Array.of(0xe4),
	'surrogate halves': Uint8Array.of(0xed, 0xa0, 0x80),
	'nearly UTF-8': Uint8Array.of(0xe4, 0xbd, 0xa0, 0xe4),
	zeros: Uint8Array.of(0),
};
