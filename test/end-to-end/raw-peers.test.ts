import {createConnection} from 'node:net';
import {describe, expect, test} from 'vitest';
import {runPeer, startConsole} from '../helpers/sockterm-program.js';

/** Rows of the conversation that hold the text. */
const rowsWith = (screen: readonly string[], text: string) =>
	screen.filter(row => row.includes(text));

describe('raw clients', () => {
	test("the course's TCP client: one peer, one line in GBK, one left", async () => {
		const alice = await startConsole();
		const client = runPeer('course_tcp_client.py', [
			'127.0.0.1',
			alice.tcpPort,
			'你好，服务器',
		]);
		expect((await client.exit).code).toBe(0);
		await alice.waitFor(/left/i);
		expect(rowsWith(alice.screen(), '你好，服务器')).toHaveLength(1);
		await alice.waitFor('PLAIN');
		expect(alice.screen().filter(row => /\bleft\b/i.test(row))).toHaveLength(1);
	});

	test('a silent client is shown and can be written to', async () => {
		const alice = await startConsole();
		const port = alice.tcpPort;
		const silent = createConnection({host: '127.0.0.1', port});
		const received = new Promise<string>(resolve => {
			silent.once('data', data => resolve(data.toString('utf8')));
		});
		await alice.waitFor(/127\.0\.0\.1/);
		alice.enter('/all anybody there?');
		expect(await received).toContain('anybody there?');
		silent.destroy();
		await alice.waitFor(/left/i);
	});

	test("the course's TCP server, dialled with tcp://, in its encoding", async () => {
		const server = runPeer('course_tcp_server.py', ['--greet', '欢迎光临']);
		const port = /\d+/.exec(await server.waitForLine('bound'))?.[0];
		const alice = await startConsole();
		alice.enter(`/connect tcp://127.0.0.1:${port}`);
		await server.waitForLine('connected');
		await alice.waitFor('欢迎光临');
		// It answered in GBK, so GBK is what it gets.
		alice.enter('多谢');
		await server.waitForLine('received 多谢');
	});

	test('a TLS client that knows nothing of sockterm is a raw peer, PLAIN', async () => {
		const alice = await startConsole();
		const client = runPeer('tls_client.py', [
			'127.0.0.1',
			alice.tcpPort,
			'from inside TLS',
		]);
		await alice.waitFor('from inside TLS');
		expect(alice.text()).toContain('PLAIN');
		alice.enter('/all and an answer');
		await client.waitForLine('received and an answer');
		client.endInput();
		await alice.waitFor(/left/i);
	});

	test('a browser, noise and zeros end nothing but themselves', async () => {
		const alice = await startConsole({name: 'alice'});
		const port = alice.tcpPort;
		runPeer('garbage.py', ['127.0.0.1', port, 'http', '--leave']);
		await alice.waitFor('GET / HTTP/1.1');
		const kinds = ['random', 'zeros', 'long', 'fake-tls'];
		const others = kinds.map(kind =>
			runPeer('garbage.py', ['127.0.0.1', port, kind, '--leave']),
		);
		// All of it has been read: what comes now is the last on the screen.
		await Promise.all(others.map(async peer => peer.waitForLine('closed')));
		const client = runPeer('course_tcp_client.py', [
			'127.0.0.1',
			port,
			'still here',
		]);
		await client.exit;
		await alice.waitFor('still here');
	});

	test('escape sequences of a raw client never reach the terminal', async () => {
		const alice = await startConsole();
		// While a frame is drawn, and before the first one, the cursor is hidden.
		await expect.poll(() => alice.modes().cursorVisible).toBe(true);
		const before = alice.modes();
		const client = runPeer('escape_text.py', ['127.0.0.1', alice.tcpPort]);
		await client.waitForLine('sent');
		await alice.waitFor('evil cut');

		const output = alice.output();
		for (const forbidden of [
			'\u001B]52',
			'\u001B]8;;http',
			'stolen title\u0007',
			'\u001BP',
			'\u001Bc',
			'\u001B[31;1;5m',
			'\u001B[6n',
			'\u202E',
			'\u2066',
			'\u200B',
			'\u2028',
			'\u{E0041}',
			'\u0007',
			'\u000E',
			'\u0000',
		]) {
			expect(output).not.toContain(forbidden);
		}
		// Neither a C1 control nor a stray C0 other than what a terminal program writes itself.
		expect(output).not.toMatch(/[\u0080-\u009F]/);
		expect(alice.titles().filter(title => /stolen|title/.test(title))).toEqual(
			[],
		);
		await expect.poll(() => alice.modes()).toStrictEqual(before);
		// A forged row cannot begin where our own rows begin.
		expect(
			alice.screen().filter(row => /^[│\s]*12:00:00\s+bob\s+>/.test(row)),
		).toEqual([]);
		client.endInput();
		await alice.waitFor(/left/i);
	});
});

describe('a thousand raw clients', () => {
	test('are held, listed and written to by All, while some break off', async () => {
		const alice = await startConsole();
		const clients = runPeer('many_clients.py', [
			'127.0.0.1',
			alice.tcpPort,
			1000,
		]);
		await clients.waitForLine('open 1000', 30_000);
		await alice.waitFor(/1,?000 peers/, 30_000);

		alice.enter('/all hello everybody');
		clients.write('expect hello everybody\n');
		await clients.waitForLine('received 1000 of 1000', 30_000);

		clients.write('break 100\nexpect are you still there\n');
		await clients.waitForLine('broke 100');
		alice.enter('/all are you still there');
		await clients.waitForLine('received 900 of 900', 30_000);
		await alice.waitFor(/900 peers/, 30_000);

		clients.write('say answer from\n');
		await clients.waitForLine('said 900');
		await alice.waitFor(/answer from \d+/, 30_000);
		clients.write('quit\n');
		await clients.waitForLine('closed 900');
		await alice.waitFor(/\b0 peers|no peers|nobody/i, 30_000);
	}, 120_000);
});
