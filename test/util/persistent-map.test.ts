import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createPersistentMap} from '../../source/util/persistent-map.js';

const keys = ['a', 'b', 'c', 'peer:1', 'peer:2', '__proto__'] as const;
/** They share their whole hash. */
const alike = ['AaAa', 'BBBB', 'AaBB', 'BBAa'] as const;
const key = fc.oneof(fc.constantFrom(...keys), fc.constantFrom(...alike));
const step = fc.oneof(
	fc.record({kind: fc.constant('set'), key, value: fc.integer()}),
	fc.record({kind: fc.constant('delete'), key, value: fc.constant(0)}),
);

describe('persistent map', () => {
	it('behaves as a Map, keeps insertion order and leaves earlier maps as they were', () => {
		fc.assert(
			fc.property(fc.array(step), steps => {
				const model = new Map<string, number>();
				let map = createPersistentMap<string, number>();
				const history: Array<[typeof map, number[]]> = [];
				for (const {kind, key, value} of steps) {
					if (kind === 'set') {
						model.set(key, value);
						map = map.set(key, value);
					} else {
						model.delete(key);
						map = map.delete(key);
					}

					expect(map.get(key)).toBe(model.get(key));
					expect(map.has(key)).toBe(model.has(key));
					expect(map.size).toBe(model.size);
					history.push([map, [...model.values()]]);
				}

				for (const [past, values] of history) {
					expect(past.values()).toEqual(values);
				}
			}),
		);
	});

	it('holds thousands, and nothing of those that went', () => {
		const keys = Array.from({length: 5_000}, (_, index) => `raw:${index}`);
		let map = createPersistentMap<string, number>(value => value);
		for (const [index, key] of keys.entries()) map = map.set(key, index);
		const full = map;
		for (const key of keys) {
			if (!key.endsWith('7')) map = map.delete(key);
		}

		expect(map.values()).toEqual(full.values().filter(each => each % 10 === 7));
		const sum = map.values().reduce((total, each) => total + each, 0);
		expect(map.weight).toBe(sum);
		expect(map.set('raw:7', 1_000).weight).toBe(sum - 7 + 1_000);
		for (const key of keys) map = map.delete(key);
		expect(map).toMatchObject({root: undefined, size: 0, weight: 0});
		expect(full.values()).toEqual(keys.map((_, index) => index));
		expect(keys.every((key, index) => full.get(key) === index)).toBe(true);
	});
});
