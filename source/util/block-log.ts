/**
 * A log whose items come in blocks, each of which makes its items only when
 * somebody looks at them: a thousand messages of one read cost no more than one
 * while nobody does. Immutable, and appending is O(1), as in `log.ts`; finding an
 * item is O(log blocks).
 */
import type {Log, LogLimits} from './log.js';

/** Items that come together. */
export interface Block<Item> {
	readonly length: number;
	/** Of all together. */
	readonly weight: number;
	/** The same item each time. */
	at(index: number): Item;
	weigh(index: number): number;
}

export interface BlockLog<Item> extends Log<Item> {
	append(item: Item): BlockLog<Item>;
	appendAll(items: readonly Item[]): BlockLog<Item>;
	appendBlock(block: Block<Item>): BlockLog<Item>;
	/** In place of the newest item, with its id; appended where there is none. */
	replaceLast(item: Item): BlockLog<Item>;
	/** These in place of all that it holds; numbered from the same id on. */
	replaceAll(items: readonly Item[]): BlockLog<Item>;
	trimmed(weight: number): BlockLog<Item>;
}

type BlockLimits<Item> = Required<LogLimits<Item>>;

interface Placed<Item> {
	readonly firstId: number;
	readonly block: Block<Item>;
}

/** Those from `start` to `end` are a log's, the first one from `firstId` on. */
interface Window {
	readonly start: number;
	readonly end: number;
	readonly firstId: number;
	readonly nextId: number;
	readonly weight: number;
}

/** As much of a window, its newest items, as limits allow; at least so many items. */
function withoutOldest<Item>(
	blocks: ReadonlyArray<Placed<Item>>,
	{end, nextId, ...from}: Window,
	{
		maxItems,
		maxWeight,
		least,
	}: {maxItems: number; maxWeight: number; least: number},
): Window {
	let {start, firstId, weight} = from;
	while (
		nextId - firstId > least &&
		(nextId - firstId > maxItems || weight > maxWeight)
	) {
		const oldest = blocks[start]!;
		const stop = oldest.firstId + oldest.block.length;
		const isWhole = firstId === oldest.firstId;
		if (isWhole && stop <= nextId - maxItems) {
			weight -= oldest.block.weight;
			firstId = stop;
		} else {
			weight -= oldest.block.weigh(firstId - oldest.firstId);
			firstId++;
		}

		if (firstId === stop) start++;
	}

	return {start, end, firstId, nextId, weight};
}

class WindowBlockLog<Item> implements BlockLog<Item> {
	readonly limits: BlockLimits<Item>;
	readonly blocks: Array<Placed<Item>>;
	/** Those from `start` to `end` are this log's, the first one from `firstId` on. */
	readonly start: number;
	readonly end: number;
	readonly firstId: number;
	readonly nextId: number;
	readonly weight: number;
	readonly lineage: object;

	constructor(
		limits: BlockLimits<Item>,
		blocks: Array<Placed<Item>>,
		window: Window,
		lineage: object = {},
	) {
		this.lineage = lineage;
		this.limits = limits;
		this.blocks = blocks;
		this.start = window.start;
		this.end = window.end;
		this.firstId = window.firstId;
		this.nextId = window.nextId;
		this.weight = window.weight;
	}

	get length(): number {
		return this.nextId - this.firstId;
	}

