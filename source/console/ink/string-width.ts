/**
 * The width of a text in cells, as the package of this name has it, and sooner. Ink asks for
 * it dozens of times a line. `scripts/build.mjs` puts this in its place there.
 */
import stringWidth from 'string-width';

/** Of characters that never join with one another each has its own width wherever it stands. */
const alone =
	/^[ -~\u{A0}-\u{AC}\u{AE}-\u{2FF}\u{2190}-\u{23FF}\u{2500}-\u{27BF}\u{3041}-\u{3096}\u{30A1}-\u{30FA}\u{4E00}-\u{9FFF}\u{AC00}-\u{D7A3}\u{FF01}-\u{FF60}]*$/u;

const unknown = 255;
const widths = new Uint8Array(0x1_00_00).fill(unknown);

function widthOf(code: number): number {
	if (widths[code] === unknown) {
		widths[code] = stringWidth(String.fromCharCode(code));
	}

	return widths[code]!;
}

export default function quickStringWidth(text: string): number {
	if (!alone.test(text)) return stringWidth(text);
	let width = 0;
	for (let index = 0; index < text.length; index++) {
		width += widthOf(text.charCodeAt(index));
	}

	return width;
}
