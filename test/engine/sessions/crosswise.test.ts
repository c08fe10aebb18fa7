import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {
	Address,
	Connection,
	ConnectionHandlers,
	DialPurpose,
	Network,
} from '../../../source/engine/ports.js';
import {
	createWorld,
	type EngineUnderTest,
} from '../../helpers/engine-under-test.js';

const dial = (from: EngineUnderTest, host: string, port: number) => {
	from.dispatch({type: 'peer/dial', target: {kind: 'peer', host, port}});
};

describe('both dial each other', () => {
	/** Whether each side has exactly one session, and both the same. */
	const expectOneSession = (
		world: ReturnType<typeof createWorld>,
		...engines: EngineUnderTest[]
	) => {
		expect(world.hub.openConnections()).toBe(1);
		for (const engine of engines) {
			const phases = engine.engine
				.getState()
				.peers.values()
				.map(({lifecycle}) => lifecycle.phase);
			expect(phases).toEqual(['ready']);
		}
	};

	const ticks = async (count: number) => {
		for (let tick = 0; tick < count; tick++) await Promise.resolve();
	};

	/** Connections stand, are noticed and are read after so many ticks each. */
	const lateNetwork =
		(delays: readonly number[]) =>
		(network: Network): Network => {
			let used = 0;
			const delay = async () => ticks(delays[used++ % delays.length] ?? 0);
			const late = <End extends Connection>(connection: End): End => {
				const start = connection.start.bind(connection);
				return Object.assign(connection, {
					start(handlers: ConnectionHandlers) {
						start(handlers);
						connection.pause();
						void delay().then(() => {
							connection.resume();
						});
					},
				});
			};

			return {
				...network,
				async dial(
					target: Address,
					purpose: DialPurpose,
					signal: AbortSignal,
				): Promise<never> {
					const connection = await network.dial(
						target,
						purpose as 'peer',
						signal,
					);
					await delay();
					return late(connection) as never;
				},
				listenTcp: async (options, handlers) =>
					network.listenTcp(options, {
						...handlers,
						incoming(incoming) {
							const start = incoming.start.bind(incoming);
							handlers.incoming({
								...incoming,
								start(given) {
									void delay().then(() => {
										start({
											...given,
											classified(what) {
												late(what.connection);
												given.classified(what);
											},
										});
									});
								},
							});
						},
					}),
			};
		};

	// Found by this property: dials of one side that overlap.
	const step = (what: 'dial' | 'cut' | 'say', pause: number) => ({
		who: false,
		what,
		pause,
	});
	const examples: Array<[Array<ReturnType<typeof step>>, number, number[]]> = [
		[
			[
				step('cut', 0),
				step('dial', 1),
				step('dial', 10),
				step('dial', 1),
				step('cut', 0),
			],
			0,
			[0, 0, 0, 0, 10],
		],
		[
			[
				step('cut', 0),
				step('dial', 10),
				step('dial', 1),
				step('cut', 0),
				step('say', 0),
			],
			0,
			[0, 0, 0, 0, 0, 0, 0, 0, 2],
		],
	];

	test('property: one session stays on both sides, no message is lost or doubled', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						who: fc.boolean(),
						what: fc.constantFrom('dial', 'say', 'say', 'cut'),
						pause: fc.nat(30),
					}),
					{minLength: 2, maxLength: 12},
				),
				fc.nat(20),
				fc.array(fc.nat(40), {minLength: 1, maxLength: 9}),
				async (steps, headStart, delays) => {
					const world = createWorld();
					const network = lateNetwork(delays);
					const one = world.engine('one', {network});
					const two = world.engine('two', {network});
					await Promise.all([one.listen(), two.listen()]);
					dial(one, two.host, two.port);
					await ticks(headStart);
					dial(two, one.host, one.port);
					await Promise.all([
						one.until('peer/connected'),
						two.until('peer/connected'),
					]);
					const key = (engine: EngineUnderTest) =>
						engine.of('peer/connected')[0]!.peer;
					const said = {one: [] as string[], two: [] as string[]};
					for (const [index, {who, what, pause}] of steps.entries()) {
						const [from, to] = who ? [one, two] : [two, one];
						if (what === 'dial') dial(from, to.host, to.port);
						if (what === 'cut') world.hub.cut();
						const before = from.of('chat/sent').length;
						if (what === 'say') {
							from.dispatch({
								type: 'chat/send',
								conversation: key(from),
								text: `m${index}`,
							});
						}

						// A line is refused, visibly, only while the peer has left; then it was not said.
						if (from.of('chat/sent').length > before) {
							said[who ? 'one' : 'two'].push(`m${index}`);
						}

						await ticks(pause);
					}

					await world.settle();
					await world.pass(10_000, 500);
					expectOneSession(world, one, two);
					expect(two.heard()).toEqual(said.one);
					expect(one.heard()).toEqual(said.two);
					expect(one.of('chat/failed')).toEqual([]);
					for (const engine of [one, two]) {
						expect(engine.of('chat/delivered')).toHaveLength(
							engine.of('chat/sent').length,
						);
						await engine.engine.close();
					}

					await world.settle();
					expect(world.hub.openConnections()).toBe(0);
				},
			),
			{numRuns: 150, examples},
		);
	}, 60_000);

	test('after a cut they come to one session again', async () => {
		const world = createWorld();
		const one = world.engine('one');
		const two = world.engine('two');
		await Promise.all([one.listen(), two.listen()]);
		dial(one, two.host, two.port);
		dial(two, one.host, one.port);
		await world.settle();
		expectOneSession(world, one, two);
		for (let round = 0; round < 5; round++) {
			world.hub.cut();
			await world.settle();
			await world.pass(3_000, 100);
			expectOneSession(world, one, two);
		}
	});
});
