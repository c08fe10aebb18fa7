/** How the numbers of a transfer fit one row of a terminal. */
import {strings} from '../strings/index.js';
import {cellWidth, cutCells, fitCells} from '../util/cells.js';
import {
	formatEta,
	formatPercent,
	formatRate,
	formatSize,
} from '../util/quantities.js';

export interface Progress {
	readonly name: string;
	readonly movedBytes: number;
	/** Undefined where nobody knows, as of a pipe. */
	readonly totalBytes: number | undefined;
	/** Bytes a second. */
	readonly rate: number;
	/** Why nothing moves; undefined while something does. */
	readonly heldUp: string | undefined;
}

const smallestBar = 10;
const largestBar = 40;
const smallestName = 12;
const smallestReason = 8;
const percentCells = 4;
const sizeCells = 7;
const rateCells = 8;
const timeCells = 11;
const gap = '  ';

/** What stands right of the bar: how much there is, and why nothing moves or how fast it does. */
function numbersOf(progress: Progress, columns: number): string {
	const {movedBytes, totalBytes, rate, heldUp} = progress;
	let numbers =
		totalBytes === undefined
			? formatSize(movedBytes).padStart(sizeCells)
			: formatPercent(movedBytes, totalBytes).padStart(percentCells);
	if (heldUp !== undefined) {
		const taken = cellWidth(numbers) + 2 * gap.length + smallestName;
		const room = columns - taken;
		return room < smallestReason
			? numbers
			: `${numbers}${gap}${cutCells(heldUp, room)}`;
	}

	const time =
		totalBytes === undefined
			? undefined
			: formatEta(totalBytes - movedBytes, rate);
	for (const [text, cells] of [
		[formatRate(rate), rateCells],
		[time === undefined ? '' : strings.cli.progress.eta(time), timeCells],
	] as const) {
		const longer = `${numbers}${gap}${fitCells(text, cells, {align: 'right'})}`;
		// The name is worth more than a number beside it.
		if (cellWidth(longer) * 2 <= columns) numbers = longer;
	}

	return numbers;
}

/**
 * One row of at most `columns` cells: name, bar, percent, rate and time left, or why
 * nothing moves. Where there is little room the bar goes first, then the time and the
 * rate; the percentage stays as long as it fits. Without a total there is no bar.
 */
export function progressLine(progress: Progress, columns: number): string {
	const {name, movedBytes, totalBytes} = progress;
	const numbers = numbersOf(progress, columns);
	if (columns < cellWidth(numbers)) {
		return cutCells(numbers.trimStart(), Math.max(0, columns));
	}

	const room = columns - cellWidth(numbers) - gap.length;
	if (room < gap.length) return numbers;
	// Brackets and the space before them.
	const barCells = Math.min(largestBar, Math.floor(room / 2) - 3);
	if (barCells < smallestBar || totalBytes === undefined) {
		return `${fitCells(name, room)}${gap}${numbers}`;
	}

	const share = totalBytes > 0 ? Math.min(1, movedBytes / totalBytes) : 1;
	const full = Math.floor(share * barCells);
	const bar = `[${'#'.repeat(full)}${'-'.repeat(barCells - full)}]`;
	return `${fitCells(name, room - barCells - 3)} ${bar}${gap}${numbers}`;
}
