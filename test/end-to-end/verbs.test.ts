import {randomBytes} from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {
	homeFlags,
	runPeer,
	runVerb,
	startListening,
	testFolder,
} from '../helpers/sockterm-program.js';

const state = () => ['--state-dir', join(testFolder(), 'state')];

/** Ends with this code, or the test fails with what it wrote. */
async function expectCode(
	child: ReturnType<typeof runVerb>,
	code: number,
): Promise<void> {
	const ended = await child.exit;
	expect(
		ended.code,
		`stdout:\n${child.lines.join('\n')}\nstderr:\n${child.errors()}`,
	).toBe(code);
}

/** Without what is kept of broken transfers. */
const visibleNames = (folder: string) =>
	readdirSync(folder)
		.filter(name => !name.startsWith('.'))
		.sort();

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	await new Promise(resolve => {
		server.close(resolve);
	});
	return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

describe('sockterm --version and --help', () => {
	test('answer without a terminal', async () => {
		const version = runVerb(['--version']);
		await expectCode(version, 0);
		expect(version.lines[0]).toMatch(/^\d+\.\d+\.\d+$/);
		const help = runVerb(['--help']);
		await expectCode(help, 0);
		expect(help.lines.join('\n')).toMatch(/listen[^]*send|send[^]*listen/);
	});

	test('a flag that is unknown or given twice is one sentence and 2', async () => {
		const unknown = runVerb(['listen', '--frobnicate']);
		await expectCode(unknown, 2);
		expect(unknown.errors()).toContain('--frobnicate');
		const twice = runVerb(['listen', '--tcp', '1', '--tcp', '2']);
		await expectCode(twice, 2);
		expect(twice.errors()).toContain('--tcp');
		expect(twice.errors().trim().split('\n')).toHaveLength(1);
	});

	test('the console without a terminal is a usage error that says so', async () => {
		const child = runVerb([]);
		await expectCode(child, 2);
		expect(child.errors()).toMatch(/terminal/i);
	});
});

describe('sockterm listen --json', () => {
	test('prints nothing but versioned NDJSON, with real ports, and 130 after SIGINT', async () => {
		const listening = await startListening();
		expect(listening.tcpPort).toBeGreaterThan(0);
		expect(listening.udpPort).toBeGreaterThan(0);

		const tcp = runPeer('course_tcp_client.py', [
			'127.0.0.1',
			listening.tcpPort,
			'你好',
		]);
		await tcp.exit;
		await listening.fact('peer/connected');
		await listening.fact('chat/received', ({text}) => text === '你好');
		await listening.fact('peer/left');

		const udp = runPeer('course_udp_client.py', [
			'127.0.0.1',
			listening.udpPort,
			'数据报',
		]);
		await udp.exit;
		const datagram = await listening.fact('datagram/received');
		expect(datagram).toMatchObject({
			from: {host: '127.0.0.1'},
			sizeBytes: 6,
			text: '数据报',
		});

		listening.process.kill('SIGINT');
		await expectCode(listening, 130);
		for (const line of listening.lines) {
			const fact: unknown = JSON.parse(line);
			expect(fact).toMatchObject({v: 1});
			expect(fact).toHaveProperty(
				'at',
				expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			);
			expect(fact).toHaveProperty('type', expect.stringMatching(/^\w+\/\w+$/));
		}
	});

	test('a taken port ends it with 1 and one sentence', async () => {
		const listening = await startListening();
		const home = testFolder();
		const second = runVerb(
			[
				'listen',
				'--json',
				'--host',
				'127.0.0.1',
				'--tcp',
				String(listening.tcpPort),
				'--no-udp',
				...homeFlags(home),
			],
			home,
		);
		await expectCode(second, 1);
		expect(second.errors()).toContain(`${listening.tcpPort} is taken`);
	});
});

