/** What a line that is being typed would be as bytes: for looking at, before it is sent. */
import {toErrorInfo, type ErrorInfo} from '../../errors.js';
import {
	parseByteTemplate,
	renderByteTemplate,
} from '../../protocol/byte-template.js';
import {encodeText} from '../../protocol/text-decoding.js';
import type {ByteNotation} from './stream-commands.js';

export {tokenNames} from '../../protocol/byte-template.js';

export type BytePreview =
	/** `$seq` as in the first message, `$ts` as of `nowMs`. */
	| {readonly kind: 'bytes'; readonly bytes: Uint8Array}
	/** `details.position` says where, if it has a place. */
	| {readonly kind: 'error'; readonly error: ErrorInfo};

/** The bytes of a line, or why there are none. Never throws. */
export function previewBytes(
	line: string,
	notation: ByteNotation,
	options: {readonly encoding?: string | undefined; readonly nowMs: number},
): BytePreview {
	const {encoding = 'utf-8', nowMs} = options;
	try {
		const bytes = renderByteTemplate(parseByteTemplate(line, notation), {
			seq: 1,
			nowMs,
			encode: text => encodeText(text, encoding),
		});
		return {kind: 'bytes', bytes};
	} catch (error) {
		return {kind: 'error', error: toErrorInfo(error)};
	}
}
