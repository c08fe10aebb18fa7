import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createHandshakePlaces} from '../../source/transport/handshake-places.js';

/** Places by name, and who had to go. */
function places(total: number, perSource: number, youngMs = 1_000) {
	let now = 0;
	const evicted: string[] = [];
	const held = createHandshakePlaces({
		total,
		perSource,
		youngMs,
		now: () => now,
	});
	return {
		evicted,
		wait(ms: number) {
			now += ms;
		},
		enter: (source: string, name = source) =>
			held.enter(source, () => {
				evicted.push(name);
			}),
	};
}

describe('handshake places', () => {
	test('where there is room nobody gives way', () => {
		const {enter, evicted} = places(3, 2);
		expect(enter('a')).toBeDefined();
		expect(enter('a')).toBeDefined();
		expect(enter('b')).toBeDefined();
		expect(evicted).toEqual([]);
	});

	test('full in all, the oldest of the busiest source gives way, however young', () => {
		const {enter, evicted} = places(4, 3);
		enter('a');
		enter('b', 'b1');
		enter('b', 'b2');
		enter('c');
		expect(enter('d')).toBeDefined();
		expect(evicted).toEqual(['b1']);
	});

	test('where all sources have as many it is the oldest of all', () => {
		const {enter, evicted} = places(3, 3);
		for (const source of ['a', 'b', 'c', 'd', 'e']) enter(source);
		expect(evicted).toEqual(['a', 'b']);
	});

	test('a full source is refused while its own are young; later its oldest gives way', () => {
		const {enter, evicted, wait} = places(8, 2);
		enter('a', 'a1');
		wait(600);
		enter('a', 'a2');
		wait(399);
		expect(enter('a', 'a3')).toBeUndefined();
		expect(evicted).toEqual([]);
		wait(1);
		expect(enter('a', 'a4')).toBeDefined();
		expect(evicted).toEqual(['a1']);
		// a2 is young still.
		expect(enter('a', 'a5')).toBeUndefined();
		expect(enter('b')).toBeDefined();
	});

	test('a release counts once, and not after an eviction', () => {
		const {enter, evicted} = places(2, 2);
		const first = enter('a');
		enter('b');
		enter('c');
		expect(evicted).toEqual(['a']);
		first?.();
		const last = enter('d');
		expect(evicted).toEqual(['a', 'b']);
		last?.();
		last?.();
		enter('e');
		expect(evicted).toEqual(['a', 'b']);
		enter('f');
		expect(evicted).toEqual(['a', 'b', 'c']);
	});

	test('whatever comes and goes, the limits hold and nobody is counted twice', () => {
		const step = fc.record({
			source: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
			leaves: fc.option(fc.nat(50)),
			ms: fc.nat(800),
		});
		fc.assert(
			fc.property(fc.array(step, {maxLength: 80}), steps => {
				const {enter, evicted, wait} = places(4, 2);
				const open = new Map<string, {source: string; leave: () => void}>();
				for (const [index, {source, leaves, ms}] of steps.entries()) {
					wait(ms);
					const name = `${source}${index}`;
					const before = open.size;
					const evictedBefore = evicted.length;
					const leave = enter(source, name);
					const gone = evicted.slice(evictedBefore);
					for (const each of gone) expect(open.delete(each)).toBe(true);
					if (leave) open.set(name, {source, leave});
					else expect(gone).toEqual([]);
					// Nobody goes where there is room.
					if (before < 3 && gone.length > 0) {
						expect(gone).toHaveLength(1);
						expect(gone[0]?.[0]).toBe(source);
					}

					expect(open.size).toBeLessThanOrEqual(4);
					const ofSource = [...open.values()].filter(
						each => each.source === source,
					);
					expect(ofSource.length).toBeLessThanOrEqual(2);
					if (leaves === null) continue;
					const leaver = [...open.keys()][leaves];
					if (leaver === undefined) continue;
					open.get(leaver)?.leave();
					open.delete(leaver);
				}
			}),
		);
	});
});
