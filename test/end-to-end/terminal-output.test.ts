/** What strangers send never reaches the terminal as more than text in its place: the built program under a real pseudo-terminal. */
import {createSocket} from 'node:dgram';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setImmediate as turn, setTimeout as delay} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {
	evilFiles,
	evilNames,
	offerOrder,
	renameOrder,
	sayOrder,
	sendAttackLines,
} from '../helpers/attack-orders.js';
import type {ChildProgram} from '../helpers/child-program.js';
import {startPeer} from '../helpers/programs.js';
import {openConsole, type SocktermConsole} from '../helpers/sockterm-side.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';
import {terminalAttacks, textAttacks} from '../helpers/terminal-attacks.js';
import {conversationRows, damagedRows} from '../helpers/terminal-panes.js';
import {strayOutput} from '../helpers/terminal-output.js';
import {waitFor} from '../helpers/wait-for.js';

const sizes = [
	[120, 40],
	[80, 24],
	[60, 20],
] as const;
const pageUp = '\u001B[5~';
/** As many as one second shows, and in the next one more: what is too much for a second is counted alone. */
async function sendDatagrams(port: number): Promise<void> {
	const socket = createSocket('udp4');
	const send = async (bytes: Uint8Array) =>
		new Promise(resolve => {
			socket.send(bytes, port, '127.0.0.1', resolve);
		});
	const perSecond = limits.datagramsShownPerSecond - 50;
	for (let at = 0; at < terminalAttacks.length; at += perSecond) {
		for (const {bytes} of terminalAttacks.slice(at, at + perSecond)) {
			await send(bytes);
			await turn();
		}

		await delay(1100);
	}

	await send(Buffer.from('datagrams over'));
	socket.close();
}

