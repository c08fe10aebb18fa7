/** Which rows the file picker has: what a folder holds, as far as it fits what was typed. */
import {dirname, join, resolve} from 'node:path';
import {expandHome, isRootedPath} from '../input/user-path.js';
import type {FolderEntry} from './folder-listing.js';
import type {PickerState} from './picker-model.js';

/** `..` is the folder above. */
export type PickerRow = FolderEntry;

/** The folder to look into and the part of a name to look for. A typed path leads elsewhere. */
export function lookup({
	opened,
	filter,
}: Pick<PickerState, 'opened' | 'filter'>): {
	readonly folder: string;
	readonly wanted: string;
} {
	if (!isRootedPath(filter)) return {folder: opened, wanted: filter};
	const path = filter === '~' ? '~/' : filter;
	const cut = path.lastIndexOf('/') + 1;
	return {
		folder: resolve(expandHome(path.slice(0, cut))),
		wanted: path.slice(cut),
	};
}

const fold = (text: string) => text.normalize('NFC').toLowerCase();

export function rowPath(
	{folder}: Pick<PickerState, 'folder'>,
	{name}: PickerRow,
): string {
	return join(folder, name);
}

type RowsInput = Pick<
	PickerState,
	'listing' | 'folder' | 'opened' | 'filter' | 'showsHidden'
>;

let last: (RowsInput & {readonly rows: readonly PickerRow[]}) | undefined;

/** Rows that fit the filter; the same array as long as nothing of it changes, so that moving costs nothing. */
export function pickerRows(state: PickerState): readonly PickerRow[] {
	const {listing, folder, opened, filter, showsHidden} = state;
	if (
		!last ||
		last.listing !== listing ||
		last.folder !== folder ||
		last.opened !== opened ||
		last.filter !== filter ||
		last.showsHidden !== showsHidden
	) {
		const input = {listing, folder, opened, filter, showsHidden};
		last = {...input, rows: findRows(input)};
	}

	return last.rows;
}

/** Those that begin with what was typed first. Blanks in names need not be typed. */
function findRows(input: RowsInput): readonly PickerRow[] {
	const {listing, folder, showsHidden} = input;
	const wanted = fold(lookup(input).wanted);
	const up: PickerRow[] =
		wanted === '' && dirname(folder) !== folder
			? [{name: '..', kind: 'folder'}]
			: [];
	if (!listing?.ok) return up;
	const shown = listing.entries.filter(
		({name}) => showsHidden || wanted.startsWith('.') || !name.startsWith('.'),
	);
	if (wanted === '') return [...up, ...shown];
	const beginning: PickerRow[] = [];
	const holding: PickerRow[] = [];
	for (const entry of shown) {
		const name = fold(entry.name);
		if (name.startsWith(wanted)) beginning.push(entry);
		else if (
			name.includes(wanted) ||
			name.replaceAll(' ', '').includes(wanted)
		) {
			holding.push(entry);
		}
	}

	return [...beginning, ...holding];
}