describe('sockterm send', () => {
	test('exits 0 once the receiver has saved, with the same digest on both sides', async () => {
		const listening = await startListening(['--accept', 'all']);
		const path = join(testFolder(), 'build.tar');
		const content = randomBytes(3_000_000);
		writeFileSync(path, content);
		const send = runVerb([
			'send',
			path,
			'--to',
			`127.0.0.1:${listening.tcpPort}`,
			'--json',
			...state(),
		]);
		const saved = await listening.fact('transfer/entrySaved');
		await expectCode(send, 0);
		expect(saved).toMatchObject({savedAs: 'build.tar'});
		expect(saved['digest']).toMatch(/^[\da-f]{64}$/);
		expect(readFileSync(join(listening.received, 'build.tar'))).toStrictEqual(
			content,
		);
		const said = send.lines.map(line => JSON.parse(line) as unknown);
		expect(said).toContainEqual(
			expect.objectContaining({
				type: 'transfer/entrySaved',
				digest: saved['digest'],
			}),
		);
		expect(said).toContainEqual(
			expect.objectContaining({
				type: 'transfer/finished',
				outcome: expect.objectContaining({kind: 'saved'}) as unknown,
			}),
		);
		// The same file again is there already; another one is never written over it.
		const sendAgain = async () => {
			const again = runVerb([
				'send',
				path,
				'--to',
				`127.0.0.1:${listening.tcpPort}`,
				...state(),
			]);
			await expectCode(again, 0);
			return again.lines.join('\n');
		};
		expect(await sendAgain()).toContain('is there already');
		expect(visibleNames(listening.received)).toStrictEqual(['build.tar']);
		writeFileSync(path, randomBytes(3_000_000));
		expect(await sendAgain()).toContain('saved there as build (1).tar');
		expect(visibleNames(listening.received)).toStrictEqual([
			'build (1).tar',
			'build.tar',
		]);
	});

	test('sends a folder as a tree, says what it leaves out, and makes no second one of the same', async () => {
		const listening = await startListening(['--accept', 'all']);
		const folder = join(testFolder(), 'photos');
		mkdirSync(join(folder, '2024', 'empty'), {recursive: true});
		writeFileSync(join(folder, 'a.txt'), 'a');
		writeFileSync(join(folder, '2024', 'b.txt'), 'b');
		symlinkSync('/etc', join(folder, 'etc'));
		for (const change of [undefined, undefined, 'longer']) {
			if (change) writeFileSync(join(folder, 'a.txt'), change);
			const send = runVerb([
				'send',
				folder,
				'--to',
				`127.0.0.1:${listening.tcpPort}`,
				...state(),
			]);
			await expectCode(send, 0);
			expect(send.errors()).toContain('1 entry is left out');
			expect(
				readdirSync(
					join(listening.received, change ? 'photos (1)' : 'photos'),
					{recursive: true},
				)
					.map(String)
					.sort(),
			).toStrictEqual(['2024', '2024/b.txt', '2024/empty', 'a.txt']);
			expect(readdirSync(listening.received).sort()).toStrictEqual(
				change ? ['photos', 'photos (1)'] : ['photos'],
			);
		}
	});

	test('exits 3 when it is declined, and nothing is written', async () => {
		const listening = await startListening(['--accept', 'none']);
		const path = join(testFolder(), 'unwanted.bin');
		writeFileSync(path, 'no');
		const send = runVerb([
			'send',
			path,
			'--to',
			`127.0.0.1:${listening.tcpPort}`,
			...state(),
		]);
		await expectCode(send, 3);
		expect(
			existsSync(listening.received) ? readdirSync(listening.received) : [],
		).toStrictEqual([]);
	});

	test('a missing file, a missing address and nobody there: 1, 2 and 1, one sentence each', async () => {
		const listening = await startListening();
		const path = join(testFolder(), 'here.txt');
		writeFileSync(path, 'here');
		const missing = runVerb([
			'send',
			'/no/such/file',
			'--to',
			`127.0.0.1:${listening.tcpPort}`,
			...state(),
		]);
		await expectCode(missing, 1);
		expect(missing.errors()).toContain('/no/such/file');
		const nowhere = runVerb(['send', path, ...state()]);
		await expectCode(nowhere, 2);
		expect(nowhere.errors()).toContain('--to');
		const nobody = runVerb([
			'send',
			path,
			'--to',
			`127.0.0.1:${await freePort()}`,
			...state(),
		]);
		await expectCode(nobody, 1);
		expect(nobody.errors().trim().split('\n')).toHaveLength(1);
	});
});

describe('sockterm say', () => {
	test('to a peer, exits 0 after the acknowledgement', async () => {
		const listening = await startListening();
		const say = runVerb([
			'say',
			'--to',
			`127.0.0.1:${listening.tcpPort}`,
			'hello 你好',
			...state(),
		]);
		await expectCode(say, 0);
		await listening.fact('chat/received', ({text}) => text === 'hello 你好');
	});

	test('text from stdin with -', async () => {
		const listening = await startListening();
		const say = runVerb([
			'say',
			'--to',
			`127.0.0.1:${listening.tcpPort}`,
			'-',
			...state(),
		]);
		say.write('from a pipe\n');
		say.endInput();
		await expectCode(say, 0);
		await listening.fact('chat/received', ({text}) => text === 'from a pipe');
	});

	test("tcp:// and udp:// speak to the course's servers in GBK", async () => {
		const tcp = runPeer('course_tcp_server.py');
		const udp = runPeer('course_udp_server.py', ['--port', 0]);
		const [tcpPort, udpPort] = (
			await Promise.all([tcp.waitForLine('bound'), udp.waitForLine('bound')])
		).map(line => /\d+/.exec(line)?.[0]);
		await expectCode(
			runVerb([
				'say',
				'--to',
				`tcp://127.0.0.1:${tcpPort}`,
				'--encoding',
				'gbk',
				'多谢',
				...state(),
			]),
			0,
		);
		await tcp.waitForLine('received 多谢');
		await expectCode(
			runVerb([
				'say',
				'--to',
				`udp://127.0.0.1:${udpPort}`,
				'--encoding',
				'gbk',
				'数据',
				...state(),
			]),
			0,
		);
		await udp.waitForLine(/received 127\.0\.0\.1 \d+ 数据/);
	});

	test('a text that the encoding cannot say, and a server that is not sockterm: 1', async () => {
		const server = runPeer('course_tcp_server.py', ['--greet', 'hello']);
		const port = /\d+/.exec(await server.waitForLine('bound'))?.[0];
		await expectCode(
			runVerb([
				'say',
				'--to',
				`tcp://127.0.0.1:${port}`,
				'--encoding',
				'latin1',
				'你好',
				...state(),
			]),
			1,
		);
		const plain = runVerb([
			'say',
			'--to',
			`127.0.0.1:${port}`,
			'hello',
			...state(),
		]);
		await expectCode(plain, 1);
		expect(plain.errors()).toMatch(/tcp:\/\//);
	});
});
