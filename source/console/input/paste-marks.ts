/** The marks around a bracketed paste, found in text that comes in pieces. */
const escape = '\u001B';
export const pasteStart = `${escape}[200~`;
export const pasteEnd = `${escape}[201~`;

/** The paste as a terminal sends it. */
export const pasteOf = (text: string) => pasteStart + text + pasteEnd;

export interface MarkSearch {
	/** What stands before the first mark, and behind it, or undefined while none has come. */
	take(
		text: string,
	):
		| {readonly before: string; readonly mark: string; readonly after: string}
		| undefined;
	/** All text so far. */
	text(): string;
}

/** Looks for these marks. Each character is looked at once. */
export function searchMarks(marks: readonly string[]): MarkSearch {
	const pieces: string[] = [];
	/** The last characters so far: a mark may be split. */
	let tail = '';
	const text = () => pieces.join('');
	return {
		take(piece) {
			const seen = tail + piece;
			pieces.push(piece);
			const places = marks.map(mark => seen.indexOf(mark));
			const found = Math.min(...places.filter(place => place !== -1));
			const mark = marks[places.indexOf(found)];
			if (mark === undefined) {
				tail = seen.slice(-(pasteEnd.length - 1));
				return undefined;
			}

			const after = seen.slice(found + mark.length);
			const whole = text();
			const before = whole.slice(0, whole.length - after.length - mark.length);
			return {before, mark, after};
		},
		text,
	};
}
