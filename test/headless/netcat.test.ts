/** Netcat's flags over engines in memory: what goes in comes out, and when it is over. */
import {describe, expect, test, vi} from 'vitest';
import {createHexDump} from '../../source/headless/hex-dump.js';
import {
	createNetcatVerb,
	type NetcatOptions,
} from '../../source/headless/netcat.js';
import {createNetcatUdpVerb} from '../../source/headless/netcat-udp.js';
import {
	createWorld,
	type EngineUnderTest,
	type World,
} from '../helpers/engine-under-test.js';
import {run} from './run.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
	for (const text of texts) yield bytesOf(text);
}

/** Gives its pieces and then nothing, as a terminal or an idle pipe. */
async function* openInput(...texts: string[]): AsyncGenerator<Uint8Array> {
	yield* pieces(...texts);
	await new Promise(() => undefined);
}

const defaults = {
	isTyped: false,
	keep: false,
	verbose: true,
	now: () => Date.now(),
};

const listening = {
	type: 'listener/open',
	kind: 'tcp',
	port: 0,
	raw: true,
	framing: {kind: 'chunks'},
} as const;

async function listen(world: World, options: Partial<NetcatOptions> = {}) {
	const engine = world.engine('server', {pipe: true, role: 'script'});
	const verb = createNetcatVerb({
		...defaults,
		command: listening,
		input: pieces(),
		...options,
	});
	const running = run(verb, engine);
	const {host, port} = await engine.until('listener/bound');
	return {engine, host, port, ...running};
}

function dial(
	world: World,
	{host, port}: {host: string; port: number},
	options: Partial<NetcatOptions> = {},
	name = 'client',
) {
	const engine: EngineUnderTest = world.engine(name, {
		pipe: true,
		role: 'script',
	});
	const verb = createNetcatVerb({
		...defaults,
		command: {type: 'peer/dial', target: {kind: 'raw', host, port}},
		input: pieces(),
		...options,
	});
	return {engine, ...run(verb, engine)};
}

