/** What is being typed, as the bytes that it would be: one line below the composer. */
import type {BytePreview} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {toHex} from '../../util/bytes.js';
import type {Theme} from '../theme.js';
import {spansWidth, type Spans} from './lines.js';

/** A byte as hex, and the blank before it. */
const byteCells = 3;
/** Of what does not fit the end is worth more than the middle: the checksum stands there. */
const endBytes = 4;

/** In at most `width` cells, as long as there is room for more than the size; a sentence is cut by whoever draws it. */
export function bytePreviewSpans(
	preview: BytePreview,
	width: number,
	theme: Theme,
): Spans {
	if (preview.kind === 'error') return [[describeError(preview.error), 'bad']];
	const {bytes} = preview;
	const size: Spans = [
		[strings.input.bytes.size(bytes.length), 'accent'],
		[' '],
	];
	const room = width - spansWidth(size);
	const fitting = Math.floor(room / byteCells);
	if (bytes.length <= fitting) return [...size, [` ${toHex(bytes, ' ')}`]];
	// The ellipsis takes the place of one byte.
	const beginning = fitting - endBytes - 1;
	if (beginning < 1) return size;
	const head = toHex(bytes.subarray(0, beginning), ' ');
	const tail = toHex(bytes.subarray(bytes.length - endBytes), ' ');
	return [...size, [` ${head}`], [` ${theme.glyphs.ellipsis} `, 'dim'], [tail]];
}
