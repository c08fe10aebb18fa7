/** What a graph is drawn with; `theme.ts` has a Unicode and an ASCII set. */
export interface GraphGlyphs {
	/** Full and empty cells of a bar. */
	readonly barFull: string;
	readonly barEmpty: string;
	/** From the lowest to the highest; the first stands for zero. */
	readonly spark: readonly string[];
}

/** `share` (0 to 1) of `width` cells filled. Full only when all is there. */
export function drawBar(
	share: number,
	width: number,
	glyphs: GraphGlyphs,
): {readonly full: string; readonly empty: string} {
	const clamped = Math.min(1, Math.max(0, share));
	const full = clamped === 1 ? width : Math.floor(clamped * width);
	return {
		full: glyphs.barFull.repeat(full),
		empty: glyphs.barEmpty.repeat(width - full),
	};
}

/** The last `width` values as a graph scaled to their highest; shorter input is filled with zeros on the left. */
export function drawSparkline(
	values: readonly number[],
	width: number,
	glyphs: GraphGlyphs,
): string {
	if (width <= 0) return '';
	const {spark} = glyphs;
	const shown = values.slice(-width);
	const highest = Math.max(0, ...shown);
	const cells = shown.map(value => {
		if (value <= 0) return spark[0]!;
		const level = Math.ceil((value / highest) * (spark.length - 1));
		return spark[Math.max(1, level)]!;
	});
	return spark[0]!.repeat(width - cells.length) + cells.join('');
}
