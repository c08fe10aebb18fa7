import {describe, expect, test} from 'vitest';
import {readCommandLine} from '../../source/command-line.js';
import {
	createUdpListenVerb,
	type UdpListenOptions,
} from '../../source/headless/udp-listen.js';
import {
	createUdpSendVerb,
	type UdpSendOptions,
} from '../../source/headless/udp-send.js';
import {limits} from '../../source/limits.js';
import {createWorld} from '../helpers/engine-under-test.js';
import {run} from './run.js';

async function* textsOf(...texts: string[]) {
	yield* texts;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('udp listen', () => {
	async function listen(options: Partial<UdpListenOptions> = {}, json = false) {
		const world = createWorld();
		const script = world.engine('script', {role: 'script'});
		const verb = createUdpListenVerb({
			port: 5_000,
			groups: [],
			hex: false,
			...options,
		});
		const running = run(verb, script, {json});
		await script.until('listener/bound');
		await world.settle();
		const sensor = await world
			.network('sensor')
			.openUdp({port: 0}, {received: () => undefined, failed: () => undefined});
		const send = async (bytes: Uint8Array, host = script.host) => {
			await sensor.send(bytes, {host, port: 5_000});
			await world.settle();
		};

		return {world, script, sensor, send, ...running};
	}

	test('a line each, until it is interrupted', async () => {
		const {sensor, send, stdout, interrupt, code} = await listen();
		await send(utf8('temp=21'));
		await send(Uint8Array.of(0, 255));
		await send(new Uint8Array());
		interrupt();
		expect(await code).toBe(130);
		const from = `${sensor.address.host}:${sensor.address.port}`;
		expect(stdout().split('\n')).toEqual([
			expect.stringContaining('5000'),
			`${from} (UDP, 7 B) > temp=21`,
			`${from} (UDP, 2 B) > 00 ff`,
			`${from} (UDP, 0 B) > `,
			'',
		]);
	});

	test('as hex, and in another encoding', async () => {
		const hex = await listen({hex: true});
		await hex.send(utf8('ab'));
		expect(hex.stdout()).toContain('> 61 62\n');
		const sjis = await listen({encoding: 'shift_jis'});
		await sjis.send(Uint8Array.of(0x93, 0xfa, 0x96, 0x7b));
		expect(sjis.stdout()).toContain('> 日本\n');
	});

	test('joins groups, and says where', async () => {
		const {send, stdout, stderr} = await listen({
			groups: ['239.1.2.3%eth0', '239.1.2.4'],
		});
		expect(stderr()).toContain('Joined 239.1.2.3 on eth0.');
		expect(stderr()).toContain('Joined 239.1.2.4.');
		await send(utf8('to all'), '239.1.2.3');
		expect(stdout()).toContain('> to all\n');
	});

	test('ends where a group is none', async () => {
		const {code, stderr} = await listen({groups: ['10.0.0.1']});
		expect(await code).toBe(1);
		expect(stderr()).toContain('10.0.0.1 is no multicast address');
	});

	test('what is measured is told at the end, what is not shown at once', async () => {
		const meter = {bytes: 1, endian: 'big', offset: 0} as const;
		const {world, sensor, send, stderr, interrupt, code} = await listen({
			meter,
		});
		const count = limits.datagramsShownPerSecond + 20;
		for (let number = 0; number < count; number++) {
			if (number !== 7) await send(Uint8Array.of(number));
		}

		await world.pass(1_000);
		expect(stderr()).toContain('19 datagrams came too fast');
		interrupt();
		expect(await code).toBe(130);
		const from = `${sensor.address.host}:${sensor.address.port}`;
		expect(stderr()).toContain(`${from}: ${count - 1} numbered, 1 missing`);
	});

	test('--json says everything as NDJSON', async () => {
		const {send, stdout, interrupt, code} = await listen({}, true);
		await send(utf8('x'));
		interrupt();
		await code;
		const lines = stdout()
			.trim()
			.split('\n')
			.map(line => JSON.parse(line) as {type: string});
		expect(lines).toContainEqual(
			expect.objectContaining({
				type: 'datagram/received',
				sizeBytes: 1,
				text: 'x',
			}),
		);
		expect(lines.map(({type}) => type)).toContain('datagram/counted');
	});
});

describe('udp send', () => {
	async function setUp(answer?: string) {
		const world = createWorld();
		const script = world.engine('script', {role: 'script'});
		const heard: string[] = [];
		const sensor = await world.network('sensor').openUdp(
			{port: 0},
			{
				received(bytes, from) {
					heard.push(Buffer.from(bytes).toString('latin1'));
					if (answer !== undefined) void sensor.send(utf8(answer), from);
				},
				failed: () => undefined,
			},
		);
		const send = (options: Partial<UdpSendOptions> = {}) =>
			run(
				createUdpSendVerb({
					to: sensor.address,
					texts: textsOf('ping'),
					notation: 'text',
					everyMs: 0,
					port: 0,
					hex: false,
					...options,
				}),
				script,
			);
		return {world, heard, sensor, script, send};
	}

	test('each text is a datagram, from one port', async () => {
		const {heard, script, send, world} = await setUp();
		expect(await send({texts: textsOf('one', '', 'three')}).code).toBe(0);
		await world.settle();
		expect(heard).toEqual(['one', '', 'three']);
		expect(script.of('listener/bound')).toHaveLength(1);
	});

	test('as hex, with escapes and a counter, in an encoding', async () => {
		const {heard, send} = await setUp();
		expect(await send({texts: textsOf('01 ff'), notation: 'hex'}).code).toBe(0);
		expect(heard).toEqual(['\x01\xff']);
	});

	test('a counter goes up, and the pace is kept', async () => {
		const {heard, send} = await setUp();
		const startedAt = performance.now();
		const {code} = send({
			texts: textsOf('$seq', '$seq', '$seq'),
			notation: 'escapes',
			everyMs: 40,
		});
		expect(await code).toBe(0);
		expect(heard).toEqual(['1', '2', '3']);
		expect(performance.now() - startedAt).toBeGreaterThan(75);
	});

	test('answers are waited for and shown; none is a failure', async () => {
		const answered = await setUp('pong');
		const one = answered.send({waitMs: 50});
		expect(await one.code).toBe(0);
		expect(one.stdout()).toMatch(/ \(UDP, 4 B\) > pong\n$/);
		const silent = await setUp();
		const two = silent.send({waitMs: 20});
		expect(await two.code).toBe(1);
		expect(two.stderr()).toContain('Nothing answered from');
	});

	test.each([
		['half a byte', {texts: textsOf('0'), notation: 'hex'}],
		['no such encoding', {encoding: 'klingon'}],
		['too long', {texts: textsOf('x'.repeat(65_508))}],
	] as const)('%s is a failure with a sentence', async (_, options) => {
		const {send} = await setUp();
		const {code, stderr} = send(options);
		expect(await code).toBe(1);
		expect(stderr()).toMatch(/\.\n$/);
	});
});

describe('the command line', () => {
	const read = (...args: string[]) => readCommandLine(['udp', ...args], '0');

	test('listen', () => {
		expect(read('listen')).toMatchObject({
			verb: {name: 'udpListen', port: 10_000, groups: [], hex: false},
		});
		const group = ['--join', '239.1.2.3%eth0', '--join', 'ff15::7'];
		for (const port of [['5000'], ['-p', '5000'], ['--port=5000']]) {
			expect(
				read('listen', ...port, ...group, '--meter', 'u16le@4', '--json'),
			).toMatchObject({
				json: true,
				verb: {
					port: 5_000,
					groups: ['239.1.2.3%eth0', 'ff15::7'],
					meter: {bytes: 2, endian: 'little', offset: 4},
				},
			});
		}
	});

	test('send', () => {
		expect(read('send', '10.0.0.9:5000', 'two', 'words')).toMatchObject({
			verb: {
				name: 'udpSend',
				to: {host: '10.0.0.9', port: 5_000},
				text: 'two words',
				notation: 'text',
				count: 1,
				everyMs: 0,
				port: 0,
			},
		});
		const paced = ['--count', '3', '--every', '100ms', '--wait', '500ms'];
		expect(
			read('send', '[ff02::1%eth0]:9', '01 ff', '--hex', ...paced, '-p', '7'),
		).toMatchObject({
			verb: {
				to: {host: 'ff02::1%eth0', port: 9},
				notation: 'hex',
				count: 3,
				everyMs: 100,
				waitMs: 500,
				port: 7,
			},
		});
		expect(read('send', '239.1.2.3%eth0:9', '-')).toMatchObject({
			verb: {to: {host: '239.1.2.3%eth0', port: 9}, text: undefined},
		});
		expect(read('send', 'h:9', '')).toMatchObject({verb: {text: ''}});
	});

	test.each([
		[[], 'udp listen'],
		[['listen', '1', '2'], '2'],
		[['listen', '99999'], '99999'],
		[['listen', '1', '--port', '2'], 'twice'],
		[['listen', '--meter', 'u7'], 'u7'],
		[['listen', '--count', '2'], '--count'],
		[['send', 'h:9'], 'text'],
		[['send', 'h', 'text'], 'port'],
		[['send', 'h:9', 'x', '--join', '239.1.1.1'], '--join'],
		[['send', 'h:9', '-', '--count', '2'], '--count'],
		[['send', 'h:9', 'x', '--hex', '--escapes'], '--escapes'],
		[['send', 'h:9', 'x', '--every', 'often'], '--every'],
	])('%j is a sentence', (args, hint) => {
		expect(read(...args)).toEqual({
			kind: 'misuse',
			sentence: expect.stringContaining(hint) as unknown,
		});
	});
});
