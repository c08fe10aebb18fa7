/** Bytes that end a message, as people type them: `0d0a`, `0d 0a`, `\r\n`, `\x03`, `"END"`, `END`. */
import {fromHex, toHex} from '../util/bytes.js';

const named: Readonly<Record<string, number>> = {
	r: 0x0d,
	n: 0x0a,
	t: 0x09,
	'0': 0,
	'\\': 0x5c,
	'"': 0x22,
};

const encoder = new TextEncoder();

/** Undefined where it is none. Pairs of hex digits are bytes; quotation marks say that they are text. */
export function parseDelimiter(text: string): number[] | undefined {
	const digits = text.replaceAll(/\s/g, '');
	const bytes = digits === '' ? undefined : fromHex(digits);
	if (bytes) return [...bytes];
	const [, quoted] = /^"(.*)"$/su.exec(text) ?? [];
	if (quoted === undefined && /["\s]/.test(text)) return undefined;
	return text === '' ? undefined : unescape(quoted ?? text);
}

function unescape(text: string): number[] | undefined {
	const bytes: number[] = [];
	const pattern = /\\x([\da-f]{2})|\\(.)|([^\\]+)|(\\)/giu;
	for (const [, hex, name, plain, stray] of text.matchAll(pattern)) {
		if (stray !== undefined) return undefined;
		const byte =
			hex === undefined ? named[name ?? ''] : Number.parseInt(hex, 16);
		if (plain !== undefined) bytes.push(...encoder.encode(plain));
		else if (byte === undefined) return undefined;
		else bytes.push(byte);
	}

	return bytes.length > 0 ? bytes : undefined;
}

/** As text where it can be read, else as hex. */
export function formatDelimiter(delimiter: readonly number[]): string {
	const isReadable = delimiter.every(
		byte => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c,
	);
	return isReadable
		? `"${String.fromCharCode(...delimiter)}"`
		: toHex(Uint8Array.from(delimiter));
}
