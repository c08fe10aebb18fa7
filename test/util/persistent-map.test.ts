import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createPersistentMap} from '../../source/util/persistent-map.js';

const key = fc.constantFrom('a', 'b', 'c', 'peer:1', 'peer:2', '__proto__');
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
});