describe('under every attack, through every field', () => {
	const folder = createTemporaryFolder();
	const peers: ChildProgram[] = [];
	let alice: SocktermConsole;

	const peer = (script: string, ...args: Array<string | number>) => {
		const child = startPeer(folder.path, script, [
			'127.0.0.1',
			alice.tcpPort,
			...args,
		]);
		peers.push(child);
		return child;
	};

	const attempt = {timeout: 60_000};
	let number = 0;

	/** Waits until the end of the conversation shows it. */
	const seen = async (text: string) =>
		alice.waitFor(() =>
			conversationRows(alice.model).some(row => row.includes(text)),
		);

	/** In the middle of a frame a row may lack its end: damage is what stays. */
	const expectWhole = async () => {
		await expect
			.poll(() => damagedRows(alice.model), {timeout: 10_000})
			.toEqual([]);
		expect(strayOutput(alice.output())).toEqual([]);
	};

	beforeAll(async () => {
		alice = await openConsole({home: folder.path, name: 'alice'});
		alice.enter('/log log.txt');
		await alice.waitFor('log.txt');
	});

	afterAll(async () => {
		await alice.close();
		await Promise.all(peers.map(async each => each.stop()));
		folder.remove();
	});

	test('lines of a plain peer, cut at every byte', attempt, async () => {
		await sendAttackLines(alice.tcpPort, 'lines over', 'bytes');
		await seen('evil lines over');
		await expectWhole();
	});

	test(
		'messages, nicks, offers and codes of an encrypted peer',
		attempt,
		async () => {
			const speaker = peer(
				'sockterm_speaker.py',
				'--nick',
				'evil\u001B[31m\u202E',
			);
			await speaker.waitForLine('connected');
			for (const text of textAttacks) speaker.write(sayOrder(text, number++));
			for (const name of evilNames) {
				speaker.write(renameOrder(name));
				speaker.write(sayOrder(`name ${number}`, number++));
			}

			speaker.write(
				offerOrder(
					1,
					evilFiles.map(name => [name]),
				),
			);
			for (const [at, name] of evilNames.slice(0, 5).entries()) {
				speaker.write(offerOrder(at + 2, [[name], ['a.txt']]));
			}

			speaker.write(sayOrder('messages over', number++));
			await seen('evil messages over');
			await expectWhole();
		},
	);

	test('names of saved files, codes, and errors', attempt, async () => {
		const file = join(folder.path, 'harmless.txt');
		writeFileSync(file, 'harmless');
		const evil = [
			'\u001B[2J\u009B2J\u001B]0;x\u0007\u202E.txt',
			'😀\u200B\u{E0041}.txt',
		];
		for (const name of evil) {
			for (const flags of [[], ['--decline']]) {
				const nick = `taker${number++}`;
				const words = Buffer.from(name).toString('hex');
				const taker = peer(
					'hostile_receiver.py',
					words,
					'--nick',
					nick,
					...flags,
				);
				await seen(`${nick} joined`);
				alice.enter(`/send ${nick} ${file}`);
				await taker.waitForLine(/"(?:laneClosed|closed)"/);
				await taker.stop();
				await seen(`${nick} left`);
				await expectWhole();
			}
		}
	});

	test('datagrams', attempt, async () => {
		await sendDatagrams(alice.udpPort);
		await alice.waitFor('datagrams over');
		expect(alice.text()).toContain('dropped 0 by us');
		await expectWhole();
	});

	test.each(sizes)(
		'each row in its place at %i x %i',
		attempt,
		async (columns, rows) => {
			alice.resize(columns, rows);
			// What was just said is followed: from there to the top.
			alice.enter(`now ${columns}`);
			await alice.waitFor(`now ${columns}`);
			let before = '';
			let pages = 0;
			/** A frame is written in pieces: a whole one is waited for. */
			const whole = async (isNew: (rows: readonly string[]) => boolean) => {
				try {
					await alice.waitFor(
						() =>
							damagedRows(alice.model).length === 0 &&
							isNew(conversationRows(alice.model)),
						5000,
					);
				} catch {
					expect(damagedRows(alice.model)).toEqual([]);
					expect(conversationRows(alice.model).join('\n')).not.toBe(before);
				}
			};

			await whole(shown => shown.length === rows - 5);
			for (;;) {
				const shown = conversationRows(alice.model);
				if (/127\.0\.0\.1:\d+ joined/.test(shown[0]!)) break;
				before = shown.join('\n');
				alice.write(pageUp);
				await whole(after => after.join('\n') !== before);
				pages++;
			}

			expect(pages).toBeGreaterThan(10);
			expect(strayOutput(alice.output())).toEqual([]);
		},
	);

	test('what finds, shows as hex, and tells of peers', attempt, async () => {
		alice.resize(120, 40);
		alice.write('\u001B');
		await alice.waitFor('i write');
		const keys = ['/evil\r', 'n', 'N', 'h', pageUp, pageUp, 'h', 'r', 'r'];
		for (const each of [...keys, '&forged\r']) {
			alice.write(each);
			await turn();
		}

		alice.write('ihere');
		await alice.waitFor('› here');
		await expectWhole();
		for (const line of ['/whois evil', '/pair evil']) {
			alice.write('\u0015');
			await alice.waitFor('› type a message');
			alice.enter(line);
		}

		await alice.waitFor('Verify evil');
		alice.write('\u001B');
		await alice.waitFor(screen => !screen.includes('Verify evil'));
		await expectWhole();
	});

	const exports = [
		['text', 'all'],
		['csv', 'all'],
		['ndjson', 'all'],
		['text', 'datagrams'],
		['csv', 'datagrams'],
		['ndjson', 'datagrams'],
	] as const;
	test('exports and the log', attempt, async () => {
		for (const [format, what] of exports) {
			const path = join(folder.path, `${what}.${format}`);
			alice.enter(`/export ${format} ${path} ${what}`);
			const marker = what === 'all' ? 'now 60' : 'datagrams over';
			const text = await waitFor(() => {
				const written = existsSync(path) ? readFileSync(path, 'utf8') : '';
				return written.includes(marker) && written;
			}, path);
			expectPlain(text, format);
		}

		alice.enter('/log off');
		const path = join(folder.path, 'log.txt');
		const log = await waitFor(() => {
			const written = readFileSync(path, 'utf8');
			return written.includes('now 60') && written;
		}, path);
		expect(log).toContain('messages over');
		expectPlain(log, 'text');
		await expectWhole();
	});
});

/** No byte that a terminal obeys but the format's own; in NDJSON none behind an escape either. */
function expectPlain(text: string, format: 'text' | 'csv' | 'ndjson'): void {
	const own = {text: /[\n\t]/g, csv: /\r\n/g, ndjson: /\n/g}[format];
	const rest = text.replaceAll(own, '');
	expect(rest).not.toMatch(
		/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u,
	);
	if (format !== 'ndjson') return;
	for (const line of text.trimEnd().split('\n')) {
		const values = JSON.stringify(JSON.parse(line));
		expect(values).not.toMatch(/\\u00[019]|\\u007f|\\[bfnrt]/i);
	}
}
