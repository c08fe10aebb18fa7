/** Draws what was found into lines that are painted already. */
import type {StyleName, Theme} from '../theme.js';

interface Piece {
	readonly text: string;
	readonly isCode: boolean;
}

// Lines have no other control character than that of their colours.
const sgr = /(\p{Control}\[[\d;]*m)/u;
const closing = /\[(?:0|2[1-9]|39)?m$/;

/** Letters of a line without its colours. */
const plainOf = (line: string) => line.replaceAll(new RegExp(sgr, 'gu'), '');

function placesOf(
	plain: string,
	wanted: string,
): Array<readonly [number, number]> {
	const lower = plain.toLowerCase();
	const needle = wanted.toLowerCase();
	// Some letters have more than one in lower case: then places would be wrong.
	const isSame = lower.length === plain.length;
	const [text, part] = isSame ? [lower, needle] : [plain, wanted];
	const places: Array<readonly [number, number]> = [];
	if (part === '') return places;
	for (let at = 0; ;) {
		const start = text.indexOf(part, at);
		if (start === -1) return places;
		at = start + part.length;
		places.push([start, at]);
	}
}

/** The line with these places in another style, the rest as it was. */
function paintPlaces(
	line: string,
	places: ReadonlyArray<readonly [number, number]>,
	theme: Theme,
	style: StyleName,
): string {
	const pieces = line
		.split(sgr)
		.map((text): Piece => ({text, isCode: sgr.test(text)}));
	let result = '';
	/** Codes that are on where we are. */
	let open: string[] = [];
	let place = 0;
	let at = 0;
	for (const {text, isCode} of pieces) {
		if (isCode) {
			if (closing.test(text)) open = open.slice(0, -1);
			else open.push(text);
			result += text;
			continue;
		}

		for (let start = 0; start < text.length;) {
			while (place < places.length && places[place]![1] <= at + start) place++;
			const [from = Infinity, to = Infinity] = places[place] ?? [];
			const isHit = from <= at + start;
			const end = Math.min(text.length, (isHit ? to : from) - at);
			const part = text.slice(start, end);
			// Within a hit nothing else is drawn, and what was on is on again behind it.
			result += isHit
				? (open.length > 0 ? '\u001B[0m' : '') +
					theme.paint(part, style) +
					open.join('')
				: part;
			start = end;
		}

		at += text.length;
	}

	return result;
}

/**
 * Lines of a row that was found, with what was found drawn in the style. Where it
 * stands in none of them (it is broken over two, or is bytes shown as text), the
 * first line is drawn so as a whole.
 */
export function markHits(
	lines: readonly string[],
	found: readonly string[],
	theme: Theme,
	style: StyleName,
): readonly string[] {
	let isSeen = false;
	const marked = lines.map(line => {
		const plain = plainOf(line);
		const places = found
			.flatMap(text => placesOf(plain, text))
			.toSorted(([left], [right]) => left - right);
		if (places.length === 0) return line;
		isSeen = true;
		return paintPlaces(line, places, theme, style);
	});
	const [first] = lines;
	return isSeen || first === undefined
		? marked
		: [theme.paint(plainOf(first), style), ...lines.slice(1)];
}
