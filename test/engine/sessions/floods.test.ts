/** What strangers do again and again is one line, with its number. */
import {describe, expect, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import {encodeFrame} from '../../../source/protocol/frame.js';
import {
	createWorld,
	type EngineUnderTest,
	type World,
} from '../../helpers/engine-under-test.js';
import {connectSpeaker, helloOf, introduceSpeaker} from '../speaker.js';

const problems = ({engine}: EngineUnderTest) => {
	const rows = engine.getState().conversations.get('all')?.rows.slice(0) ?? [];
	return rows.flatMap(row =>
		row.kind === 'problem' ? [{code: row.error.code, count: row.count}] : [],
	);
};

async function listening() {
	const world = createWorld();
	const alice = world.engine('alice');
	await alice.listen();
	return {world, alice};
}

type SetUp = Awaited<ReturnType<typeof listening>>;

const dial = async ({world, alice}: SetUp, host: string) =>
	world
		.network('mallory', host)
		.dial(
			{host: alice.host, port: alice.port},
			'raw',
			new AbortController().signal,
		)
		.catch(() => undefined);

describe('refusals of one kind', () => {
	test('refusalsMs, refusalsMostMs: one row that counts, told less and less often while they go on', async () => {
		const setUp = await listening();
		const {world, alice} = setUp;
		alice.dispatch({
			type: 'listener/setAccess',
			change: 'deny',
			ranges: ['10.9.0.0/16'],
		});
		const seconds = 200;
		for (let second = 0; second < seconds; second++) {
			for (let count = 0; count < 5; count++) await dial(setUp, '10.9.0.1');
			await world.pass(limits.refusalsMs);
		}

		// At once, after 1, 2, 4 and 8 s, then every 10.
		const told = alice.of('peer/refused');
		expect(told).toHaveLength(23);
		const gaps = told
			.slice(1)
			.map((event, index) => event.at - told[index]!.at);
		expect(Math.max(...gaps)).toBe(limits.refusalsMostMs);
		await world.pass(limits.refusalsMostMs);
		expect(problems(alice)).toEqual([
			{code: 'addressDenied', count: 5 * seconds},
		]);
		await world.pass(limits.refusalsMostMs);
		expect(world.clock.pending()).toBe(0);
	});

	test('a row in between is left where it is', async () => {
		const setUp = await listening();
		const {world, alice} = setUp;
		alice.dispatch({
			type: 'listener/setAccess',
			change: 'deny',
			ranges: ['10.9.0.0/16'],
		});
		await dial(setUp, '10.9.0.1');
		const peer = await introduceSpeaker(world, alice);
		peer.say({name: 'message', id: '1', text: 'hi'});
		await alice.until('chat/received');
		await dial(setUp, '10.9.0.1');
		await world.pass(limits.refusalsMs);
		expect(problems(alice)).toEqual([
			{code: 'addressDenied', count: 1},
			{code: 'addressDenied', count: 1},
		]);
		expect(
			alice.engine
				.getState()
				.conversations.get('all')!
				.rows.slice(0)
				.map(({kind}) => kind),
		).toEqual(['problem', 'joined', 'received', 'problem']);
	});
});

describe('an address that breaks the protocol again and again', () => {
	const offend = async (world: World, alice: EngineUnderTest, host: string) => {
		const speaker = await connectSpeaker(
			world.network('mallory', host),
			alice,
		).catch(() => undefined);
		if (!speaker) return false;
		speaker.say(helloOf());
		speaker.write(encodeFrame(0xff, new Uint8Array(2)));
		await speaker.closed();
		await world.settle();
		return speaker.heard.length > 0;
	};

	test('violationsPerSource: is kept out after so many, told once, and others are not', async () => {
		const {world, alice} = await listening();
		for (let count = 0; count < limits.violationsPerSource; count++) {
			expect(await offend(world, alice, '10.9.0.1')).toBe(true);
		}

		for (let count = 0; count < 500; count++) {
			expect(await offend(world, alice, '10.9.0.1')).toBe(false);
		}

		expect(await offend(world, alice, '10.9.0.2')).toBe(true);
		await world.pass(limits.refusalsMs);
		const rows = problems(alice);
		expect(rows.filter(({code}) => code === 'tooManyViolations')).toEqual([
			{code: 'tooManyViolations', count: 1},
		]);
		expect(alice.of('peer/connected')).toHaveLength(
			limits.violationsPerSource + 1,
		);
		expect(rows.length).toBeLessThan(6);
		await world.pass(limits.violationsMs);
		expect(await offend(world, alice, '10.9.0.1')).toBe(true);
	});

	test('violationsMs: who does so seldom is not', async () => {
		const {world, alice} = await listening();
		for (let count = 0; count < 3 * limits.violationsPerSource; count++) {
			expect(await offend(world, alice, '10.9.0.1')).toBe(true);
			await world.pass(limits.violationsMs / (limits.violationsPerSource - 1));
		}
	});

	test('the machine itself is never kept out', async () => {
		const {world, alice} = await listening();
		for (let count = 0; count < 2 * limits.violationsPerSource; count++) {
			expect(await offend(world, alice, '127.0.0.1')).toBe(true);
		}
	});
});
