/** What can go wrong with framing. Part of the one table of `en-errors.ts`. */
import type {ErrorDetails} from '../errors.js';
import {formatSize} from '../util/quantities.js';

const size = (details: ErrorDetails, key: string) => {
	const value = details[key];
	return typeof value === 'number' ? formatSize(value) : 'that much';
};

const framings =
	'chunks, lines, lines crlf, delimiter 0d0a, delimiter "END", length u32be, fixed 16 or idle 50ms';

const parts: Readonly<Record<string, string>> = {
	kind: `Write ${framings}.`,
	lines: 'Lines end with any, lf, crlf or cr, such as lines crlf.',
	delimiter:
		'A delimiter is 1 to 64 bytes: as hex (delimiter 0d0a), with escapes (delimiter \\x03) or as text (delimiter "END").',
	length:
		'A length is u8, u16be, i32le … or a letter of Python’s struct (<I, >H, q), then +self where it counts itself and @4 where 4 bytes (at most 4,096) stand before it.',
	fixed: 'A fixed size is 1 to 1,048,576 bytes, such as fixed 16.',
	idle: 'A gap is 1 ms to 60 s, such as idle 50ms.',
};

export const framingErrorSentences = {
	badFraming: (details: ErrorDetails) =>
		`${details['text'] ? `“${String(details['text'])}”` : 'That'} is no framing. ${parts[String(details['part'])] ?? parts['kind']}`,
	badPace: () =>
		'A pause between two messages is 0 to 60,000 ms. Write it as 50ms or 1s.',
	lengthAbsurd: (details: ErrorDetails) =>
		`A message of ${String(details['length'] ?? 'unknown')} bytes was announced, which nobody means (${size(details, 'limitBytes')} is the most). From there on bytes are shown as they come: check size, byte order and offset of the length with /framing.`,
	delimiterUnseen: (details: ErrorDetails) =>
		`The delimiter has not come in ${size(details, 'limitBytes')}, so the bytes are broken there. Check it with /framing.`,
	frameTooLongToSend: (details: ErrorDetails) =>
		`The message has ${size(details, 'lengthBytes')}, and the length in front of it counts to ${size(details, 'limitBytes')}. Send it in parts, or choose a wider length with /eol.`,
	frameOfOtherSize: (details: ErrorDetails) =>
		`Every message here has ${size(details, 'sizeBytes')}, and this one has ${size(details, 'lengthBytes')}. Change it, or what is sent with /eol.`,
} as const;