	at(index: number): Item | undefined {
		if (index < 0 || index >= this.length) return undefined;
		const id = this.firstId + index;
		const {firstId, block} = this.blocks[this.#place(id)]!;
		return block.at(id - firstId);
	}

	slice(start: number, end = this.length): Item[] {
		const clamp = (index: number) => Math.min(Math.max(index, 0), this.length);
		const items: Item[] = [];
		const last = this.firstId + clamp(end);
		let id = this.firstId + clamp(start);
		for (let place = this.#place(id); id < last; place++) {
			const {firstId, block} = this.blocks[place]!;
			const stop = Math.min(last, firstId + block.length);
			for (; id < stop; id++) items.push(block.at(id - firstId));
		}

		return items;
	}

	append(item: Item): BlockLog<Item> {
		return this.appendBlock(new OneItem(item, this.limits.weigh(item)));
	}

	appendAll(items: readonly Item[]): BlockLog<Item> {
		return this.appendBlock(new SeveralItems(items, this.limits.weigh));
	}

	appendBlock(block: Block<Item>): BlockLog<Item> {
		if (block.length === 0) return this;
		const {maxItems, maxWeight} = this.limits;
		let {blocks, start, end, firstId, nextId, weight} = this;
		if (blocks.length !== end || start > Math.max(64, end - start)) {
			blocks = blocks.slice(start, end);
			end -= start;
			start = 0;
		}

		blocks.push({firstId: nextId, block});
		end++;
		nextId += block.length;
		weight += block.weight;
		const window = {start, end, firstId, nextId, weight};
		const least = 1;
		const kept = withoutOldest(blocks, window, {maxItems, maxWeight, least});
		return new WindowBlockLog(this.limits, blocks, kept, this.lineage);
	}

	trimmed(maxWeight: number): BlockLog<Item> {
		const {start, end, firstId, nextId, weight} = this;
		// A copy: what goes must not be held by an array that others share.
		const blocks = this.blocks.slice(start, end);
		const kept = withoutOldest(
			blocks,
			{start: 0, end: blocks.length, firstId, nextId, weight},
			{maxItems: Infinity, maxWeight, least: 0},
		);
		const held = blocks.slice(kept.start);
		const window = {...kept, start: 0, end: held.length};
		return new WindowBlockLog(this.limits, held, window, this.lineage);
	}

	replaceLast(item: Item): BlockLog<Item> {
		const {limits, start, end, firstId, length} = this;
		const last = this.blocks[end - 1];
		if (last?.block.length !== 1 || length === 0) {
			return this.replaceAll([...this.slice(0, length - 1), item]);
		}

		const blocks = this.blocks.slice(start, end - 1);
		const weight = this.weight - last.block.weight;
		const nextId = last.firstId;
		const window = {start: 0, end: blocks.length, firstId, nextId, weight};
		return new WindowBlockLog(limits, blocks, window).append(item);
	}

	replaceAll(items: readonly Item[]): BlockLog<Item> {
		const {limits, firstId} = this;
		const window = {start: 0, end: 0, firstId, nextId: firstId, weight: 0};
		return new WindowBlockLog<Item>(limits, [], window).appendAll(items);
	}

	/** The block with an item. */
	#place(id: number): number {
		let low = this.start;
		let high = this.end - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (this.blocks[middle]!.firstId <= id) low = middle;
			else high = middle - 1;
		}

		return low;
	}
}

class OneItem<Item> implements Block<Item> {
	readonly length = 1;
	readonly item: Item;
	readonly weight: number;

	constructor(item: Item, weight: number) {
		this.item = item;
		this.weight = weight;
	}

	at(): Item {
		return this.item;
	}

	weigh(): number {
		return this.weight;
	}
}

class SeveralItems<Item> implements Block<Item> {
	readonly items: readonly Item[];
	readonly weight: number;
	readonly weighItem: (item: Item) => number;

	constructor(items: readonly Item[], weigh: (item: Item) => number) {
		this.items = items;
		this.weighItem = weigh;
		this.weight = items.reduce((sum, item) => sum + weigh(item), 0);
	}

	get length(): number {
		return this.items.length;
	}

	at(index: number): Item {
		return this.items[index]!;
	}

	weigh(index: number): number {
		return this.weighItem(this.items[index]!);
	}
}

export function createBlockLog<Item>(
	limits: BlockLimits<Item>,
): BlockLog<Item> {
	const window = {start: 0, end: 0, firstId: 0, nextId: 0, weight: 0};
	return new WindowBlockLog(limits, [], window);
}
