/**
 * Five engines in a room, and whatever may happen to them: at the end all have the
 * same messages, each once, those of an author in the order in which he said them.
 */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	createMemoryRooms,
	dial,
	join,
	memberOf,
	say,
	textsOf,
	type MemoryRooms,
} from '../engine/rooms/room-helpers.js';
import {
	createWorld,
	type EngineUnderTest,
	type World,
} from '../helpers/engine-under-test.js';

const names = ['alice', 'bob', 'carol', 'dave', 'erin'];
const most = names.length;

type Step =
	| {readonly kind: 'say'; readonly who: number; readonly lines: number}
	| {readonly kind: 'join'; readonly who: number}
	| {readonly kind: 'connect'; readonly who: number; readonly to: number}
	| {readonly kind: 'cut'}
	/** Killed: what is on its disk is what is left of it. */
	| {readonly kind: 'kill'; readonly who: number}
	| {readonly kind: 'pass'; readonly ms: number};

const who = fc.nat({max: most - 1});
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('say' as const),
			who,
			lines: fc.integer({min: 1, max: 4}),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({kind: fc.constant('join' as const), who}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('connect' as const),
			who,
			to: who,
		}),
	},
	{weight: 1, arbitrary: fc.record({kind: fc.constant('cut' as const)})},
	{
		weight: 2,
		arbitrary: fc.record({kind: fc.constant('kill' as const), who}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('pass' as const),
			ms: fc.constantFrom(1, 20, 60, 400, 3_000),
		}),
	},
);

interface Side {
	engine: EngineUnderTest;
	rooms: MemoryRooms;
	said: number;
}

let hosts = 0;

async function start(
	world: World,
	name: string,
	rooms: MemoryRooms,
): Promise<EngineUnderTest> {
	const host = `10.9.${Math.floor(++hosts / 250)}.${hosts % 250}`;
	const engine = memberOf(world, name, {of: names, rooms, host});
	engine.engine.start();
	await engine.listen();
	return engine;
}

async function run(
	steps: readonly Step[],
	shape: 'mesh' | 'line' | 'star',
	isSettled: boolean,
) {
	const world = createWorld();
	const sides: Side[] = [];
	for (const name of names) {
		const rooms = createMemoryRooms();
		sides.push({engine: await start(world, name, rooms), rooms, said: 0});
	}

	const connect = (one: Side, other: Side) => {
		if (one !== other) dial(one.engine, other.engine);
	};

	// From the start in the room and connected: most of what follows matters then.
	if (isSettled) {
		for (const [index, side] of sides.entries()) {
			join(side.engine);
			for (const other of sides.slice(0, index)) connect(side, other);
		}

		await world.pass(100, 20);
	}

	for (const each of steps) {
		switch (each.kind) {
			case 'say': {
				const side = sides[each.who]!;
				if (!side.engine.engine.getState().rooms.has('#lab')) break;
				for (let line = 0; line < each.lines; line++) {
					say(side.engine, `${names[each.who]} ${++side.said}`);
				}

				break;
			}

			case 'join': {
				join(sides[each.who]!.engine);
				break;
			}

			case 'connect': {
				connect(sides[each.who]!, sides[each.to]!);
				break;
			}

			case 'cut': {
				world.hub.cut();
				break;
			}

			case 'kill': {
				const side = sides[each.who]!;
				await world.settle();
				const rooms = createMemoryRooms();
				for (const [name, kept] of side.rooms.kept) rooms.kept.set(name, kept);
				world.hub.silence(side.engine.host);
				await side.engine.engine.close();
				side.rooms = rooms;
				side.engine = await start(world, names[each.who]!, rooms);
				break;
			}

			case 'pass': {
				await world.pass(each.ms, 20);
				break;
			}
		}
	}

	for (const side of sides) join(side.engine);
	for (const [index, side] of sides.entries()) {
		for (const [at, other] of sides.entries()) {
			const isWanted = {
				mesh: index < at,
				line: at === index + 1,
				star: index === 0,
			}[shape];
			if (isWanted) connect(side, other);
		}
	}

	await world.pass(40_000, 250);
	return sides;
}

test('whatever happens, all end with the same, each once, in order', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(step, {maxLength: 40, size: 'max'}),
			fc.constantFrom('mesh' as const, 'line' as const, 'star' as const),
			fc.boolean(),
			async (steps, shape, isSettled) => {
				const sides = await run(steps, shape, isSettled);
				const all = sides.flatMap(({said}, index) =>
					Array.from({length: said}, (_, at) => `${names[index]} ${at + 1}`),
				);
				for (const {engine} of sides) {
					const texts = textsOf(engine);
					expect(texts.toSorted()).toEqual(all.toSorted());
					for (const name of names) {
						const own = texts.filter(text => text.startsWith(`${name} `));
						expect(own).toEqual(own.map((_, at) => `${name} ${at + 1}`));
					}

					expect(engine.of('room/missed')).toEqual([]);
				}
			},
		),
		{numRuns: 40},
	);
}, 120_000);
