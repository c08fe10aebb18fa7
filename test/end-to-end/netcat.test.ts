/** The built program in the place of netcat, against the netcats of the system where they are there. */
import {createHash, randomBytes} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {createServer, connect, type AddressInfo} from 'node:net';
import {once} from 'node:events';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {
	hasProgram,
	startPiped,
	type PipedOptions,
} from '../helpers/piped-program.js';
import {cleanEnvironment, socktermScript} from '../helpers/programs.js';
import {testFolder} from '../helpers/sockterm-program.js';
import {waitFor} from '../helpers/wait-for.js';

const sockterm = (args: readonly string[], options: PipedOptions = {}) => {
	const home = testFolder();
	return startPiped(process.execPath, [socktermScript, ...args], {
		env: cleanEnvironment(home),
		cwd: home,
		...options,
	});
};

const sha = (bytes: Uint8Array) =>
	createHash('sha256').update(bytes).digest('hex');

/** `sockterm -l …` on a port of its own. */
async function listening(
	args: readonly string[] = [],
	options: PipedOptions = {},
) {
	const program = sockterm(['-l', '-v', ...args, '127.0.0.1', '0'], options);
	const said = await program.said(/Listening on \w+ 127\.0\.0\.1:\d+/);
	const port = /127\.0\.0\.1:(\d+)/.exec(said)![1]!;
	return {...program, port};
}

/** A file of random bytes, so long that no buffer on the way holds it. */
function randomFile(sizeBytes = 20_000_003): {path: string; hash: string} {
	const path = join(testFolder(), 'random');
	const bytes = randomBytes(sizeBytes);
	writeFileSync(path, bytes);
	return {path, hash: sha(bytes)};
}

const ownEnvironment = {env: process.env};

describe('both ends are ours', () => {
	test('20 MB each way at the same time, byte for byte', async () => {
		const up = randomFile();
		const down = randomFile();
		const received = join(testFolder(), 'received');
		const server = await listening([], {
			input: {file: down.path},
			outputFile: received,
		});
		const client = sockterm(['127.0.0.1', server.port], {
			input: {file: up.path},
		});
		expect(await Promise.all([server.code, client.code])).toEqual([0, 0]);
		expect(sha(readFileSync(received))).toBe(up.hash);
		expect(sha(client.output())).toBe(down.hash);
		expect(client.errors()).toBe('');
	});

	test('inside TLS', async () => {
		const up = randomFile(3_000_001);
		const server = await listening(['--ssl'], {input: Buffer.from('secret')});
		const client = sockterm(['--ssl', '-v', '127.0.0.1', server.port], {
			input: {file: up.path},
		});
		expect(await Promise.all([server.code, client.code])).toEqual([0, 0]);
		expect(sha(server.output())).toBe(up.hash);
		expect(client.output().toString()).toBe('secret');
		expect(client.errors()).toMatch(/fingerprint ([\dA-F]{2}:){31}/);
	});

	test('datagrams, each whole', async () => {
		const server = await listening(['-u', '-w', '2']);
		const client = sockterm(['-u', '-w', '1', '127.0.0.1', server.port], {
			input: Buffer.from('你好'),
		});
		expect(await client.code).toBe(0);
		expect(await server.code).toBe(0);
		expect(server.output().toString()).toBe('你好');
	});

	test('-x writes both directions to a file, -C makes line ends', async () => {
		const dump = join(testFolder(), 'dump');
		const server = await listening([], {input: Buffer.from('ok')});
		const client = sockterm(['-C', '-x', dump, '127.0.0.1', server.port], {
			input: Buffer.from('a\nb\r\n'),
		});
		expect(await Promise.all([server.code, client.code])).toEqual([0, 0]);
		expect(server.output().toString()).toBe('a\r\nb\r\n');
		const text = readFileSync(dump, 'utf8');
		expect(text).toMatch(/^> 00000000 {2}61 0d 0a 62 0d 0a +\|a\.\.b\.\.\|$/m);
		expect(text).toMatch(/^< 00000000 {2}6f 6b +\|ok\|$/m);
	});
});

