import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {startChild} from '../helpers/child-program.js';
import {freePort} from '../helpers/free-port.js';
import {peersFolder} from '../helpers/programs.js';
import {
	runVerb,
	startConsole,
	testFolder,
} from '../helpers/sockterm-program.js';

/** A server that gives back what it gets, in capitals, and ends when it is ended. */
async function startServer(): Promise<number> {
	const server = createServer({allowHalfOpen: true}, socket => {
		socket.on('data', bytes => {
			socket.write(String(bytes).toUpperCase());
		});
		socket.on('end', () => socket.end());
		socket.on('error', () => undefined);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

/** What `nc -N` does, on every machine: it ends with its input. */
function startClient(port: number) {
	const script = join(peersFolder, 'pipe_client.py');
	const client = startChild('python3', [script, '127.0.0.1', String(port)]);
	onTestFinished(() => client.stop());
	return client;
}

/** `sockterm relay` on a free port, and where it listens. */
async function startRelay(args: readonly string[]) {
	const server = await startServer();
	const relay = runVerb([
		'relay',
		'127.0.0.1:0',
		`127.0.0.1:${server}`,
		...args,
	]);
	const found = () => /Listening on 127\.0\.0\.1:(\d+)/.exec(relay.errors());
	await expect.poll(found, {timeout: 20_000}).not.toBeNull();
	return {relay, port: Number(found()![1])};
}

describe('sockterm relay', () => {
	test('shows both directions between a client and a server, which see nothing of it', async () => {
		const {relay, port} = await startRelay([]);
		const client = startClient(port);
		client.write('hello\nworld\n');
		await client.waitForLine('WORLD');
		client.endInput();
		expect((await client.exit).code).toBe(0);
		expect(client.lines).toEqual(['HELLO', 'WORLD']);
		await relay.waitForLine(/← WORLD$/);
		const said = relay.lines.map(line => line.replace(/^\S+ /, ''));
		expect(said.toSorted()).toEqual(
			['→ hello', '→ world', '← HELLO', '← WORLD'].toSorted(),
		);
		relay.process.kill('SIGINT');
		expect((await relay.exit).code).toBe(130);
	});

	test('shows hex, keeps a dump, and drops what it is told to', async () => {
		const file = join(testFolder(), 'all.hex');
		const {relay, port} = await startRelay([
			'--hex',
			'-x',
			file,
			'--impair',
			'drop=100%',
		]);
		const client = startClient(port);
		client.write('hello\n');
		await relay.waitForLine('68 65 6c 6c 6f 0a');
		client.endInput();
		await client.exit;
		expect(client.lines).toEqual([]);
		expect(readFileSync(file, 'utf8')).toMatch(/^< 00000000 {2}68 65 6c/m);
	});

	test('gives NDJSON', async () => {
		const server = await startServer();
		const relay = runVerb([
			'relay',
			'127.0.0.1:0',
			`127.0.0.1:${server}`,
			'--json',
		]);
		const line = await relay.waitForLine('"listener/bound"');
		const {port} = JSON.parse(line) as {port: number};
		const client = startClient(port);
		client.write('hello\n');
		await relay.waitForLine('"text":"hello"');
		await relay.waitForLine('"hex":"48454c4c4f0a"');
		client.endInput();
		await relay.waitForLine('"peer/left"');
	});

	test('says what is wrong with its use', async () => {
		const relay = runVerb(['relay', '9001']);
		expect((await relay.exit).code).toBe(2);
		expect(relay.errors()).toContain('sockterm relay needs a port');
	});
});

test('in the console: a relay, and a rule that answers', async () => {
	const server = await startServer();
	const port = await freePort();
	const alice = await startConsole();
	alice.enter(`/relay 127.0.0.1:${port} 127.0.0.1:${server}`);
	await alice.waitFor(new RegExp(`tcp .*127.0.0.1:${port}`));
	const client = startClient(port);
	await alice.waitFor('joined');
	alice.enter('/rule when contains "ping" answer "by rule\\n"');
	alice.enter('/rule list');
	await alice.waitFor('0 hits');
	client.write('ping\n');
	await client.waitForLine('PING');
	await client.waitForLine('by rule');
	// The window shows what happens while it is open.
	await alice.waitFor('1 hit');
	alice.write('q');
	await alice.waitFor('rule 1');
});
