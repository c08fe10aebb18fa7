import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const printableAscii = /^[ -~]*$/;

// Conjoining jamo, which terminals draw as one syllable of two cells.
const leading = String.raw`\u{1100}-\u{115E}\u{A960}-\u{A97C}`;
const vowel = String.raw`\u{1161}-\u{11A7}\u{D7B0}-\u{D7C6}`;
const trailing = String.raw`\u{11A8}-\u{11FF}\u{D7CB}-\u{D7FB}`;

// Marks with a cell of their own; those of Thai, Lao and halfwidth kana are letters by name.
const spacing = String.raw`\p{Mc}\u{E33}\u{EB3}\u{FF9E}\u{FF9F}`;
// What may stand between two characters that join, some of it left out.
const between = String.raw`[\p{M}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Emoji_Modifier}${spacing}]`;

// What makes terminals disagree about a text's cells: some count characters, some what they join to.
const unsteady = new RegExp(
	[
		// Joiners of emoji, and those behind a mark (Indic half-forms) or a syllable.
		String.raw`\u{200D}(?![\p{L}--[${spacing}\p{Default_Ignorable_Code_Point}\p{Script=Hangul}]])|(?<=[\p{M}\p{Script=Hangul}]${between}*)\u{200D}`,
		// Selectors of a look, skin tones, flags.
		String.raw`[\u{FE00}-\u{FE0F}\u{1F3FB}-\u{1F3FF}\u{1F1E6}-\u{1F1FF}]`,
		// Marks with a cell of their own, on what has two.
		String.raw`(?<=[\p{Extended_Pictographic}\p{Script=Hangul}]${between}*)[${spacing}]`,
		// Formats and fillers that are drawn or not.
		String.raw`[[\p{Default_Ignorable_Code_Point}\p{Cf}]--[\u{200C}\u{200D}]]`,
		// Jamo that do not go on with a syllable.
		String.raw`(?<!\u{200C})(?<=[${leading}]${between}*)(?=[${leading}\u{AC00}-\u{D7A3}])`,
		String.raw`(?<![${leading}])[${vowel}]|(?<![${leading}][${vowel}]|[\u{AC00}-\u{D7A3}])[${trailing}]`,
		// Wide since Unicode 16, or where somebody decides so.
		String.raw`[\u{2630}-\u{2637}\u{268A}-\u{268F}\u{3248}-\u{324F}\u{1D300}-\u{1D356}\u{1D360}-\u{1D376}]`,
	].join('|'),
	'gv',
);

const regionalIndicatorA = 0x1f1e6;
const unseen = new RegExp(
	`[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{M}\\p{Emoji_Modifier}${spacing}]`,
	'v',
);

function steadier(sequence: string): string {
	// Between two leading jamo: they stay apart.
	if (sequence === '') return '\u200C';
	const letter = sequence.codePointAt(0)! - regionalIndicatorA;
	if (letter >= 0 && letter < 26) return String.fromCharCode(65 + letter);
	if (unseen.test(sequence)) return '';
	return sequence === '☰' ? '≡' : '□';
}

/**
 * The text as every terminal draws it in the same number of cells: composed emoji
 * taken apart, what is not seen left out, a box for what some draw wide. Half of all
 * terminals join and half do not, and one cell too many in a row breaks the whole
 * screen.
 */
export function steadyText(text: string): string {
	return printableAscii.test(text) ? text : text.replace(unsteady, steadier);
}

/** How many terminal cells a text takes; that of `steadyText`. */
export function cellWidth(text: string): number {
	return printableAscii.test(text)
		? text.length
		: stringWidth(steadyText(text));
}

const unknownWidth = 255;
/** Cells of each character that is one unit, once it was asked for: measuring one costs microseconds, and a binary row has thousands. */
const unitWidths = new Uint8Array(0x1_00_00).fill(unknownWidth);

function clusterWidth(cluster: string): number {
	if (cluster.length !== 1) return cellWidth(cluster);
	const code = cluster.charCodeAt(0);
	if (unitWidths[code] === unknownWidth) unitWidths[code] = cellWidth(cluster);
	return unitWidths[code]!;
}

/**
 * The beginning of a text that fits `width` cells, whole graphemes only. A
 * cluster wider than its parts may add up to more than their sum, so the result
 * is checked as a whole.
 */
export function takeCells(text: string, width: number): string {
	if (width <= 0) return '';
	if (printableAscii.test(text)) return text.slice(0, width);
	if (text.length * 2 <= width || stringWidth(text) <= width) return text;
	let taken = '';
	let cells = 0;
	for (const {segment} of graphemes.segment(text)) {
		cells += stringWidth(segment);
		if (cells > width) break;
		taken += segment;
	}

	return taken;
}