describe('one connection', () => {
	test('both ways, to the end of both inputs', async () => {
		const world = createWorld();
		const server = await listen(world, {input: pieces('from ', 'server')});
		const client = dial(world, server, {input: pieces('from ', 'client')});
		expect(await Promise.all([server.code, client.code])).toEqual([0, 0]);
		expect(server.stdout()).toBe('from client');
		expect(client.stdout()).toBe('from server');
		expect(server.stderr()).toMatch(/Listening on tcp .*\.\nConnection from /);
		expect(client.stderr()).toMatch(/^Connected to /);
	});

	test('what is still to be sent arrives, though the other side ended long ago', async () => {
		const world = createWorld();
		const long = Array.from({length: 200}, (_, n) => `${n} `.repeat(2_000));
		const server = await listen(world, {input: pieces()});
		const client = dial(world, server, {input: pieces(...long)});
		expect(await Promise.all([server.code, client.code])).toEqual([0, 0]);
		expect(server.stdout()).toBe(long.join(''));
	});

	test('a second one is turned away', async () => {
		const world = createWorld();
		const server = await listen(world, {input: openInput('only you')});
		const first = dial(world, server, {
			input: openInput('first'),
			isTyped: true,
		});
		await first.engine.until('stream/received');
		const second = dial(world, server, {}, 'second');
		expect(await second.code).toBe(1);
		expect(second.stderr()).toContain('Nothing listens on');
		expect(first.stdout()).toBe('only you');
		server.interrupt();
		expect(await server.code).toBe(130);
	});

	test('at a terminal it is over when the other side has ended', async () => {
		const world = createWorld();
		const server = await listen(world, {input: pieces('bye')});
		const client = dial(world, server, {input: openInput(), isTyped: true});
		expect(await Promise.all([server.code, client.code])).toEqual([0, 0]);
		expect(client.stdout()).toBe('bye');
	});

	test('an idle pipe is not waited for beyond a while', async () => {
		vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
		try {
			const world = createWorld();
			const server = await listen(world, {input: pieces('bye')});
			const client = dial(world, server, {input: openInput('hello')});
			await client.engine.until('stream/ended');
			await world.settle();
			expect(client.engine.of('peer/left')).toEqual([]);
			vi.advanceTimersByTime(2_000);
			expect(await Promise.all([server.code, client.code])).toEqual([0, 0]);
			expect(server.stdout()).toBe('hello');
		} finally {
			vi.useRealTimers();
		}
	});

	test('nobody there, and a connection that is cut, are failures with a sentence', async () => {
		const world = createWorld();
		const nobody = dial(world, {host: '10.9.9.9', port: 1});
		expect(await nobody.code).toBe(1);
		expect(nobody.stderr()).toMatch(/\.\n$/);
		const server = await listen(world, {input: openInput()});
		const client = dial(world, server, {input: openInput()}, 'other');
		await server.engine.until('peer/connected');
		world.hub.cut();
		expect(await Promise.all([server.code, client.code])).toEqual([1, 1]);
	});

	test('-w: where nothing moves it ends', async () => {
		let now = 0;
		const world = createWorld();
		const server = await listen(world, {input: openInput()});
		const client = dial(world, server, {
			input: openInput('x'),
			idleMs: 5_000,
			now: () => now,
		});
		await server.engine.until('stream/received');
		now = 5_000;
		expect(await client.code).toBe(0);
		expect(client.stderr()).toContain('Nothing moved for 5 s');
	});

	test('a dump has both directions', async () => {
		let text = '';
		const world = createWorld();
		const server = await listen(world, {
			input: pieces('down'),
			dump: createHexDump(lines => (text += lines)),
		});
		const client = dial(world, server, {input: pieces('up')});
		await Promise.all([server.code, client.code]);
		expect(text).toMatch(/^# 10\.0\.0\.\d+:\d+ \d{4}-.*Z$/m);
		expect(text).toContain('< 00000000  75 70 ');
		expect(text).toContain('> 00000000  64 6f 77 6e ');
	});
});

describe('-k', () => {
	test('one after the other; a cut does not end it', async () => {
		const world = createWorld();
		const server = await listen(world, {
			keep: true,
			isTyped: true,
			input: openInput(),
		});
		for (const name of ['one', 'two']) {
			const client = dial(world, server, {input: pieces(`${name} `)}, name);
			expect(await client.code).toBe(0);
		}

		const third = dial(world, server, {input: openInput('three')}, 'three');
		await world.until(() => server.stdout() === 'one two three');
		world.hub.cut();
		expect(await third.code).toBe(1);
		const last = dial(world, server, {input: pieces(' last')}, 'last');
		expect(await last.code).toBe(0);
		server.interrupt();
		expect(await server.code).toBe(130);
		expect(server.stdout()).toBe('one two three last');
	});

	test('several at once: each gets what comes in while it is there', async () => {
		const world = createWorld();
		const gate = Promise.withResolvers<void>();
		const server = await listen(world, {
			keep: true,
			input: (async function* () {
				await gate.promise;
				yield bytesOf('to all');
			})(),
		});
		const clients = ['one', 'two'].map(name =>
			dial(world, server, {input: openInput(name)}, name),
		);
		await server.engine.untilTrue(
			() => server.engine.of('peer/connected').length === 2,
		);
		gate.resolve();
		for (const client of clients) {
			await client.engine.until('stream/ended');
			expect(client.stdout()).toBe('to all');
			client.interrupt();
		}

		server.interrupt();
		await server.code;
	});
});

describe('-u', () => {
	const udp = {type: 'listener/open', kind: 'udp', port: 0} as const;

	test('a piece is a datagram; who spoke first gets the answers', async () => {
		let now = 0;
		const common = {keep: false, verbose: true, now: () => now, command: udp};
		const world = createWorld();
		const server = world.engine('server', {pipe: true});
		const serving = run(
			createNetcatUdpVerb({...common, input: openInput('pong')}),
			server,
		);
		const {host, port} = await server.until('listener/bound');
		const client = world.engine('client', {pipe: true});
		const asking = run(
			createNetcatUdpVerb({
				...common,
				input: pieces('ping', ' 二'),
				target: {host, port},
			}),
			client,
		);
		await client.until('datagram/received');
		const stranger = world.engine('stranger');
		await stranger.listen();
		stranger.dispatch(udp);
		await stranger.until('listener/bound', ({kind}) => kind === 'udp');
		stranger.dispatch({type: 'datagram/send', host, port, text: 'spam'});
		await server.until('datagram/received', ({bytes}) => bytes.length === 4);
		await server.untilTrue(() => server.of('datagram/received').length === 3);
		now = 2_000;
		expect(await asking.code).toBe(0);
		expect(asking.stdout()).toBe('pong');
		expect(serving.stdout()).toBe('ping 二');
		serving.interrupt();
		expect(await serving.code).toBe(130);
	});

	test('more than are shown a second on a screen: every one is there', async () => {
		const world = createWorld();
		const server = world.engine('server', {pipe: true});
		const serving = run(
			createNetcatUdpVerb({
				keep: false,
				verbose: false,
				now: () => 0,
				command: udp,
				input: openInput(),
			}),
			server,
		);
		const {host, port} = await server.until('listener/bound');
		const socket = await world
			.network('sensor')
			.openUdp({port: 0}, {received: () => undefined, failed: () => undefined});
		for (let n = 0; n < 1_000; n++) {
			await socket.send(bytesOf('.'), {host, port});
		}

		await server.untilTrue(
			() => server.of('datagram/received').length === 1_000,
		);
		expect(serving.stdout()).toHaveLength(1_000);
		serving.interrupt();
		await serving.code;
	});
});
