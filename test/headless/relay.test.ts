import {describe, expect, test} from 'vitest';
import {readCommandLine} from '../../source/command-line.js';
import {createHexDump} from '../../source/headless/hex-dump.js';
import {
	createRelayVerb,
	type RelayOptions,
} from '../../source/headless/relay.js';
import {defaultFraming, noImpairment} from '../../source/engine/index.js';
import {encodeText} from '../../source/protocol/text-decoding.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {createWorld} from '../helpers/engine-under-test.js';
import {run} from './run.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const {signal} = new AbortController();

/** A relay between a client and a server, and what it prints. */
async function relayed(
	options: Partial<RelayOptions> = {},
	output: {readonly json?: boolean} = {},
) {
	const world = createWorld();
	const far = world.network('server');
	const accepted = Promise.withResolvers<ConnectionRecorder>();
	const {address} = await far.listenTcp(
		{port: 0, classify: 'raw'},
		{
			incoming(incoming) {
				incoming.start({
					classified({connection}) {
						accepted.resolve(new ConnectionRecorder(connection));
					},
					closed: () => undefined,
				});
				incoming.claimAsRaw();
			},
			refused: () => undefined,
			failed: () => undefined,
		},
	);
	const relay = world.engine('relay');
	const running = run(
		createRelayVerb({
			port: 0,
			target: {kind: 'raw', ...address},
			framing: defaultFraming,
			hex: false,
			...options,
		}),
		relay,
		output,
	);
	const {port} = await relay.until('listener/bound');
	const dialled = await world
		.network('client')
		.dial({host: relay.host, port}, 'raw', signal);
	const client = new ConnectionRecorder(dialled);
	const server = await accepted.promise;
	const {name} = await relay.until('peer/connected');
	return {world, relay, client, server, name, ...running};
}

describe('relay', () => {
	test('prints both directions with arrows, until it is interrupted', async () => {
		const {client, server, name, stdout, stderr, interrupt, code} =
			await relayed();
		client.connection.write(utf8('question 1\r\nquestion 2\r\n'));
		await server.until(({receivedBytes}) => receivedBytes === 24);
		server.connection.write(encodeText('回答\n', 'gbk'));
		await client.saw('data');
		expect(stdout()).toBe(
			`${name} → question 1\n${name} → question 2\n${name} ← 回答\n`,
		);
		expect(stderr()).toContain('Listening on');
		expect(stderr()).toContain(`${name} connected, joined to`);
		client.connection.end();
		server.connection.end();
		interrupt();
		expect(await code).toBe(130);
	});

	test('shows what was unfinished when it ended', async () => {
		const {relay, client, server, name, stdout} = await relayed();
		client.connection.write(utf8('no end'));
		await server.saw('data');
		server.connection.write(utf8('neither'));
		server.connection.end();
		client.connection.end();
		await relay.until('peer/left');
		expect(stdout()).toBe(`${name} → no end\n${name} ← neither\n`);
	});

	test('cuts both sides as it is told', async () => {
		const {client, server, name, stdout} = await relayed({
			framing: {kind: 'delimiter', delimiter: [0x3b]},
		});
		client.connection.write(utf8('a;b;'));
		server.connection.write(utf8('c;'));
		await Promise.all([client.saw('data'), server.saw('data')]);
		expect(stdout().split('\n').toSorted()).toEqual(
			['', `${name} → a`, `${name} → b`, `${name} ← c`].toSorted(),
		);
	});

	test('shows bytes as hex, and keeps them in a dump', async () => {
		let kept = '';
		const dump = createHexDump(text => {
			kept += text;
		});
		const {client, server, stdout} = await relayed({hex: true, dump});
		client.connection.write(Uint8Array.of(0, 0xff));
		await server.saw('data');
		server.connection.write(utf8('ok'));
		await client.saw('data');
		for (const text of [stdout(), kept]) {
			expect(text).toMatch(/^< 00000000 {2}00 ff .*\|\.\.\|$/m);
			expect(text).toMatch(/^> 00000000 {2}6f 6b .*\|ok\|$/m);
		}
	});

	test('impairs from the first byte', async () => {
		const {world, client, server} = await relayed({
			impairment: {...noImpairment, dropChance: 1},
		});
		client.connection.write(utf8('lost'));
		server.connection.write(utf8('lost'));
		await world.settle();
		expect([client.receivedBytes, server.receivedBytes]).toEqual([0, 0]);
	});

	test('gives NDJSON', async () => {
		const {world, relay, client, server, stdout, types} = await relayed(
			{},
			{json: true},
		);
		client.connection.write(utf8('hello\n'));
		await server.saw('data');
		server.connection.write(utf8('ok'));
		await client.saw('data');
		await relay.until('stream/sent');
		await world.settle();
		expect(types()).toContain('peer/connected');
		const lines = stdout()
			.split('\n')
			.slice(0, -1)
			.map(line => JSON.parse(line) as Record<string, unknown>);
		expect(lines).toContainEqual(
			expect.objectContaining({type: 'chat/received', text: 'hello'}),
		);
		expect(lines).toContainEqual(
			expect.objectContaining({type: 'stream/sent', hex: '6f6b'}),
		);
	});

	test('fails where it cannot listen', async () => {
		const world = createWorld();
		const first = world.engine('first');
		await first.listen();
		const {code, stderr} = run(
			createRelayVerb({
				port: first.port,
				target: {kind: 'raw', host: '10.0.0.9', port: 1},
				framing: defaultFraming,
				hex: false,
			}),
			world.engine('second', {host: first.host}),
		);
		expect(await code).toBe(1);
		expect(stderr()).toContain('taken');
	});
});

describe('the command line', () => {
	const read = (...args: string[]) => readCommandLine(args, '0.0.0');

	test('of a relay', () => {
		expect(
			read(
				'relay',
				'127.0.0.1:9001',
				'ssl://[::1]:443',
				'--framing',
				'fixed 4',
				'--hex',
				'--impair',
				'delay=50ms, drop=1%',
				'-x',
				'all.hex',
			),
		).toMatchObject({
			kind: 'verb',
			verb: {
				name: 'relay',
				host: '127.0.0.1',
				port: 9001,
				target: {kind: 'rawTls', host: '::1', port: 443},
				framing: {kind: 'fixed', bytes: 4},
				hex: true,
				impairment: {...noImpairment, delayMs: 50, dropChance: 0.01},
				dump: 'all.hex',
			},
		});
		expect(read('relay', '0', 'host:80')).toMatchObject({
			verb: {port: 0, target: {kind: 'raw', host: 'host', port: 80}},
		});
	});

	test.each([
		[[], 'needs a port'],
		[['9001'], 'needs a port'],
		[['x', 'h:1'], 'no port to listen on'],
		[['9001', 'udp://h:1'], 'nothing for it'],
		[['9001', 'tls://h:1'], 'nothing for it'],
		[['9001', 'h:1', 'drop=1%'], 'too much'],
		[['9001', 'h:1', '--impair', 'lag=1'], 'knows no "lag=1"'],
		[['9001', 'h:1', '--impair', 'drop=200%'], 'drop=200%'],
		[['9001', 'h:1', '--framing', 'strange'], 'strange'],
	])('%j: %s', (args, sentence) => {
		expect(read('relay', ...args)).toMatchObject({
			kind: 'misuse',
			sentence: expect.stringContaining(sentence) as string,
		});
	});
});