/** Cut to `width` cells with an ellipsis where something is missing. The result is steady. */
export function cutCells(raw: string, width: number, ellipsis = '…'): string {
	const text = steadyText(raw);
	if (cellWidth(text) <= width) return text;
	return width <= cellWidth(ellipsis)
		? takeCells(ellipsis, width)
		: takeCells(text, width - cellWidth(ellipsis)) + ellipsis;
}

/** Like `cutCells`, but the end is what stays: of addresses it tells more. */
export function cutCellsAtStart(
	raw: string,
	width: number,
	ellipsis = '…',
): string {
	const text = steadyText(raw);
	if (cellWidth(text) <= width) return text;
	const room = width - cellWidth(ellipsis);
	if (room <= 0) return takeCells(ellipsis, width);
	let kept = '';
	for (const {segment} of [...graphemes.segment(text)].toReversed()) {
		if (cellWidth(segment + kept) > room) break;
		kept = segment + kept;
	}

	return ellipsis + kept;
}

/** Exactly `width` cells: cut, then filled with spaces on the right (or left). */
export function fitCells(
	text: string,
	width: number,
	options: {readonly align?: 'left' | 'right'; readonly ellipsis?: string} = {},
): string {
	const cut = cutCells(text, width, options.ellipsis);
	const space = ' '.repeat(Math.max(0, width - cellWidth(cut)));
	return options.align === 'right' ? space + cut : cut + space;
}

const opening = new Set('（「『【〔〈《“‘([{');
const closing = new Set('、。，．：；？！）」』】〕〉》”’…·,.;:?!)]}%');

/** Whether a line may end between the two, of which one is wide. */
const mayPart = (before: string, after: string) =>
	before !== ' ' &&
	after !== ' ' &&
	!opening.has(before) &&
	!closing.has(after);

/**
 * Breaks text into lines of at most `width` cells: after a space or beside a wide
 * character where there is one in the line's second half, else between graphemes.
 * No line begins with what closes, nor ends with what opens, where that can be kept.
 * Nothing is lost but the space at a break. A grapheme wider than the whole line
 * becomes `?`.
 */
export function wrapCells(raw: string, width: number): string[] {
	if (width <= 0) return [''];
	const text = steadyText(raw);
	// Of a long text the loop finds out by itself.
	if (text.length <= 2 * width && cellWidth(text) <= width) return [text];
	const lines: string[] = [];
	let hasJoined = false;
	let line = '';
	let cells = 0;
	/** Where `line` may be broken last, how wide it is up to there, and where the rest begins. */
	let breakAt = -1;
	let breakCells = 0;
	let restAt = -1;
	let before = ' ';
	let beforeCells = 0;
	const put = (segment: string, segmentCells: number) => {
		line += segment;
		cells += segmentCells;
	};

	for (const {segment: cluster} of graphemes.segment(text)) {
		const rawCells = clusterWidth(cluster);
		hasJoined ||= cluster.length > 1;
		const segment = rawCells > width ? '?' : cluster;
		const segmentCells = rawCells > width ? 1 : rawCells;
		if ((segmentCells > 1 || beforeCells > 1) && mayPart(before, segment)) {
			breakAt = line.length;
			breakCells = cells;
			restAt = breakAt;
		}

		if (cells + segmentCells > width) {
			if (segment === ' ') {
				lines.push(line);
				line = '';
				cells = 0;
				breakAt = -1;
				before = ' ';
				beforeCells = 1;
				continue;
			}

			const isLate = breakAt >= 0 && breakCells * 2 >= cells;
			const rest = isLate ? line.slice(restAt) : '';
			const restCells = cellWidth(rest);
			const isParted = isLate && restCells + segmentCells <= width;
			lines.push(isParted ? line.slice(0, breakAt) : line);
			line = isParted ? rest : '';
			cells = isParted ? restCells : 0;
			breakAt = -1;
		}

		if (segment === ' ') {
			breakAt = line.length;
			breakCells = cells;
			restAt = breakAt + 1;
		}

		put(segment, segmentCells);
		before = segment;
		beforeCells = segmentCells;
	}

	lines.push(line);
	if (!hasJoined) return lines;
	// Joined clusters can measure more than their parts: then the line is cut.
	return lines.map(each =>
		cellWidth(each) <= width ? each : takeCells(each, width),
	);
}
