import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createLog} from '../../source/util/log.js';

describe('log', () => {
	it('holds the newest items and numbers them', () => {
		let log = createLog<string>({maxItems: 2});
		for (const item of ['a', 'b', 'c']) log = log.append(item);
		expect(log.slice(0)).toEqual(['b', 'c']);
		expect([log.firstId, log.nextId, log.length]).toEqual([1, 3, 2]);
		expect([log.at(0), log.at(1), log.at(2), log.at(-1)]).toEqual([
			'b',
			'c',
			undefined,
			undefined,
		]);
	});

	it('drops the oldest beyond its weight, but never the newest', () => {
		const weigh = (item: string) => item.length;
		let log = createLog<string>({maxItems: 9, maxWeight: 5, weigh});
		log = log.append('aaa').append('bbb');
		expect(log.slice(0)).toEqual(['bbb']);
		log = log.append('cccccccc');
		expect(log.slice(0)).toEqual(['cccccccc']);
		expect(log.weight).toBe(8);
	});

	it('leaves every earlier log as it was, also when two continue the same one', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(), fc.integer()), {maxLength: 200}),
				steps => {
					const logs = [createLog<number>({maxItems: 5})];
					const models: number[][] = [[]];
					for (const [seed, item] of steps) {
						const base = seed % logs.length;
						logs.push(logs[base]!.append(item));
						models.push([...models[base]!, item].slice(-5));
					}

					expect(logs.map(log => log.slice(0))).toEqual(models);
				},
			),
		);
	});
});
