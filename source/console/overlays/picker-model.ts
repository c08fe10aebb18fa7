/** What the file picker shows and what its keys do, as values. Reading folders is left to the component. */
import {dirname, resolve} from 'node:path';
import {strings} from '../../strings/index.js';
import {moveSelection} from '../components/select-list.js';
import type {Action} from '../input/keymap.js';
import {expandHome, isRootedPath} from '../input/user-path.js';
import type {FolderListing} from './folder-listing.js';
import {lookup, pickerRows, rowPath, type PickerRow} from './picker-rows.js';

export interface PickerState {
	/** The folder that was opened last. */
	readonly opened: string;
	/** What was typed: a part of a name, or a path from the root or home. */
	readonly filter: string;
	/** What `folder` holds; undefined while it is read. */
	readonly listing: FolderListing | undefined;
	/** The folder that the listing is of. */
	readonly folder: string;
	readonly selected: number;
	/** Absolute paths, in the order in which they were marked. */
	readonly marked: ReadonlySet<string>;
	readonly showsHidden: boolean;
	/** A sentence until the next key. */
	readonly notice: string | undefined;
	/** The folder that was just left: it is selected in the one above. */
	readonly cameFrom: string | undefined;
}

/** What a key led to, besides a new state. */
export type PickerOutcome =
	| {readonly kind: 'stay'; readonly state: PickerState}
	| {readonly kind: 'chosen'; readonly paths: readonly string[]};

export function openPicker(startPath: string): PickerState {
	const folder = resolve(expandHome(startPath));
	return {
		opened: folder,
		filter: '',
		listing: undefined,
		folder,
		selected: 0,
		marked: new Set(),
		showsHidden: false,
		notice: undefined,
		cameFrom: undefined,
	};
}

/** Another text in the field. */
export function withFilter(state: PickerState, filter: string): PickerState {
	return at({...state, filter, selected: 0, cameFrom: undefined});
}

export function withListing(
	state: PickerState,
	listing: FolderListing,
): PickerState {
	const next = {...state, listing};
	const index = pickerRows(next).findIndex(
		row => rowPath(next, row) === state.cameFrom,
	);
	return {...next, selected: Math.max(0, index)};
}

/** Follows what was typed or opened: another folder's listing is not this one's. */
function at(state: PickerState): PickerState {
	const {folder} = lookup(state);
	return folder === state.folder
		? state
		: {...state, folder, listing: undefined, selected: 0};
}

function open(
	state: PickerState,
	folder: string,
	cameFrom?: string,
): PickerState {
	return at({...state, opened: folder, filter: '', selected: 0, cameFrom});
}

const stay = (state: PickerState): PickerOutcome => ({kind: 'stay', state});

function mark(state: PickerState, row: PickerRow, count: number): PickerState {
	const {picker} = strings.input;
	if (row.kind === 'other')
		return {...state, notice: picker.notAFile(row.name)};
	// The folder above holds the one that is on the screen: nobody means that.
	if (row.name === '..') return {...state, notice: picker.notAbove};

	const path = rowPath(state, row);
	const marked = new Set(state.marked);
	if (!marked.delete(path)) marked.add(path);
	return {...state, marked, selected: moveSelection(count, state.selected, 1)};
}

function choose(state: PickerState, row: PickerRow): PickerOutcome {
	if (row.kind === 'folder') {
		const isUp = row.name === '..';
		return stay(
			open(state, rowPath(state, row), isUp ? state.folder : undefined),
		);
	}

	if (state.marked.size > 0) return {kind: 'chosen', paths: [...state.marked]};
	return row.kind === 'file'
		? {kind: 'chosen', paths: [rowPath(state, row)]}
		: stay({...state, notice: strings.input.picker.notAFile(row.name)});
}

const steps: Partial<Record<Action, (page: number, count: number) => number>> =
	{
		moveUp: () => -1,
		moveDown: () => 1,
		pageUp: page => -page,
		pageDown: page => page,
		moveTop: (_page, count) => -count,
		moveBottom: (_page, count) => count,
	};

/** After a path that ends with its folder, nobody begins a name with a blank. */
const isMidPath = (filter: string) =>
	isRootedPath(filter) && lookup({opened: '/', filter}).wanted !== '';

/**
 * A key of the picker; undefined where it is not taken and edits the filter. A dot
 * and Backspace act only while nothing is typed, Space is text within a typed name.
 */
export function actOnPicker(
	before: PickerState,
	action: Action | undefined,
	page: number,
): PickerOutcome | undefined {
	const state = {...before, notice: undefined};
	const rows = pickerRows(state);
	const row = rows[state.selected];
	const step = action && steps[action]?.(page, rows.length);
	if (step !== undefined) {
		const selected = moveSelection(rows.length, state.selected, step);
		return stay({...state, selected: Math.max(0, selected)});
	}

	switch (action) {
		case 'mark': {
			if (isMidPath(state.filter)) return undefined;
			return stay(row ? mark(state, row, rows.length) : state);
		}

		case 'select': {
			return row ? choose(state, row) : stay(state);
		}

		case 'submit': {
			if (state.marked.size > 0) {
				return {kind: 'chosen', paths: [...state.marked]};
			}

			// Tab completes a typed path.
			return isRootedPath(state.filter) ? undefined : stay(state);
		}

		case 'toggleHidden': {
			if (state.filter !== '') return undefined;
			return stay({...state, showsHidden: !state.showsHidden, selected: 0});
		}

		case 'parentFolder': {
			if (state.filter !== '') return undefined;
			return stay(open(state, dirname(state.folder), state.folder));
		}

		default: {
			return undefined;
		}
	}
}
