/** What strangers send to verbs never reaches the terminal as more than text: the built program under a real pseudo-terminal. */
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {mkdirSync, writeFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import {join} from 'node:path';
import {setImmediate as turn, setTimeout as delay} from 'node:timers/promises';
import {describe, expect, onTestFinished, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {
	evilFiles,
	evilNames,
	offerOrder,
	renameOrder,
	sayOrder,
	sendAttackLines,
} from '../helpers/attack-orders.js';
import {findBadOutput} from '../helpers/harmless-output.js';
import {cleanEnvironment, socktermScript} from '../helpers/programs.js';
import {homeFlags, runPeer, testFolder} from '../helpers/sockterm-program.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';
import {terminalAttacks, textAttacks} from '../helpers/terminal-attacks.js';
import {strayOutput} from '../helpers/terminal-output.js';

const attempt = {timeout: 60_000};
const local = ['--host', '127.0.0.1'];

/** `sockterm VERB …` on a terminal of its own, or what takes the place of netcat, which keeps nothing. */
function onTerminal(args: readonly string[]): Terminal {
	const home = testFolder();
	mkdirSync(join(home, 'received'));
	const terminal = openTerminal({
		command: process.execPath,
		args: [
			socktermScript,
			...args,
			...(args[0]?.startsWith('-') ? [] : homeFlags(home)),
		],
		env: cleanEnvironment(home),
		columns: 100,
		rows: 40,
		cwd: home,
	});
	onTestFinished(async () => terminal.close());
	return terminal;
}

/** Verbs draw with carriage returns and blanks alone: no escape is theirs. */
function expectHarmless(terminal: Terminal, {bar = false} = {}): void {
	const output = terminal.output();
	expect(output).not.toContain('\u001B');
	expect(strayOutput(bar ? output.replaceAll('\r', '') : output)).toEqual([]);
}

async function portOf(
	terminal: Terminal,
	kind: 'tcp' | 'udp',
): Promise<number> {
	const pattern = new RegExp(
		`on ${kind} \\S+:(\\d+)|"kind":"${kind}"[^}]*?"port":(\\d+)`,
	);
	const read = () => pattern.exec(terminal.output());
	await terminal.waitFor(() => read() !== null);
	const [, told, event] = read()!;
	return Number(told ?? event);
}

async function sendDatagrams(port: number, last: string): Promise<void> {
	const socket = createSocket('udp4');
	const all = [...terminalAttacks.map(each => each.bytes), Buffer.from(last)];
	const perSecond = limits.datagramsShownPerSecond - 50;
	for (const [at, bytes] of all.entries()) {
		// What is too much for a second is counted alone.
		if (at > 0 && at % perSecond === 0) await delay(1100);
		await new Promise(resolve => {
			socket.send(bytes, port, '127.0.0.1', resolve);
		});
		await turn();
	}

	socket.close();
}

/** Folders and files of each name, also inside of others. */
const trees = evilFiles.map(name => ['tree', name, name]);

/** All that an encrypted peer can say, `last` last. */
async function attackAsPeer(port: number, last: string): Promise<void> {
	const speaker = runPeer('sockterm_speaker.py', [
		'127.0.0.1',
		port,
		'--nick',
		'evil\u001B[31m\u202E',
	]);
	await speaker.waitForLine('connected');
	let number = 0;
	for (const text of textAttacks) speaker.write(sayOrder(text, number++));
	for (const name of evilNames) {
		speaker.write(renameOrder(name));
		speaker.write(sayOrder(`name ${number}`, number++));
	}

	speaker.write(offerOrder(1, trees));
	for (const [at, name] of evilNames.slice(0, 5).entries())
		speaker.write(offerOrder(at + 2, [[name], ['folder', name]]));
	speaker.write(sayOrder(last, number));
	// A code is letters: this one ends the session.
	const code = `evil${evilNames[1]!}`;
	speaker.write(`frame 5 ${JSON.stringify({code})}\n`);
}

describe.each([
	['lines', []],
	['hex', ['--hex']],
	['NDJSON', ['--json']],
])('listen, as %s', (form, flags) => {
	test(
		'lines of a plain peer, datagrams, and an encrypted peer',
		attempt,
		async () => {
			const listen = onTerminal([
				'listen',
				'--tcp',
				'0',
				'--udp',
				'0',
				...local,
				...flags,
			]);
			const udp = await portOf(listen, 'udp');
			const tcp = await portOf(listen, 'tcp');
			const shown = (text: string) =>
				form === 'hex' ? Buffer.from(text).toString('hex', 0, 5) : text;
			await sendAttackLines(tcp, 'lines over', 'lines');
			await listen.waitFor(() =>
				listen
					.output()
					.replaceAll(' ', '')
					.includes(shown('lines over').replaceAll(' ', '')),
			);
			await sendDatagrams(udp, 'datagrams over');
			await listen.waitFor(() => listen.output().includes('datagrams over'));
			await attackAsPeer(tcp, 'peer over');
			await listen.waitFor(() => listen.output().includes('peer over'));
			await listen.waitFor(
				() => (listen.output().match(/\bleft\b/g) ?? []).length > 1,
			);
			expectHarmless(listen);
			if (form !== 'NDJSON') return;
			const lines = listen.output().trimEnd().split('\r\n');
			const events = lines.filter(line => line.startsWith('{'));
			expect(events.length).toBeGreaterThan(terminalAttacks.length);
			expect(findBadOutput(events, '')).toEqual([]);
		},
	);
});

test('udp listen', attempt, async () => {
	const listen = onTerminal(['udp', 'listen', '0', ...local]);
	await sendDatagrams(await portOf(listen, 'udp'), 'datagrams over');
	await listen.waitFor('datagrams over');
	expectHarmless(listen);
});

test('relay, what client and server say', attempt, async () => {
	const server = createServer(socket => socket.pipe(socket));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	const {port} = server.address() as {readonly port: number};
	const relay = onTerminal(['relay', '0', `127.0.0.1:${port}`]);
	const listening = /on \S+?:(\d+);/;
	const text = await relay.waitFor(listening);
	await sendAttackLines(
		Number(listening.exec(text)![1]),
		'lines over',
		'lines',
	);
	await relay.waitFor(() => relay.output().split('lines over').length === 3);
	expectHarmless(relay);
});

describe('receive', () => {
	test('the question about names that are attacks', attempt, async () => {
		const receive = onTerminal(['receive', '--tcp', '0', ...local]);
		const port = await portOf(receive, 'tcp');
		const speaker = runPeer('sockterm_speaker.py', [
			'127.0.0.1',
			port,
			'--nick',
			'evil\u001B]0;stolen\u0007\u202E',
		]);
		await speaker.waitForLine('connected');
		speaker.write(offerOrder(1, [...trees, ...evilNames.map(name => [name])]));
		await receive.waitFor('y/N');
		expect(receive.output()).toContain('evil␛]0;stolen');
		receive.write('n\r');
		await receive.exit;
		expectHarmless(receive);
	});
});

/** A name that a file system allows, and no terminal should see. */
const evilName = 'evil\u001B[2J\u001B]0;stolen\u0007\u202E\r.txt';

test(
	'send and receive, with their bars: names of files and of folders',
	attempt,
	async () => {
		const receive = onTerminal(['receive', '--yes', '--tcp', '0', ...local]);
		const port = await portOf(receive, 'tcp');
		const folder = join(testFolder(), 'tree\u202E');
		mkdirSync(folder);
		for (const name of [...evilFiles.slice(0, 40), evilName])
			writeFileSync(join(folder, name), 'x'.repeat(100_000));
		const send = onTerminal([
			'send',
			folder,
			'--to',
			`127.0.0.1:${port}`,
			'--limit',
			'2MB',
		]);
		await send.exit;
		await receive.exit;
		expect(send.output()).toContain('%');
		expectHarmless(send, {bar: true});
		expectHarmless(receive, {bar: true});
	},
);

const nick = 'evil\u001B[31m\u202E\r';
const hexOf = (text: string) => Buffer.from(text).toString('hex');

async function hostile(answer: string, words: string): Promise<string> {
	const host = runPeer('hostile_host.py', [
		hexOf(nick),
		hexOf(words),
		'--answer',
		answer,
	]);
	const line = await host.waitForLine('"port"');
	const {port} = JSON.parse(line) as {readonly port: number};
	return `127.0.0.1:${port}`;
}

describe.each(['decline', 'save', 'error'])(
	'a peer that is dialled, and answers with %s',
	answer => {
		const cases = evilNames.filter((_, index) => index % 8 === 0);
		test.each(cases.map(words => [JSON.stringify(words), words]))(
			'send: %s',
			attempt,
			async (_, words) => {
				const file = join(testFolder(), evilName);
				writeFileSync(file, 'x');
				const send = onTerminal([
					'send',
					file,
					'--to',
					await hostile(answer, words),
				]);
				await send.exit;
				expect(send.output()).toMatch(
					// A code is letters: any other ends the session.
					answer === 'error' ? 'badFields' : 'evil',
				);
				expectHarmless(send, {bar: true});
			},
		);

		test('say, and pair', attempt, async () => {
			const words = `${evilNames[0]!}\u001B[2J\u202E`;
			const address = await hostile(answer, words);
			const say = onTerminal(['say', 'hello\u001B[2J', '--to', address]);
			await say.exit;
			expectHarmless(say);
			const pair = onTerminal(['pair', '--to', await hostile(answer, words)]);
			await pair.waitFor('evil');
			pair.kill('SIGINT');
			await pair.exit;
			expectHarmless(pair);
		});
	},
);

test(
	'in the place of nc bytes go to the terminal as they come, as with nc',
	attempt,
	async () => {
		const netcat = onTerminal(['-lv', '0']);
		const socket = connect(await portOf(netcat, 'tcp'), '127.0.0.1');
		const sent = 'a\u001B[1mb\u001B[0mc';
		socket.end(sent);
		await netcat.exit;
		expect(netcat.output()).toContain(sent);
	},
);
