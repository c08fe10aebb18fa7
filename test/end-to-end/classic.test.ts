/** The classic file assistant through the built program: the course's programs on the other side. */
import {randomBytes} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {ChildProgram} from '../helpers/child-program.js';
import {
	homeFlags,
	runPeer,
	runVerb,
	startConsole,
	testFolder,
} from '../helpers/sockterm-program.js';

const size = 1024 * 1024 + 3;
const name = '课程报告.bin';

function makeFile(): {path: string; bytes: Buffer} {
	const path = join(testFolder(), name);
	const bytes = randomBytes(size);
	writeFileSync(path, bytes);
	return {path, bytes};
}

async function startReceiving(...args: string[]) {
	const home = testFolder();
	const program = runVerb(
		[
			'listen',
			'--classic-receive',
			'--tcp',
			'0',
			'--host',
			'127.0.0.1',
			'--json',
			...homeFlags(home),
			...args,
		],
		home,
	);
	const bound = await program.waitForLine('listener/bound');
	const {port} = JSON.parse(bound) as {port: number};
	const received = join(home, 'received');
	return {program, port, received};
}

async function startCourseReceiver() {
	const folder = testFolder();
	const program = runPeer('classic_receiver.py', [folder]);
	const port = (await program.waitForLine('bound')).split(' ')[1] ?? '';
	return {program, port, folder};
}

const send = (...args: string[]) => {
	const home = testFolder();
	return runVerb(
		['send', '--classic', ...args, '--state-dir', join(home, 'state')],
		home,
	);
};

const ended = async (program: ChildProgram) => (await program.exit).code;

describe('without a screen', () => {
	test('receives from the sender of the course', async () => {
		const {path, bytes} = makeFile();
		const {program, port, received} = await startReceiving();
		const sender = runPeer('classic_sender.py', ['127.0.0.1', port, path]);
		await sender.waitForLine(`sent ${name}`);
		const saved = await program.waitForLine('transfer/entrySaved');
		expect(JSON.parse(saved)).toMatchObject({savedAs: name});
		expect(readFileSync(join(received, name)).equals(bytes)).toBe(true);
		const offered = await program.waitForLine('transfer/offered');
		expect(JSON.parse(offered)).toMatchObject({trust: 'PLAIN'});
	});

	test('says why a file was not taken', async () => {
		const {path} = makeFile();
		const {program, port, received} = await startReceiving();
		const sender = runPeer('classic_sender.py', [
			'127.0.0.1',
			port,
			path,
			'--name',
			'.bashrc',
		]);
		await sender.exit;
		const failed = await program.waitForLine('transfer/entryFailed');
		expect(JSON.parse(failed)).toMatchObject({error: {code: 'nameFlagged'}});
		expect(existsSync(received) ? readdirSync(received) : []).toEqual([]);
	});

	test('sends to the receiver of the course', async () => {
		const {path, bytes} = makeFile();
		const {program, port, folder} = await startCourseReceiver();
		const sender = send(path, '--to', `127.0.0.1:${port}`);
		expect(await ended(sender)).toBe(0);
		expect(sender.lines[0]).toMatch(
			/^Sent 课程报告\.bin to 127\.0\.0\.1:\d+: 1 MB in /,
		);
		await program.waitForLine(`kept ${size}`);
		expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true);
	});

	test('sends to itself', async () => {
		const {path, bytes} = makeFile();
		const {program, port, received} = await startReceiving();
		expect(await ended(send(path, '--to', `127.0.0.1:${port}`))).toBe(0);
		await program.waitForLine('transfer/entrySaved');
		expect(readFileSync(join(received, name)).equals(bytes)).toBe(true);
	});

	test.each([
		[
			'a file that is not there',
			['/nowhere/x.txt'],
			1,
			'/nowhere/x.txt does not exist',
		],
		['a folder', [], 1, 'takes one file at a time'],
		['an address without a port', ['x', '--to', 'localhost'], 2, 'port'],
	])('says what is wrong with %s', async (_what, args, code, sentence) => {
		const given = args.length > 0 ? args : [testFolder()];
		const to = args.includes('--to') ? [] : ['--to', '127.0.0.1:1'];
		if (args.length === 0) writeFileSync(join(given[0]!, 'a'), 'a');
		const sender = send(...given, ...to);
		expect(await ended(sender)).toBe(code);
		expect(sender.errors()).toContain(sentence);
	});

	test('says that nobody listens, and who is no classic receiver', async () => {
		const {path} = makeFile();
		const nobody = send(path, '--to', '127.0.0.1:1');
		expect(await ended(nobody)).toBe(1);
		expect(nobody.errors()).toContain('Nothing listens on 127.0.0.1:1');
		const other = runPeer('course_tcp_server.py', ['--greet', '欢迎光临']);
		const port = (await other.waitForLine('bound')).split(' ')[1]!;
		const sender = send(path, '--to', `127.0.0.1:${port}`);
		expect(await ended(sender)).toBe(1);
		expect(sender.errors()).toContain('did not ask for a file name');
		expect(sender.errors()).toContain('欢迎光临');
	});
});

describe('the console', () => {
	test('receives with /listen tcp --classic, and shows it PLAIN', async () => {
		const {path, bytes} = makeFile();
		const alice = await startConsole({columns: 140});
		alice.enter('/listen tcp 127.0.0.1:0 --classic');
		const ports = /tcp \S+:\d+ \S+:(\d+)/;
		const port = ports.exec(await alice.waitFor(ports))?.[1] ?? '';
		alice.enter('/listen');
		await alice.waitFor('classic file assistant');
		alice.write('\u{1b}');
		const sender = runPeer('classic_sender.py', ['127.0.0.1', port, path]);
		await sender.waitForLine(`sent ${name}`);
		await alice.waitFor(/saved, \d/);
		expect(alice.text()).toMatch(/↓ · PLAIN 课程报告/);
		expect(readFileSync(join(alice.received, name)).equals(bytes)).toBe(true);
	});

	test('sends with /send --classic', async () => {
		const {path, bytes} = makeFile();
		const {program, port, folder} = await startCourseReceiver();
		const alice = await startConsole({columns: 140});
		alice.enter(`/send --classic 127.0.0.1:${port} ${path}`);
		await program.waitForLine(`kept ${size}`);
		expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true);
		await alice.waitFor(/sent, \d/);
		expect(alice.text()).toContain('PLAIN');
	});

	test('says that nobody listens there', async () => {
		const {path} = makeFile();
		const alice = await startConsole({columns: 140});
		alice.enter(`/send --classic 127.0.0.1:1 ${path}`);
		await alice.waitFor('Nothing listens on 127.0.0.1:1');
	});
});
