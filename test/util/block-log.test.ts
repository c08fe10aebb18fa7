import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createBlockLog, type Block} from '../../source/util/block-log.js';
import {createLog} from '../../source/util/log.js';

const weigh = (item: number) => item % 7;

/** Counts how many of its items were made. */
class Counting implements Block<number> {
	readonly items: readonly number[];
	made = 0;

	constructor(items: readonly number[]) {
		this.items = items;
	}

	get length() {
		return this.items.length;
	}

	get weight() {
		return this.items.reduce((sum, item) => sum + weigh(item), 0);
	}

	at(index: number) {
		this.made++;
		return this.items[index]!;
	}

	weigh(index: number) {
		return weigh(this.items[index]!);
	}
}

describe('block log', () => {
	it('shows what a log of single items shows, also when two continue the same one', () => {
		const limits = {maxItems: 20, maxWeight: 60, weigh};
		fc.assert(
			fc.property(
				fc.array(
					fc.tuple(
						fc.nat(),
						fc.array(fc.nat(100), {maxLength: 30}),
						fc.boolean(),
					),
					{maxLength: 60},
				),
				steps => {
					const logs = [createBlockLog<number>(limits)];
					const models = [createLog<number>(limits)];
					for (const [seed, items, isSingle] of steps) {
						const base = seed % logs.length;
						let log = logs[base]!;
						if (isSingle) for (const item of items) log = log.append(item);
						else log = log.appendBlock(new Counting(items));
						logs.push(log);
						let model = models[base]!;
						for (const item of items) model = model.append(item);
						models.push(model);
					}

					for (const [index, log] of logs.entries()) {
						const model = models[index]!;
						expect(log.slice(0)).toEqual(model.slice(0));
						expect(log.slice(3, 9)).toEqual(model.slice(3, 9));
						expect(log.at(4)).toBe(model.at(4));
						expect(log.at(log.length)).toBeUndefined();
						expect([log.firstId, log.nextId, log.length, log.weight]).toEqual([
							model.firstId,
							model.nextId,
							model.length,
							model.weight,
						]);
					}
				},
			),
		);
	});

	it('makes only what is looked at', () => {
		const block = new Counting(Array.from({length: 50_000}, (_, at) => at));
		const log = createBlockLog({maxItems: 100, maxWeight: Infinity, weigh})
			.append(1)
			.appendBlock(block);
		expect(log.length).toBe(100);
		expect(block.made).toBe(0);
		expect(log.at(99)).toBe(49_999);
		expect(block.made).toBe(1);
	});

	it('replaces all, numbered from the same id on', () => {
		const log = createBlockLog<number>({maxItems: 3, maxWeight: 100, weigh})
			.append(1)
			.append(2)
			.append(3)
			.append(4);
		const replaced = log.replaceAll([7, 8]);
		expect(replaced.slice(0)).toEqual([7, 8]);
		expect([replaced.firstId, replaced.nextId]).toEqual([1, 3]);
		expect(replaced.lineage).not.toBe(log.lineage);
		expect(log.append(5).lineage).toBe(log.lineage);
		expect(log.slice(0)).toEqual([2, 3, 4]);
	});
});

it('puts an item in the place of the newest one, wherever that came from', () => {
	const limits = {maxItems: 20, maxWeight: 1_000, weigh};
	const empty = createBlockLog<number>(limits);
	const logs = [
		empty.appendAll([1, 2, 3]),
		empty.append(1).append(2).append(3),
		empty.replaceAll([1, 2]).append(3),
	];
	for (const log of logs) {
		const replaced = log.replaceLast(10);
		expect(replaced.slice(0)).toEqual([1, 2, 10]);
		expect(replaced.nextId).toBe(log.nextId);
		expect(replaced.weight).toBe(1 + 2 + weigh(10));
		expect(replaced.append(4).slice(0)).toEqual([1, 2, 10, 4]);
		expect(log.append(4).slice(0)).toEqual([1, 2, 3, 4]);
		expect(replaced.lineage).not.toBe(log.lineage);
	}

	expect(empty.replaceLast(7).slice(0)).toEqual([7]);
	const full = Array.from({length: 30}, (_, index) => index);
	const cut = full.reduce((log, item) => log.append(item), empty);
	expect(cut.replaceLast(99).slice(0)).toEqual([...full.slice(10, 29), 99]);
	expect(cut.replaceLast(99).firstId).toBe(10);
});
