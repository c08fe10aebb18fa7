import {describe, expect, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import {createWorld} from '../../helpers/engine-under-test.js';
import {carryOut, code} from '../trust/trust-helpers.js';
import {
	createMemoryRooms,
	dial,
	hereOf,
	join,
	knows,
	linesOf,
	memberOf,
	say,
	textsOf,
} from './room-helpers.js';

/** Two who have verified each other and are connected. */
async function two(backfill?: boolean) {
	const world = createWorld();
	const of = ['alice', 'bob'];
	const options = {of, ...(backfill === undefined ? {} : {backfill})};
	const alice = memberOf(world, 'alice', options);
	const bob = memberOf(world, 'bob', options);
	await Promise.all([alice.listen(), bob.listen()]);
	dial(alice, bob);
	await Promise.all([
		alice.until('peer/connected'),
		bob.until('peer/connected'),
	]);
	await world.settle();
	return {world, alice, bob};
}

describe('two in a room', () => {
	test('see each other, and what they say, with its delivery', async () => {
		const {world, alice, bob} = await two();
		join(alice, '#Lab');
		await world.settle();
		expect(bob.of('room/invited')).toMatchObject([
			{room: '#lab', name: 'alice'},
		]);
		join(bob);
		await world.settle();
		expect(hereOf(alice)).toEqual(['bob']);
		expect(hereOf(bob)).toEqual(['alice']);
		say(alice, 'hello 你好');
		await bob.until('room/received');
		expect(linesOf(bob)).toEqual([{who: 'alice VERIFIED', text: 'hello 你好'}]);
		const ours = alice.engine.getState().conversations.get('all')!.rows;
		expect(ours.at(ours.length - 1)).toMatchObject({toName: '#lab'});
		const {message} = alice.of('chat/sent')[0]!;
		expect(alice.engine.getState().deliveries.get(message)).toEqual({
			pending: 1,
			delivered: 0,
			failed: 0,
		});
		await world.pass(limits.roomHaveMs);
		expect(alice.engine.getState().deliveries.get(message)).toEqual({
			pending: 0,
			delivered: 1,
			failed: 0,
		});
		// In the room and in All, and in no conversation with one of them.
		expect(bob.heard()).toEqual([]);
		const all = bob.engine.getState().conversations.get('all')!.rows;
		expect(all.at(all.length - 1)).toMatchObject({room: '#lab'});
	});

	test('a member that goes is waited for no longer', async () => {
		const {world, alice, bob} = await two();
		join(alice);
		join(bob);
		await world.settle();
		bob.engine.hold(true);
		say(alice, 'nobody reads this');
		await world.settle();
		bob.dispatch({type: 'room/leave', room: '#lab'});
		await world.settle();
		bob.engine.hold(false);
		await world.settle();
		const {message} = alice.of('chat/sent')[0]!;
		expect(alice.engine.getState().deliveries.get(message)).toMatchObject({
			pending: 0,
			failed: 0,
		});
		expect(hereOf(alice)).toEqual([]);
		expect(bob.engine.getState().rooms.has('#lab')).toBe(false);
		expect(bob.engine.getState().conversations.has('#lab')).toBe(false);
	});

	test('who joins late gets what was said, under the times of then', async () => {
		const {world, alice, bob} = await two();
		join(alice);
		await world.settle();
		say(alice, 'one');
		say(alice, 'two');
		await world.settle();
		const saidAt = world.clock.now();
		await world.pass(60_000, 5_000);
		join(bob);
		await world.pass(limits.roomHaveMs);
		expect(textsOf(bob)).toEqual(['one', 'two']);
		expect(bob.of('room/received').map(({sentAt}) => sentAt)).toEqual([
			saidAt,
			saidAt,
		]);
		expect(bob.of('room/missed')).toEqual([]);
	});

	test('without back-fill nothing from before is given or taken', async () => {
		for (const lacking of ['alice', 'bob', 'both'] as const) {
			const world = createWorld();
			const of = ['alice', 'bob'];
			const alice = memberOf(world, 'alice', {of, backfill: lacking === 'bob'});
			const bob = memberOf(world, 'bob', {of, backfill: lacking === 'alice'});
			await Promise.all([alice.listen(), bob.listen()]);
			dial(alice, bob);
			await bob.until('peer/connected');
			join(alice);
			await world.settle();
			say(alice, 'before');
			await world.pass(100);
			join(bob);
			await world.pass(limits.roomAnswerMs * 3, 1_000);
			say(alice, 'after');
			await world.pass(limits.roomAnswerMs, 1_000);
			expect(textsOf(bob), lacking).toEqual(['after']);
		}
	});

	test('back-fill that is switched off counts for who comes from then on', async () => {
		const {world, alice, bob} = await two();
		join(alice);
		await world.settle();
		say(alice, 'before');
		alice.dispatch({type: 'self/choose', backfill: false});
		await world.pass(100);
		join(bob);
		await world.pass(limits.roomAnswerMs * 3, 1_000);
		say(alice, 'after');
		await world.pass(limits.roomAnswerMs, 1_000);
		expect(textsOf(bob)).toEqual(['after']);
	});

	test('a room outlives a restart, with what was said and who was there', async () => {
		const world = createWorld();
		const of = ['alice', 'bob'];
		const rooms = createMemoryRooms();
		const first = memberOf(world, 'alice', {of, rooms});
		const bob = memberOf(world, 'bob', {of});
		await Promise.all([first.listen(), bob.listen()]);
		dial(first, bob);
		await bob.until('peer/connected');
		join(first);
		join(bob);
		await world.settle();
		say(first, 'mine');
		await world.settle();
		say(bob, 'his');
		first.dispatch({type: 'room/setTopic', room: '#lab', topic: 'things'});
		await world.pass(1_000);
		world.hub.silence(first.host);
		await world.settle();
		say(bob, 'missed by alice');
		await world.pass(1_000);

		const alice = memberOf(world, 'alice', {of, rooms, host: '10.0.0.77'});
		alice.engine.start();
		await alice.until('room/joined');
		expect(alice.of('room/joined')).toMatchObject([
			{room: '#lab', restored: true, topic: {text: 'things', name: 'alice'}},
		]);
		expect(linesOf(alice)).toEqual([
			{who: 'self', text: 'mine'},
			{who: 'bob VERIFIED', text: 'his'},
		]);
		dial(alice, bob);
		await world.pass(2_000, 100);
		say(alice, 'again here');
		await world.pass(2_000, 100);
		expect(textsOf(alice)).toEqual([
			'mine',
			'his',
			'missed by alice',
			'again here',
		]);
		expect(textsOf(bob)).toEqual([
			'mine',
			'his',
			'missed by alice',
			'again here',
		]);
		alice.dispatch({type: 'room/leave', room: '#lab'});
		await alice.engine.close();
		expect(rooms.kept.size).toBe(0);
	});
});

describe('only who is verified', () => {
	test('nothing is told to others, and what they say is not looked at', async () => {
		const world = createWorld();
		// Bob has verified alice; she has not verified him.
		const alice = memberOf(world, 'alice', {of: []});
		const bob = memberOf(world, 'bob', {of: ['alice']});
		await Promise.all([alice.listen(), bob.listen()]);
		dial(alice, bob);
		const [{peer}] = await Promise.all([
			alice.until('peer/connected'),
			bob.until('peer/connected'),
		]);
		join(alice);
		join(bob);
		say(bob, 'secret');
		await world.pass(20_000, 500);
		expect(textsOf(alice)).toEqual([]);
		expect(hereOf(alice)).toEqual([]);
		expect(hereOf(bob)).toEqual([]);
		expect(bob.of('room/invited')).toEqual([]);
		expect(alice.engine.getState().peers.get(peer)?.lifecycle.phase).toBe(
			'ready',
		);
		expect(alice.of('peer/left')).toEqual([]);

		// With the pairing both hear of it, and of what was said.
		const {peer: back} = bob.of('peer/connected')[0]!;
		const opened = bob.next('trust/codeOpened');
		await carryOut(alice, {type: 'trust/showCode', peer, code});
		await opened;
		await carryOut(bob, {type: 'trust/enterCode', peer: back, code});
		await alice.until('trust/paired');
		await world.pass(2_000, 50);
		expect(textsOf(alice)).toEqual(['secret']);
		expect(hereOf(bob)).toEqual(['alice']);

		// And without it no more.
		await carryOut(alice, {type: 'trust/unpair', petname: 'bob'});
		await world.pass(1_000, 50);
		expect(hereOf(bob)).toEqual([]);
		say(alice, 'not for bob');
		say(bob, 'not for alice');
		await world.pass(20_000, 500);
		expect(textsOf(bob)).not.toContain('not for bob');
		expect(textsOf(alice)).not.toContain('not for alice');
	});
});

describe('handing on', () => {
	/** Bob and carol are connected to alice only, and do not know each other. */
	async function star() {
		const world = createWorld();
		const alice = memberOf(world, 'alice', {of: ['bob', 'carol']});
		const bob = memberOf(world, 'bob', {of: ['alice']});
		const carol = memberOf(world, 'carol', {of: ['alice'], nick: 'caro'});
		await Promise.all([alice, bob, carol].map(async each => each.listen()));
		dial(bob, alice);
		dial(carol, alice);
		await Promise.all([
			bob.until('peer/connected'),
			carol.until('peer/connected'),
		]);
		for (const each of [alice, bob, carol]) join(each);
		await world.settle();
		return {world, alice, bob, carol};
	}

	test('what one says reaches who is not connected to it, as UNVERIFIED by way of', async () => {
		const {world, alice, bob, carol} = await star();
		say(carol, 'through alice');
		await world.pass(limits.roomHaveMs);
		expect(linesOf(alice)).toEqual([
			{who: 'carol VERIFIED', text: 'through alice'},
		]);
		expect(linesOf(bob)).toEqual([
			{who: 'caro UNVERIFIED by alice', text: 'through alice'},
		]);
	});

	test('who calls itself like a verified peer is told apart', async () => {
		const {world, bob, carol} = await star();
		carol.dispatch({type: 'self/setNick', nick: 'a1ice'});
		say(carol, 'hello');
		await world.pass(limits.roomHaveMs);
		expect(linesOf(bob)[0]?.who).toMatch(
			/^a1ice~[a-z0-9]{4} UNVERIFIED by alice$/,
		);
	});

	test('the newest topic counts everywhere, whoever heard of which first', async () => {
		const {world, alice, bob, carol} = await star();
		world.hub.cut();
		await world.settle();
		carol.dispatch({type: 'room/setTopic', room: '#lab', topic: 'older'});
		await world.pass(5);
		bob.dispatch({type: 'room/setTopic', room: '#lab', topic: 'newer'});
		await world.pass(3_000, 100);
		for (const each of [alice, bob, carol]) {
			expect(each.engine.getState().rooms.get('#lab')?.topic?.text).toBe(
				'newer',
			);
		}
	});
});

describe('names and numbers of rooms', () => {
	test('what cannot be one is refused, and what looks like one too', async () => {
		const world = createWorld();
		const alice = memberOf(world, 'alice', {of: []});
		const joined = async (room: string) =>
			carryOut(alice, {type: 'room/join', room});
		expect(await joined('#lab')).toBeUndefined();
		expect(await joined('LAB')).toBeUndefined();
		expect(await joined('#1ab')).toBe('roomLooksAlike');
		for (const bad of [
			'',
			'#',
			'# ',
			'a b',
			'a/b',
			'-a',
			'\u202elab',
			'x'.repeat(33),
		]) {
			expect(await joined(bad), bad).toBe('badRoomName');
		}

		expect(await joined('世界')).toBeUndefined();
		for (let index = 2; index < limits.rooms; index++) {
			expect(await joined('q'.repeat(index))).toBeUndefined();
		}

		expect(await joined('onemore')).toBe('tooManyRooms');
		expect(await carryOut(alice, {type: 'room/leave', room: '#nowhere'})).toBe(
			'notInRoom',
		);
		expect(
			await carryOut(alice, {
				type: 'room/setTopic',
				room: '#lab',
				topic: 'x'.repeat(limits.roomTopicCharacters + 1),
			}),
		).toBe('badTopic');
		expect(
			await carryOut(alice, {
				type: 'chat/send',
				conversation: '#lab',
				text: 'x'.repeat(limits.frameBytes),
			}),
		).toBe('messageTooLong');
	});

	test('without a key to sign with there are none', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		expect(await carryOut(alice, {type: 'room/join', room: 'lab'})).toBe(
			'roomsOff',
		);
	});

	test('that they cannot be kept is told once', async () => {
		const world = createWorld();
		const rooms = createMemoryRooms();
		const alice = memberOf(world, 'alice', {of: [], rooms, trust: knows()});
		rooms.fault = 'roomsUnusable';
		join(alice);
		say(alice, 'one');
		await world.settle();
		say(alice, 'two');
		await world.settle();
		expect(alice.of('room/problem')).toHaveLength(1);
		rooms.fault = undefined;
		say(alice, 'three');
		await world.settle();
		expect(rooms.kept.get('lab')?.messages).toHaveLength(3);
	});
});
