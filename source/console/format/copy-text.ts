/** Bytes as text that somebody pastes elsewhere. */
import {linesOf, textOf} from '../../engine/index.js';
import {toHex} from '../../util/bytes.js';
import {contentOf, type RowBytes} from './row-bytes.js';

export const copyFormats = ['hex', 'c', 'python', 'text'] as const;
export type CopyFormat = (typeof copyFormats)[number];

const perLine = 12;

const hexOf = (byte: number) => byte.toString(16).padStart(2, '0');

function cArray(bytes: Uint8Array): string {
	const lines: string[] = [];
	for (let start = 0; start < bytes.length; start += perLine) {
		const line = Array.from(
			bytes.subarray(start, start + perLine),
			byte => `0x${hexOf(byte)},`,
		);
		lines.push(`\t${line.join(' ')}\n`);
	}

	return `const unsigned char data[${bytes.length}] = {\n${lines.join('')}};\n`;
}

const pythonEscapes: Readonly<Record<number, string>> = {
	0x09: String.raw`\t`,
	0x0a: String.raw`\n`,
	0x0d: String.raw`\r`,
	0x27: String.raw`\'`,
	0x5c: String.raw`\\`,
};

function pythonBytes(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) {
		const isPlain = byte >= 0x20 && byte < 0x7f;
		text +=
			pythonEscapes[byte] ??
			(isPlain ? String.fromCharCode(byte) : String.raw`\x${hexOf(byte)}`);
	}

	return `b'${text}'`;
}

/** All bytes, and as text the lines of the message in them, as safe as on the screen. */
export function copyText(
	content: RowBytes,
	format: CopyFormat,
	fallback: string | undefined,
): string {
	switch (format) {
		case 'hex': {
			return toHex(content.bytes, ' ');
		}

		case 'c': {
			return cArray(content.bytes);
		}

		case 'python': {
			return pythonBytes(content.bytes);
		}

		case 'text': {
			return linesOf(textOf(contentOf(content), fallback)).join('\n');
		}
	}
}
