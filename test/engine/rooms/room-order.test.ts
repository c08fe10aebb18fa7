/** What was missed stands in the order of time, whoever brings it, and that of an author as he said it. */
import {describe, expect, test} from 'vitest';
import {byTime} from '../../../source/engine/rooms/room-order.js';
import {createWorld} from '../../helpers/engine-under-test.js';
import {
	createMemoryRooms,
	dial,
	join,
	memberOf,
	say,
	textsOf,
} from './room-helpers.js';

const of = ['anna', 'bob', 'cleo'];

/** Bob and cleo take turns, while anna is in no room yet but connected with both. */
async function takeTurns() {
	const world = createWorld();
	const rooms = createMemoryRooms();
	const anna = memberOf(world, 'anna', {of, rooms});
	const bob = memberOf(world, 'bob', {of});
	const cleo = memberOf(world, 'cleo', {of});
	for (const each of [anna, bob, cleo]) await each.listen();
	dial(anna, bob);
	dial(anna, cleo);
	dial(bob, cleo);
	await world.pass(1_000, 100);
	join(bob);
	join(cleo);
	await world.pass(1_000, 100);
	const texts: string[] = [];
	const talk = async (rounds: number) => {
		for (let round = 0; round < rounds; round++) {
			for (const [who, what] of [
				[bob, 'question'],
				[cleo, 'answer'],
			] as const) {
				const text = `${what} ${texts.length}`;
				say(who, text);
				texts.push(text);
				await world.pass(700, 100);
			}
		}
	};

	await talk(5);
	return {world, rooms, anna, bob, cleo, texts, talk};
}

describe('what was missed stands in the order of time', () => {
	test('of two who are both there, and after the room was left and entered again', async () => {
		const {world, anna, texts} = await takeTurns();
		join(anna);
		await world.pass(1_000, 50);
		expect(textsOf(anna)).toEqual(texts);
		anna.dispatch({type: 'room/leave', room: '#lab'});
		await world.pass(1_000, 100);
		join(anna);
		await world.pass(1_000, 50);
		expect(textsOf(anna)).toEqual(texts);
	});

	test('from one who hands on what both said, after a restart too', async () => {
		const {world, rooms, anna, cleo, texts, talk} = await takeTurns();
		join(anna);
		await world.pass(1_000, 50);
		const kept = structuredClone(rooms.kept.get('lab')!);
		world.hub.silence(anna.host);
		await world.settle();
		await talk(3);
		const later = createMemoryRooms();
		// As it may stand in the file: one author after the other.
		const {messages} = kept;
		later.kept.set('lab', {
			...kept,
			messages: messages.toSorted((one, other) =>
				one.author.localeCompare(other.author),
			),
		});
		const host = '10.0.0.77';
		const again = memberOf(world, 'anna', {of, rooms: later, host});
		again.engine.start();
		await again.until('room/joined');
		expect(textsOf(again)).toEqual(texts.slice(0, messages.length));
		dial(again, cleo);
		await world.pass(1_000, 50);
		expect(textsOf(again)).toEqual(texts);
	});

	test('what is said meanwhile comes behind it', async () => {
		const {world, anna, bob, texts} = await takeTurns();
		anna.engine.hold(true);
		join(anna);
		await world.settle();
		anna.engine.hold(false);
		say(bob, 'meanwhile');
		await world.pass(2_000, 50);
		expect(textsOf(anna)).toEqual([...texts, 'meanwhile']);
	});
});

describe('by time', () => {
	const said = (author: string, ...times: readonly number[]) =>
		times.map((at, index) => ({author, at, text: `${author}${index}`}));
	const orderOf = (...all: ReadonlyArray<ReturnType<typeof said>>) =>
		byTime(all.flat())
			.map(({text}) => text)
			.join(' ');

	test('turns are put together, those of equal times as they came', () => {
		expect(orderOf(said('b', 1, 3, 5), said('a', 2, 3, 4))).toBe(
			'b0 a0 b1 a1 a2 b2',
		);
	});

	test('an author whose clock went back keeps his order', () => {
		expect(orderOf(said('b', 9, 1, 2, 12), said('a', 3, 9, 11))).toBe(
			'a0 b0 b1 b2 a1 a2 b3',
		);
	});
});
