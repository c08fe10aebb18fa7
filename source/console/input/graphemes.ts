const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const ascii = /^[\u0020-\u007E]*$/;

/** The text as what a person takes for single characters. */
export function graphemesOf(text: string): string[] {
	if (ascii.test(text)) return text.split('');
	return Array.from(segmenter.segment(text), ({segment}) => segment);
}

/** Where the character that ends at or holds `index` begins; 0 at the start. */
export function boundaryBefore(text: string, index: number): number {
	if (index <= 0) return 0;
	if (ascii.test(text)) return index - 1;
	return segmenter.segment(text).containing(index - 1)?.index ?? 0;
}

/** Where the character at `index` ends; the length at the end. */
export function boundaryAfter(text: string, index: number): number {
	if (index >= text.length) return text.length;
	if (ascii.test(text)) return index + 1;
	const found = segmenter.segment(text).containing(index);
	return found ? found.index + found.segment.length : text.length;
}

/** Whether no character holds both what stands before and after an index. */
export const isBoundary = (text: string, index: number): boolean =>
	snapToBoundary(text, index) === index;

/** `index`, or the end of the character that it would cut. */
export function snapToBoundary(text: string, index: number): number {
	if (index <= 0) return 0;
	if (index >= text.length) return text.length;
	const found = segmenter.segment(text).containing(index);
	return !found || found.index === index
		? index
		: found.index + found.segment.length;
}

/** `index`, or the beginning of the character that it would cut. */
function boundaryAtMost(text: string, index: number): number {
	if (index >= text.length) return text.length;
	if (ascii.test(text)) return index;
	return segmenter.segment(text).containing(index)?.index ?? 0;
}

/** The beginning that all texts share, whole characters of each only. */
export function commonPrefix(texts: readonly string[]): string {
	const [first = '', ...others] = texts;
	let length = first.length;
	for (const other of others) {
		let same = 0;
		while (same < length && other[same] === first[same]) same++;
		length = same;
	}

	for (let before = -1; before !== length;) {
		before = length;
		for (const text of texts) length = boundaryAtMost(text, length);
	}

	return first.slice(0, length);
}
