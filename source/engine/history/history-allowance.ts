/**
 * Rows as far as the budget allows them. Invariants: what is left out is counted
 * in the conversation that it belongs to, and the number stands where it was left
 * out: before the next row that is kept there.
 */
import {createHistoryBudget} from './history-budget.js';
import type {HistoryEntry, HistoryKey, Kept} from './history-port.js';

export type Keys = readonly [HistoryKey, ...HistoryKey[]];

export interface Place {
	readonly order: number;
	readonly part: number;
}

export interface NewKept {
	readonly keys: Keys;
	readonly at: number;
	/** When it was said, where that is not when it came: no clock but ours fills a bucket. */
	readonly saidAt?: number;
	readonly once?: string;
	readonly place: Place;
	readonly sizeBytes: number;
	/** What pays for it; missing: its conversation. */
	readonly bucket?: HistoryKey;
	/** Called only where it is kept. */
	make(): {readonly kept: Kept; readonly text: string};
}

export interface Allowance {
	/** One row, with the number of those before it; nothing where there is too much. */
	row(asked: NewKept): HistoryEntry[];
	/** Counts what nobody even looks at. */
	leave(keys: Keys, messages: number, sizeBytes: number): void;
	isOpen(key: HistoryKey, at: number): boolean;
	/** Numbers of floods that are over; with `all` of every one. */
	leftOut(at: number, place: Place, all: boolean): HistoryEntry[];
	hasLeftOut(): boolean;
	/** Nothing that was left out there is told any more; missing: anywhere. */
	forget(key: HistoryKey | undefined): void;
}

export function createAllowance(): Allowance {
	const budget = createHistoryBudget();
	const unkept = new Map<
		HistoryKey,
		{readonly keys: Keys; messages: number; sizeBytes: number}
	>();

	const summary = (
		key: HistoryKey,
		at: number,
		place: Place,
	): HistoryEntry[] => {
		const count = unkept.get(key);
		if (!count) return [];
		unkept.delete(key);
		const {keys, messages, sizeBytes} = count;
		const kept: Kept = {kind: 'unkept', messages, sizeBytes};
		return [{what: 'row', keys, at, ...place, kept, text: ''}];
	};

	const leave = (keys: Keys, messages: number, sizeBytes: number) => {
		const count = unkept.get(keys[0]) ?? {keys, messages: 0, sizeBytes: 0};
		count.messages += messages;
		count.sizeBytes += sizeBytes;
		unkept.set(keys[0], count);
	};

	return {
		row({keys, at, saidAt = at, once, place, sizeBytes, bucket, make}) {
			const payer = bucket ?? keys[0];
			if (!budget.take(payer, sizeBytes, at)) {
				leave(payer === keys[0] ? keys : ['all'], 1, sizeBytes);
				return [];
			}

			return [
				...summary(keys[0], at, place),
				{
					what: 'row',
					keys,
					at: saidAt,
					...place,
					...make(),
					...(once === undefined ? {} : {once}),
				},
			];
		},
		leave,
		isOpen: budget.isOpen,
		leftOut: (at, place, all) =>
			[...unkept.keys()].flatMap(key =>
				all || budget.isOpen(key, at) ? summary(key, at, place) : [],
			),
		hasLeftOut: () => unkept.size > 0,
		forget(key) {
			if (key === undefined) unkept.clear();
			else unkept.delete(key);
		},
	};
}
