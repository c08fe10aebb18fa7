import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createImmutableList} from '../../source/util/immutable-list.js';

// Around the places where chunks of 128 begin and end.
const length = fc.oneof(
	fc.constantFrom(0, 1, 127, 128, 129, 255, 256, 257),
	fc.nat(600),
);
const index = fc.oneof(
	fc.integer({min: -3, max: 700}),
	fc.constantFrom(-1, -128, 127, 128, 255, 256, 0.5, 128.5, NaN, Infinity),
);
const steps = fc.array(fc.tuple(index, fc.integer()), {maxLength: 30});
const isInside = (place: number, count: number) =>
	Number.isInteger(place) && place >= 0 && place < count;

describe('immutable list', () => {
	it('behaves as an array, and leaves earlier lists as they were', () => {
		fc.assert(
			fc.property(length, steps, (count, changes) => {
				const model = Array.from({length: count}, (_, place) => place);
				let list = createImmutableList(model);
				const history: Array<[typeof list, number[]]> = [[list, [...model]]];
				for (const [place, value] of changes) {
					const next = list.with(place, value);
					if (isInside(place, count)) {
						model[place] = value;
						expect(next).not.toBe(list);
					} else {
						expect(next).toBe(list);
					}

					list = next;
					expect(list.get(place)).toBe(model[place]);
					history.push([list, [...model]]);
				}

				for (const [past, values] of history) {
					expect(past.length).toBe(values.length);
					expect(past.toArray()).toEqual(values);
					expect([...past]).toEqual(values);
					for (const [place, value] of values.entries()) {
						expect(past.get(place)).toBe(value);
					}
				}
			}),
			{numRuns: 60},
		);
	});

	it('makes its array once', () => {
		const list = createImmutableList([1, 2, 3]);
		expect(list.toArray()).toBe(list.toArray());
		const changed = list.with(1, 7);
		expect(changed.toArray()).toBe(changed.toArray());
		expect(list.toArray()).toEqual([1, 2, 3]);
		expect(changed.toArray()).toEqual([1, 7, 3]);
	});

	it('does not change with the array that it was made of', () => {
		const values = [1, 2, 3];
		const list = createImmutableList(values);
		values[0] = 9;
		expect(list.get(0)).toBe(1);
		expect(list.toArray()).toEqual([1, 2, 3]);
	});

	it('holds undefined like any other value', () => {
		const list = createImmutableList<number | undefined>([1, undefined]);
		expect(list.length).toBe(2);
		expect(list.with(1, 5).toArray()).toEqual([1, 5]);
		expect(list.with(0, undefined).toArray()).toEqual([undefined, undefined]);
	});

	it('keeps what it holds as it is', () => {
		const item = {name: 'a'};
		const list = createImmutableList([item, {name: 'b'}]).with(1, {name: 'c'});
		expect(list.get(0)).toBe(item);
	});
});
