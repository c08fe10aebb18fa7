/** Lines that may be computed only when they are asked for; an array of strings is one. */
export interface LineList {
	readonly length: number;
	slice(start?: number, end?: number): readonly string[];
}

/** `head`, then `length` lines of which each is drawn when it is shown. */
export function lazyLines(
	head: readonly string[],
	length: number,
	draw: (index: number) => string,
): LineList {
	const total = head.length + length;
	return {
		length: total,
		slice(start = 0, end = total) {
			const lines: string[] = [];
			for (let at = Math.max(0, start); at < Math.min(end, total); at++) {
				lines.push(head[at] ?? draw(at - head.length));
			}

			return lines;
		},
	};
}
