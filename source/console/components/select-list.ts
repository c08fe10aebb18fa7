/** The part of a list that fits, kept where it was while the selected row is in it. */
export function listStart(
	length: number,
	size: number,
	selected: number,
	previousStart: number,
): number {
	const last = Math.max(0, length - size);
	const lowest = Math.max(0, selected - size + 1);
	return Math.min(last, Math.max(lowest, Math.min(previousStart, selected)));
}

/** The row after a movement, within the list. */
export function moveSelection(
	length: number,
	selected: number,
	by: number,
): number {
	return Math.max(0, Math.min(length - 1, selected + by));
}
