/** The bar of what is moving: which numbers it shows, and how they fit a row. */
import type {EngineEvent, EngineState, Transfer} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {echoCells} from './output.js';
import {cellWidth, cutCells, fitCells} from '../util/cells.js';
import {formatEta, formatPercent, formatRate} from '../util/quantities.js';
import type {VerbContext} from './verb.js';

export interface Progress {
	readonly name: string;
	readonly movedBytes: number;
	readonly totalBytes: number;
	/** Bytes a second. */
	readonly rate: number;
	readonly isStalled: boolean;
}

const redrawMs = 100;
const smallestBar = 10;
const largestBar = 40;
const percentCells = 4;
const rateCells = 8;
const timeCells = 11;

const bytesOf = ({entries}: Transfer): number =>
	entries.reduce(
		(sum, {sizeBytes, refused}) => sum + (refused ? 0 : sizeBytes),
		0,
	);

function titleOf({entries, phase}: Transfer): string {
	const index = phase.kind === 'active' ? phase.entry : 0;
	const name = entries[index]?.name ?? '';
	return entries.length === 1
		? name
		: strings.cli.progress.entryOf(index + 1, entries.length, name);
}

/** Everything that moves now, taken together; undefined where nothing does. */
export function progressOf(state: EngineState): Progress | undefined {
	const active = [...state.transfers.values()].filter(
		({phase}) => phase.kind === 'active',
	);
	const [first] = active;
	if (!first) return undefined;
	let movedBytes = 0;
	let totalBytes = 0;
	let rate = 0;
	let isStalled = true;
	for (const transfer of active) {
		totalBytes += bytesOf(transfer);
		if (transfer.phase.kind !== 'active') continue;
		movedBytes += transfer.phase.movedBytes;
		rate += transfer.phase.rate;
		isStalled &&= transfer.phase.stalled !== undefined;
	}

	return {
		name:
			active.length === 1
				? titleOf(first)
				: strings.cli.progress.several(active.length),
		movedBytes,
		totalBytes,
		rate,
		isStalled,
	};
}

/**
 * One row of at most `columns` cells: name, bar, percent, rate, time left. Where
 * there is little room the bar goes first, then the time and the rate; the
 * percentage stays as long as it fits.
 */
export function progressLine(progress: Progress, columns: number): string {
	const {name, movedBytes, totalBytes, rate, isStalled} = progress;
	const {eta, stalled} = strings.cli.progress;
	const percent = formatPercent(movedBytes, totalBytes);
	if (columns < percentCells) return cutCells(percent, Math.max(0, columns));
	const time = isStalled ? undefined : formatEta(totalBytes - movedBytes, rate);
	let numbers = percent.padStart(percentCells);
	for (const [text, cells] of [
		[isStalled ? stalled : formatRate(rate), rateCells],
		[time === undefined ? '' : eta(time), timeCells],
	] as const) {
		const longer = `${numbers}  ${fitCells(text, cells, {align: 'right'})}`;
		// The name is worth more than a number beside it.
		if (cellWidth(longer) * 2 <= columns) numbers = longer;
	}

	const room = columns - cellWidth(numbers) - 2;
	if (room < 2) return numbers;
	// Brackets and the space before them.
	const barCells = Math.min(largestBar, Math.floor(room / 2) - 3);
	if (barCells < smallestBar) return `${fitCells(name, room)}  ${numbers}`;
	const share = totalBytes > 0 ? Math.min(1, movedBytes / totalBytes) : 1;
	const full = Math.floor(share * barCells);
	const bar = `[${'#'.repeat(full)}${'-'.repeat(barCells - full)}]`;
	return `${fitCells(name, room - barCells - 3)} ${bar}  ${numbers}`;
}

/** Redraws the bar after an event, ten times a second at most; away when nothing moves any more. */
export function createProgressBar(): (
	context: VerbContext,
	event: EngineEvent,
) => void {
	let drawnAt = Number.NEGATIVE_INFINITY;
	return ({engine, output}, event) => {
		if (event.type === 'transfer/finished') {
			output.bar(undefined);
			return;
		}

		if (
			event.type !== 'transfer/accepted' &&
			event.type !== 'transfer/progressed'
		) {
			return;
		}

		const columns = output.columns();
		const sinceMs = event.at - drawnAt;
		if (columns === undefined || (sinceMs >= 0 && sinceMs < redrawMs)) return;
		const progress = progressOf(engine.getState());
		if (!progress) return;
		drawnAt = event.at;
		// A full row would begin the next one, and so would the ^C that a terminal shows after it.
		output.bar(progressLine(progress, columns - 1 - echoCells));
	};
}
