/**
 * The rows of a list that fit, where rows differ in height: drawn from the first
 * one on the screen to the last, and none of the thousands before and behind.
 */
export interface TallWindow {
	/** The first row that is shown. */
	readonly start: number;
	/** At most `height`; fewer only where all rows are shown. */
	readonly lines: readonly string[];
}

/** Keeps `start` as it was as long as the selected row is seen whole, or as much of it as fits. */
export function tallWindow(options: {
	readonly count: number;
	readonly height: number;
	readonly selected: number;
	readonly start: number;
	/** At least one line for each row. */
	readonly linesOf: (row: number) => readonly string[];
}): TallWindow {
	const {count, height, selected, linesOf} = options;
	if (count === 0) return {start: 0, lines: []};
	let start = Math.min(Math.max(0, options.start), selected);
	// From the selected row up, as far as it stays in sight.
	let first = selected;
	let used = linesOf(selected).length;
	while (first > start) {
		used += linesOf(first - 1).length;
		if (used > height) break;
		first--;
	}

	start = first;
	const lines: string[] = [];
	for (let row = start; row < count && lines.length < height; row++) {
		lines.push(...linesOf(row));
	}

	// The end of the list stands at the lower edge.
	while (start > 0 && lines.length < height) {
		const above = linesOf(start - 1);
		if (above.length + lines.length > height) break;
		lines.unshift(...above);
		start--;
	}

	return {start, lines: lines.slice(0, height)};
}
