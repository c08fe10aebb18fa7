import {strings} from '../../strings/index.js';
import {cellWidth, fitCells, takeCells} from '../../util/cells.js';
import {composeLine, type Span} from '../format/lines.js';
import {formatSize} from '../../util/quantities.js';
import {graphemesOf} from '../input/graphemes.js';
import type {Theme} from '../theme.js';
import type {EntryDetails} from './folder-listing.js';
import type {PickerState} from './picker-model.js';
import {lookup, type PickerRow} from './picker-rows.js';
import {visibleName} from './visible-name.js';

const sizeCells = 9;
const dateCells = 18;
const widthForDates = 56;
const widthForSizes = 30;

const two = (value: number) => String(value).padStart(2, '0');

function formatDate(at: number): string {
	const date = new Date(at);
	const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
	return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The end of a path, where the beginning does not fit. */
function cutPath(path: string, width: number, ellipsis: string): string {
	if (cellWidth(path) <= width) return path;
	let kept = '';
	for (const character of graphemesOf(path).toReversed()) {
		const longer = character + kept;
		if (cellWidth(longer) + cellWidth(ellipsis) > width) break;
		kept = longer;
	}

	return takeCells(ellipsis + kept, width);
}

export function pathLine(
	state: PickerState,
	theme: Theme,
	width: number,
): string {
	const path = cutPath(visibleName(state.folder), width, theme.glyphs.ellipsis);
	return composeLine(theme, width, [[path, 'dim']]);
}

export function rowLine(
	row: PickerRow,
	details: EntryDetails | undefined,
	options: {
		readonly theme: Theme;
		readonly width: number;
		readonly isSelected: boolean;
		readonly isMarked: boolean;
	},
): string {
	const {theme, width, isSelected, isMarked} = options;
	const {glyphs} = theme;
	const hasSizes = width >= widthForSizes;
	const hasDates = width >= widthForDates;
	const columns = (hasSizes ? sizeCells : 0) + (hasDates ? dateCells : 0);
	const name = visibleName(row.name) + (row.kind === 'folder' ? '/' : '');
	const size =
		row.kind === 'file' && details ? formatSize(details.sizeBytes) : '';
	const date = details && row.name !== '..' ? formatDate(details.mtimeMs) : '';
	const style = isSelected
		? 'selected'
		: row.kind === 'folder'
			? 'accent'
			: row.kind === 'other'
				? 'dim'
				: 'plain';
	const spans: Span[] = [
		[isSelected ? `${glyphs.cursor} ` : '  ', 'selected'],
		[isMarked ? `${glyphs.delivered} ` : '  ', 'good'],
		[
			fitCells(name, Math.max(1, width - 4 - columns), {
				ellipsis: glyphs.ellipsis,
			}),
			style,
		],
	];
	if (hasSizes) spans.push([fitCells(size, sizeCells, {align: 'right'})]);
	if (hasDates)
		spans.push([fitCells(date, dateCells, {align: 'right'}), 'dim']);
	return composeLine(theme, width, spans);
}

/** The sentence below the rows: what went wrong, why nothing is there, or how much there is. */
export function statusLine(
	state: PickerState,
	rows: readonly PickerRow[],
	theme: Theme,
	width: number,
): string {
	const {picker} = strings.input;
	const {listing, marked, notice} = state;
	const line = (text: string, style: 'dim' | 'bad' | 'good' | 'plain') =>
		composeLine(theme, width, [[text, style]]);
	if (notice !== undefined) return line(notice, 'bad');
	if (!listing) return line(picker.reading, 'dim');
	if (!listing.ok) return line(visibleName(listing.message), 'bad');
	const found = rows.filter(({name}) => name !== '..').length;
	const {wanted} = lookup(state);
	if (found === 0 && wanted !== '')
		return line(picker.noMatch(wanted), 'plain');
	if (found === 0) {
		const isEmpty = listing.entries.length === 0;
		return line(isEmpty ? picker.empty : picker.onlyHidden, 'dim');
	}

	return marked.size > 0
		? line(picker.marked(marked.size), 'good')
		: line(picker.entries(found), 'dim');
}