test('all is sent to a server that ended its own side at once', async () => {
	const up = randomFile();
	const got: Buffer[] = [];
	const ended = Promise.withResolvers<void>();
	const server = createServer({allowHalfOpen: true}, socket => {
		socket.on('end', ended.resolve);
		socket.end('goodbye');
		socket.pause();
		socket.on('data', bytes => got.push(bytes));
		setTimeout(() => socket.resume(), 300);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	const {port} = server.address() as AddressInfo;
	const client = sockterm(['127.0.0.1', String(port)], {
		input: {file: up.path},
	});
	expect(await client.code).toBe(0);
	expect(client.output().toString()).toBe('goodbye');
	await ended.promise;
	expect(sha(Buffer.concat(got))).toBe(up.hash);
});

test('a reader that does not read holds the writer, and memory stays as it is', async () => {
	const server = createServer(socket => socket.pause());
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	const {port} = server.address() as AddressInfo;
	const client = sockterm(['127.0.0.1', String(port)], {input: 'open'});
	const stdin = client.process.stdin!;
	const block = Buffer.alloc(1_000_000);
	let isTaken = true;
	for (let n = 0; n < 200 && isTaken; n++) {
		isTaken = await new Promise<boolean>(resolve => {
			const timer = setTimeout(() => resolve(false), 1_500);
			stdin.write(block, () => {
				clearTimeout(timer);
				resolve(true);
			});
		});
	}

	expect(isTaken).toBe(false);
	const status = readFileSync(`/proc/${client.process.pid}/status`, 'utf8');
	const residentKb = Number(/VmRSS:\s+(\d+)/.exec(status)![1]);
	expect(residentKb).toBeLessThan(300_000);
	client.process.kill('SIGINT');
	expect(await client.code).toBe(130);
});

describe('-k', () => {
	test('takes one after the other until it is stopped', async () => {
		const server = await listening(['-k'], {input: 'open'});
		for (const text of ['one ', 'two ']) {
			const socket = connect(Number(server.port), '127.0.0.1');
			socket.end(text);
			await waitFor(
				() => server.output().toString().includes(text) || undefined,
				text,
			);
		}

		server.process.kill('SIGINT');
		expect(await server.code).toBe(130);
		expect(server.output().toString()).toBe('one two ');
	});
});

describe('what cannot be', () => {
	test.each([
		[['-l', '9000', '-e', '/bin/sh'], 2, /^-e would let whoever connects run/],
		[['-c', 'sh', '127.0.0.1', '9'], 2, /^-c would let whoever connects run/],
		[['-l'], 2, /which port/],
		[['127.0.0.1', '1'], 1, /Nothing listens on 127\.0\.0\.1:1/],
		[['-n', 'localhost', '1'], 2, /not the name/],
		[['-x', '/no/such/folder/dump', '127.0.0.1', '1'], 1, /cannot be written/],
	] as const)('sockterm %j exits with %i', async (args, code, sentence) => {
		const program = sockterm(args);
		expect(await program.code).toBe(code);
		expect(program.errors()).toMatch(sentence);
		expect(program.output()).toHaveLength(0);
	});
});

describe('with the netcats of this system', () => {
	test.runIf(hasProgram('nc'))('nc as client and as server', async () => {
		const up = randomFile();
		const server = await listening();
		const nc = startPiped('nc', ['-N', '127.0.0.1', server.port], {
			...ownEnvironment,
			input: {file: up.path},
		});
		expect(await server.code).toBe(0);
		await nc.code;
		expect(sha(server.output())).toBe(up.hash);
	});

	test.runIf(hasProgram('ncat'))('ncat --ssl as client', async () => {
		const server = await listening(['--ssl'], {
			input: Buffer.from('from sockterm\n'),
		});
		const ncat = startPiped('ncat', ['--ssl', '127.0.0.1', server.port], {
			...ownEnvironment,
			input: 'open',
		});
		ncat.process.stdin!.write('from ncat\n');
		await waitFor(
			() =>
				(server.output().includes('from ncat') &&
					ncat.output().includes('from sockterm')) ||
				undefined,
			'both lines',
		);
		ncat.process.stdin!.end();
		expect(await server.code).toBe(0);
	});

	test.runIf(hasProgram('openssl'))('openssl s_server, dialled', async () => {
		const folder = testFolder();
		const [key, certificate] = ['key.pem', 'cert.pem'].map(each =>
			join(folder, each),
		) as [string, string];
		const made = startPiped(
			'openssl',
			[
				...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test -keyout'.split(
					' ',
				),
				key,
				'-out',
				certificate,
			],
			ownEnvironment,
		);
		expect(await made.code).toBe(0);
		const server = startPiped(
			'openssl',
			['s_server', '-accept', '127.0.0.1:0', '-key', key, '-cert', certificate],
			{...ownEnvironment, input: 'open'},
		);
		const port = await waitFor(
			() => /ACCEPT 127\.0\.0\.1:(\d+)/.exec(server.output().toString())?.[1],
			'ACCEPT',
		);
		const client = sockterm(['--ssl', '127.0.0.1', port], {input: 'open'});
		client.process.stdin!.write('hello openssl\n');
		await waitFor(
			() => server.output().includes('hello openssl') || undefined,
			'hello openssl',
		);
		server.process.stdin!.write('hello sockterm\n');
		await waitFor(
			() => client.output().includes('hello sockterm') || undefined,
			'hello sockterm',
		);
		client.process.stdin!.end();
		server.process.stdin!.write('Q\n');
		await client.code;
	});

	test.runIf(hasProgram('socat'))('socat as server and as client', async () => {
		const up = randomFile(1_000_003);
		const server = await listening();
		const socat = startPiped(
			'socat',
			['-u', '-', `TCP:127.0.0.1:${server.port}`],
			{...ownEnvironment, input: {file: up.path}},
		);
		expect(await server.code).toBe(0);
		await socat.code;
		expect(sha(server.output())).toBe(up.hash);
	});
});
