import type {Transfer, TransferEntry} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {fitCells, wrapCells} from '../../util/cells.js';
import {composeLine, type Span} from '../format/lines.js';
import {formatSize} from '../../util/quantities.js';
import {trustStyle, type Theme} from '../theme.js';

const sizeColumn = 9;

/** Who asks: name, trust as glyph and word. */
export function offerHead(
	transfer: Transfer,
	theme: Theme,
	width: number,
): string[] {
	const words = strings.input.offerDialog;
	const {trust, peerName} = transfer;
	const trustText = `${theme.glyphs.trust[trust]} ${strings.trust[trust]}`;
	const lines = [
		composeLine(theme, width, [
			[peerName, 'strong'],
			[' '],
			[trustText, trustStyle(trust)],
		]),
	];
	const note = words.trust[trust];
	for (const part of note === '' ? [] : wrapCells(note, width)) {
		lines.push(composeLine(theme, width, [[part, 'dim']]));
	}

	return lines;
}

interface Drawn {
	readonly theme: Theme;
	readonly width: number;
	readonly lines: string[];
}

/** The lines of thousands of files are not made again for every key. */
const drawn = new WeakMap<readonly TransferEntry[], Drawn>();

/** Each file with its name as it will be written, its size, and what is the matter with it. */
export function offerEntries(
	entries: readonly TransferEntry[],
	theme: Theme,
	width: number,
): string[] {
	const before = drawn.get(entries);
	if (before?.theme === theme && before.width === width) return before.lines;
	const lines = drawEntries(entries, theme, width);
	drawn.set(entries, {theme, width, lines});
	return lines;
}

function drawEntries(
	entries: readonly TransferEntry[],
	theme: Theme,
	width: number,
): string[] {
	return entries.flatMap(entry => {
		const {kind, name, sizeBytes, flagged, refused} = entry;
		const nameWidth = Math.max(1, width - sizeColumn - 1);
		const mark: Span = refused
			? [`${theme.glyphs.failed} `, 'bad']
			: flagged
				? ['! ', 'warning']
				: ['  '];
		const lines = [
			composeLine(theme, width, [
				mark,
				[
					fitCells(kind ? `${name}/` : name, Math.max(1, nameWidth - 2), {
						ellipsis: theme.glyphs.ellipsis,
					}),
					refused ? 'dim' : 'plain',
				],
				[` ${fitCells(formatSize(sizeBytes), sizeColumn, {align: 'right'})}`],
			]),
		];
		const note = refused
			? describeError(refused)
			: flagged
				? strings.input.offerDialog.flagged
				: undefined;
		for (const part of note === undefined
			? []
			: wrapCells(note, Math.max(1, width - 4))) {
			lines.push(
				composeLine(theme, width, [
					[`    ${part}`, refused ? 'bad' : 'warning'],
				]),
			);
		}

		return lines;
	});
}

/** What it takes, and whether there is room. */
export function offerFoot(
	transfer: Transfer,
	theme: Theme,
	width: number,
): string[] {
	const words = strings.input.offerDialog;
	const {entries, freeBytes} = transfer;
	const wanted = entries.filter(({refused}) => !refused);
	const needed = wanted.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0);
	const isTooMuch = freeBytes !== undefined && needed > freeBytes;
	const total = words.total(
		wanted.length,
		formatSize(needed),
		freeBytes === undefined ? undefined : formatSize(freeBytes),
	);
	const lines = wrapCells(total, width).map(part =>
		composeLine(theme, width, [[part, isTooMuch ? 'bad' : 'plain']]),
	);
	const warning =
		wanted.length === 0
			? words.nothingToTake
			: isTooMuch
				? words.tooLittleSpace
				: undefined;
	for (const part of warning === undefined ? [] : wrapCells(warning, width)) {
		lines.push(composeLine(theme, width, [[part, 'bad']]));
	}

	return lines;
}
