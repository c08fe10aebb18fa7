/** The offer dialog's lines: who asks, each name as it will be written, what is marked. */
import type {Transfer, TransferEntry} from '../../engine/index.js';
import {describeError, presenceText, strings} from '../../strings/index.js';
import {
	cellWidth,
	cutCellsAtStart,
	fitCells,
	steadyText,
	takeCells,
	wrapCells,
} from '../../util/cells.js';
import {formatSize} from '../../util/quantities.js';
import {composeLine, type Span} from '../format/lines.js';
import {trustStyle, type StyleName, type Theme} from '../theme.js';
import type {MarkedCounts, OfferOrder} from './offer-model.js';

const sizeColumn = 9;
/** Cursor and mark. */
const markColumn = 4;
/** Lines that the whole name of the selected entry may take. */
const nameLines = 6;

/** Who asks: name, trust as glyph and word; then what that means. */
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

/** Beginning and end of a name: the one says which, the other what kind of file it is. */
function cutInside(name: string, width: number, ellipsis: string): string {
	const text = steadyText(name);
	if (cellWidth(text) <= width) return text;
	const head = takeCells(text, Math.floor(width / 3));
	return head + cutCellsAtStart(text, width - cellWidth(head), ellipsis);
}

/** What is the matter with an entry, in a few words. */
function tagsOf(
	entry: TransferEntry,
	withPresence: boolean,
): Array<readonly [text: string, style: StyleName]> {
	const words = strings.input.offerDialog;
	if (entry.refused?.code === 'arrivedBefore') return [[words.arrived, 'dim']];
	if (entry.refused) return [[words.refused, 'bad']];
	const presence = withPresence
		? presenceText(entry, words.presence)
		: undefined;
	return [
		...(entry.flagged ? [[words.risky, 'warning'] as const] : []),
		...(presence === undefined ? [] : [[presence, 'accent'] as const]),
	];
}

function sizeText({kind, sizeBytes}: TransferEntry): string {
	if (kind === 'folder') return '';
	return kind === 'stream'
		? strings.input.offerDialog.unknownSize
		: formatSize(sizeBytes);
}

export interface EntryLook {
	readonly theme: Theme;
	readonly width: number;
	readonly isSelected: boolean;
	readonly isMarked: boolean;
	/** What is said to be there is so in the folder that it goes to. */
	readonly withPresence: boolean;
}

/** One entry: the selected one with its whole name, and with all that there is to say about it. */
export function entryLines(entry: TransferEntry, look: EntryLook): string[] {
	const {theme, width, isSelected, isMarked} = look;
	const {glyphs} = theme;
	const {refused, flagged, kind} = entry;
	const room = Math.max(1, width - markColumn - sizeColumn - 1);
	const name = kind === 'folder' ? `${entry.name}/` : entry.name;
	const most = isSelected ? room * nameLines - nameLines : room;
	const cut = cutInside(name, most, glyphs.ellipsis);
	const [first = '', ...rest] = wrapCells(cut, room);
	const tags = tagsOf(entry, look.withPresence);
	const tagCells = tags.reduce((sum, [text]) => sum + cellWidth(text) + 2, 0);
	const isInline = rest.length === 0 && cellWidth(first) + tagCells <= room;
	const mark: Span = refused
		? [`${glyphs.failed} `, 'bad']
		: isMarked
			? [`${glyphs.delivered} `, 'good']
			: ['  '];
	const style: StyleName = isSelected
		? 'selected'
		: isMarked && !refused
			? 'plain'
			: 'dim';
	const size = fitCells(sizeText(entry), sizeColumn, {align: 'right'});
	const below = (text: string, its: StyleName) =>
		wrapCells(text, Math.max(1, width - markColumn - 2)).map(part =>
			composeLine(theme, width, [[' '.repeat(markColumn + 2)], [part, its]]),
		);
	return [
		composeLine(
			theme,
			width,
			[
				[isSelected ? `${glyphs.cursor} ` : '  ', 'selected'],
				mark,
				[first, style],
				...(isInline
					? tags.flatMap(([text, its]): Span[] => [['  '], [text, its]])
					: []),
			],
			[[size]],
		),
		...rest.map(part =>
			composeLine(theme, width, [[' '.repeat(markColumn)], [part, style]]),
		),
		...(isInline ? [] : tags.flatMap(([text, its]) => below(text, its))),
		...(isSelected && refused ? below(describeError(refused), 'bad') : []),
		...(isSelected && flagged && !refused
			? below(strings.input.offerDialog.flagged, 'warning')
			: []),
	];
}

export interface OfferFoot {
	/** What is marked; the first line must be seen. */
	readonly total: readonly string[];
	/** What to mind. */
	readonly warnings: readonly string[];
}

/** What would be taken, whether there is room, and what to mind. */
export function offerFoot(options: {
	readonly counts: MarkedCounts;
	readonly order: OfferOrder;
	/** Undefined where it goes to another folder. */
	readonly freeBytes: number | undefined;
	readonly position: string;
	readonly theme: Theme;
	readonly width: number;
}): OfferFoot {
	const {counts, order, freeBytes, position, theme, width} = options;
	const words = strings.input.offerDialog;
	const isTooMuch = freeBytes !== undefined && counts.neededBytes > freeBytes;
	const text = words.marked({
		marked: counts.marked,
		all: counts.all,
		size: formatSize(counts.sizeBytes),
		hasStream: counts.hasStream,
		free: freeBytes === undefined ? undefined : formatSize(freeBytes),
	});
	const room = width - cellWidth(position) - 2;
	const total = wrapCells(text, Math.max(1, room)).map((part, index) =>
		composeLine(
			theme,
			width,
			[[part, isTooMuch ? 'bad' : 'plain']],
			index === 0 && position !== '' ? [[position, 'dim']] : [],
		),
	);
	const said = (sentence: string, style: StyleName) =>
		wrapCells(sentence, width).map(part =>
			composeLine(theme, width, [[part, style]]),
		);
	const warnings = [
		...(isTooMuch ? said(words.tooLittleSpace, 'bad') : []),
		...(order.takable === 0
			? said(words.nothingToTake, 'bad')
			: counts.isEmpty
				? said(words.nothingMarked, 'bad')
				: []),
		...(order.risky > 0 ? said(words.riskyCount(order.risky), 'warning') : []),
		...(order.refused > 0 && order.takable > 0
			? said(words.refusedCount(order.refused), 'warning')
			: []),
	];
	return {total, warnings};
}
