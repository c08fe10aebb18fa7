/**
 * An append-only sequence that drops its oldest items beyond a limit, as an
 * immutable value: `append` gives a new log and leaves this one as it was.
 *
 * Appending is O(1) although nothing is copied: successive logs share one
 * backing array and differ in the window of it that they show. An append to a
 * log that is not the newest of its array copies first.
 */
export interface Log<Item> {
	/** The same object for logs that became of each other by appending: in those an id is the same item. */
	readonly lineage: object;
	/** How many items were ever appended: the id of the next one. */
	readonly nextId: number;
	/** Id of the oldest item held. */
	readonly firstId: number;
	readonly length: number;
	/** Sum of the items' weights, in bytes. */
	readonly weight: number;
	/** The item at a position, 0 the oldest held. */
	at(index: number): Item | undefined;
	slice(start: number, end?: number): Item[];
	append(item: Item): Log<Item>;
	/** Without the oldest items: what is left weighs no more. */
	trimmed(weight: number): Log<Item>;
}

export interface LogLimits<Item> {
	readonly maxItems: number;
	readonly maxWeight?: number;
	readonly weigh?: (item: Item) => number;
}

class WindowLog<Item> implements Log<Item> {
	readonly limits: LogLimits<Item>;
	readonly items: Item[];
	readonly start: number;
	readonly end: number;
	readonly firstId: number;
	readonly weight: number;
	readonly lineage: object;

	constructor(
		limits: LogLimits<Item>,
		items: Item[],
		window: {start: number; end: number; firstId: number; weight: number},
		lineage: object = {},
	) {
		this.lineage = lineage;
		this.limits = limits;
		this.items = items;
		this.start = window.start;
		this.end = window.end;
		this.firstId = window.firstId;
		this.weight = window.weight;
	}

	get length(): number {
		return this.end - this.start;
	}

	get nextId(): number {
		return this.firstId + this.length;
	}

	at(index: number): Item | undefined {
		return index < 0 || index >= this.length
			? undefined
			: this.items[this.start + index];
	}

	slice(start: number, end = this.length): Item[] {
		const clamp = (index: number) => Math.min(Math.max(index, 0), this.length);
		return this.items.slice(this.start + clamp(start), this.start + clamp(end));
	}

	append(item: Item): Log<Item> {
		const {maxItems, maxWeight = Infinity, weigh = () => 0} = this.limits;
		let {items, start, end, firstId, weight} = this;
		// Compacted when half of the array is behind the window, so that each item is moved once on average.
		if (items.length !== end || start > Math.max(64, end - start)) {
			items = items.slice(start, end);
			end -= start;
			start = 0;
		}

		items.push(item);
		end++;
		weight += weigh(item);
		while (end - start > 1 && (end - start > maxItems || weight > maxWeight)) {
			weight -= weigh(items[start]!);
			start++;
			firstId++;
		}

		return new WindowLog(
			this.limits,
			items,
			{start, end, firstId, weight},
			this.lineage,
		);
	}

	trimmed(most: number): Log<Item> {
		const {weigh = () => 0} = this.limits;
		let {start, end, firstId, weight} = this;
		for (; start < end && weight > most; start++, firstId++) {
			weight -= weigh(this.items[start]!);
		}

		// A copy: what goes must not be held by an array that others share.
		const items = this.items.slice(start, end);
		const window = {start: 0, end: items.length, firstId, weight};
		return new WindowLog(this.limits, items, window, this.lineage);
	}
}

export function createLog<Item>(limits: LogLimits<Item>): Log<Item> {
	return new WindowLog(limits, [], {start: 0, end: 0, firstId: 0, weight: 0});
}
