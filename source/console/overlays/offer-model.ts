/** What is marked in the offer dialog, as values. An offer may have twenty thousand entries: nothing here is done for each of them more than once a key. */
import type {Transfer} from '../../engine/index.js';
import {moveSelection} from '../components/select-list.js';
import type {Action} from '../input/keymap.js';

type Entries = Transfer['entries'];

export interface OfferOrder {
	/** Indexes of entries, those that need a look first. */
	readonly rows: readonly number[];
	readonly risky: number;
	readonly refused: number;
	/** How many can be taken. */
	readonly takable: number;
}

export interface OfferState {
	/** Index into `OfferOrder.rows`. */
	readonly selected: number;
	/** Entries that were taken out. */
	readonly skip: ReadonlySet<number>;
	/** Absolute; undefined: the receive folder. */
	readonly folder: string | undefined;
	/** What is typed while another folder is chosen. */
	readonly typing: string | undefined;
	/** A key did something here: this dialog is what its person looks at. */
	readonly isTouched: boolean;
}

export const openedOffer: OfferState = {
	selected: 0,
	skip: new Set(),
	folder: undefined,
	typing: undefined,
	isTouched: false,
};

const orders = new WeakMap<Entries, OfferOrder>();

function order(entries: Entries): OfferOrder {
	const risky: number[] = [];
	const refused: number[] = [];
	const others: number[] = [];
	for (const [index, entry] of entries.toArray().entries()) {
		(entry.refused ? refused : entry.flagged ? risky : others).push(index);
	}

	return {
		rows: [...risky, ...refused, ...others],
		risky: risky.length,
		refused: refused.length,
		takable: risky.length + others.length,
	};
}

export function offerOrder(entries: Entries): OfferOrder {
	const known = orders.get(entries);
	if (known) return known;
	const made = order(entries);
	orders.set(entries, made);
	return made;
}

export interface MarkedCounts {
	/** Files, of those that can be taken; of an offer of empty folders alone these. */
	readonly marked: number;
	readonly all: number;
	readonly sizeBytes: number;
	/** What is still to be written: less than the size where a part is here. */
	readonly neededBytes: number;
	/** Of unknown size. */
	readonly hasStream: boolean;
	readonly isEmpty: boolean;
}

export function countMarked(
	entries: Entries,
	skip: ReadonlySet<number>,
	withPresence: boolean,
): MarkedCounts {
	const files = {marked: 0, all: 0};
	const folders = {marked: 0, all: 0};
	let sizeBytes = 0;
	let heldBytes = 0;
	let hasStream = false;
	for (const [index, entry] of entries.toArray().entries()) {
		if (entry.refused) continue;
		const counts = entry.kind === 'folder' ? folders : files;
		counts.all++;
		if (skip.has(index)) continue;
		counts.marked++;
		sizeBytes += entry.sizeBytes;
		hasStream ||= entry.kind === 'stream';
		const {presence} = entry;
		if (presence?.kind === 'partial') heldBytes += presence.heldBytes;
	}

	return {
		...(files.all > 0 ? files : folders),
		sizeBytes,
		neededBytes: withPresence ? Math.max(0, sizeBytes - heldBytes) : sizeBytes,
		hasStream,
		isEmpty: files.marked + folders.marked === 0,
	};
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

function toggled(state: OfferState, entries: Entries): OfferState {
	const {rows} = offerOrder(entries);
	const index = rows[state.selected];
	if (index === undefined) return state;
	const selected = moveSelection(rows.length, state.selected, 1);
	// What cannot be written is left out already.
	if (entries.get(index)?.refused) return {...state, selected};
	const skip = new Set(state.skip);
	if (!skip.delete(index)) skip.add(index);
	return {...state, skip, selected};
}

function toggledAll(state: OfferState, entries: Entries): OfferState {
	if (state.skip.size > 0) return {...state, skip: new Set()};
	const all = entries
		.toArray()
		.flatMap((entry, index) => (entry.refused ? [] : [index]));
	return {...state, skip: new Set(all)};
}

/** A key that moves or marks; undefined where it does something else. */
export function actOnOffer(
	state: OfferState,
	action: Action,
	entries: Entries,
	page: number,
): OfferState | undefined {
	const {rows} = offerOrder(entries);
	const step = steps[action]?.(page, rows.length);
	const touched = {...state, isTouched: true};
	if (step !== undefined) {
		const selected = moveSelection(rows.length, state.selected, step);
		return {...touched, selected: Math.max(0, selected)};
	}

	switch (action) {
		case 'mark': {
			return toggled(touched, entries);
		}

		case 'markAll': {
			return toggledAll(touched, entries);
		}

		case 'chooseFolder': {
			return {...touched, typing: state.folder ?? ''};
		}

		default: {
			return undefined;
		}
	}
}
