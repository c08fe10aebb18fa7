/** No key is lost or doubled, however keys arrive: the built program under a real pseudo-terminal, its lines read at the other end. */
import {once} from 'node:events';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import {
	setImmediate as nextTurn,
	setTimeout as delay,
} from 'node:timers/promises';
import {expect, onTestFinished, test} from 'vitest';
import {ReferenceEditor} from '../helpers/reference-editor.js';
import {createChance} from '../helpers/seeded.js';
import {
	type SocktermConsole,
	startConsole,
} from '../helpers/sockterm-program.js';

interface Plain {
	readonly console: SocktermConsole;
	readonly socket: Socket;
	/** The next line that arrives. */
	line(): Promise<string>;
}

/** A console with a plain server that it has dialled. */
async function connected(): Promise<Plain> {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const sockets: Promise<Socket> = once(server, 'connection').then(
		([socket]) => socket as Socket,
	);
	const console = await startConsole({
		name: 'alice',
		args: ['--connect', `tcp://127.0.0.1:${port}`],
	});
	const socket = await sockets;
	onTestFinished(() => {
		socket.destroy();
		server.close();
	});
	await console.waitFor(`to 127.0.0.1:${port}`);
	let received = '';
	socket.setEncoding('utf8');
	socket.on('error', () => undefined);
	socket.on('data', (text: string) => {
		received += text;
	});
	return {
		console,
		socket,
		async line() {
			while (!received.includes('\n')) await once(socket, 'data');
			const end = received.indexOf('\n');
			const line = received.slice(0, end);
			received = received.slice(end + 1);
			return line;
		},
	};
}

const editing: ReadonlyArray<readonly [bytes: string, operation: string]> = [
	['\u001B[D', 'left'],
	['\u001B[C', 'right'],
	['\u0001', 'home'],
	['\u0005', 'end'],
	['\u007F', 'backspace'],
	['\u001Bb', 'wordLeft'],
	['\u001B[1;5C', 'wordRight'],
	['\u0017', 'rubout'],
	['\u0019', 'yank'],
	['\u001F', 'undo'],
	['\u0014', 'transpose'],
];
const characters = 'abcdefghijklmnopqrstuvwxyz      你好世界é👍';

/** Keys of somebody who types and corrects, and the line that they make. */
function keysOf(count: number, seed: number): {keys: string[]; text: string} {
	const chance = createChance(seed);
	const editor = new ReferenceEditor();
	const letters = Array.from(characters);
	const keys = Array.from({length: count}, () => {
		if (chance.next() < 0.15) {
			const [bytes, operation] = editing[chance.below(editing.length)]!;
			editor.operations[operation]!();
			return bytes;
		}

		const letter = letters[chance.below(letters.length)]!;
		editor.type(letter);
		return letter;
	});
	return {keys, text: editor.text};
}

/** Each key in a write of its own, a thousand in a second, as far as the machine can. */
async function typeFast({console}: Plain, keys: readonly string[]) {
	const from = performance.now();
	for (let at = 0; at < keys.length;) {
		const due = Math.min(keys.length, Math.ceil(performance.now() - from));
		for (; at < due; at++) console.write(keys[at]!);
		await delay(1);
	}

	return (keys.length * 1000) / (performance.now() - from);
}

test('a thousand keys in a second: the line is exact', async () => {
	const plain = await connected();
	const {keys, text} = keysOf(3000, 1);
	const rate = await typeFast(plain, keys);
	plain.console.write('\r');
	expect(await plain.line()).toBe(text);
	expect(rate).toBeGreaterThan(900);
});

test('also while the other end floods', async () => {
	const plain = await connected();
	const {keys, text} = keysOf(1500, 2);
	let sent = 0;
	const flood = () => {
		while (!plain.socket.destroyed) {
			const lines = Array.from({length: 500}, () => `flood ${sent++}\n`);
			if (!plain.socket.write(lines.join(''))) return;
		}
	};

	plain.socket.on('drain', flood);
	flood();
	await plain.console.waitFor(/flood \d{4}/);
	await typeFast(plain, keys);
	plain.console.write('\r');
	expect(await plain.line()).toBe(text);
	expect(sent).toBeGreaterThan(5000);
});

test('characters, sequences and pastes cut at each byte', async () => {
	const plain = await connected();
	const start = '\u001B[200~';
	const end = '\u001B[201~';
	const typed = Buffer.from(
		`b世👍🏽\u001B[D\u001B[1;5D${start}a é\u001B[D${end}`,
	);
	// What was pasted is text, and no key.
	const line = 'a é[Db世👍🏽';
	for (let cut = 1; cut < typed.length; cut++) {
		plain.console.write(typed.subarray(0, cut));
		await nextTurn();
		plain.console.write(typed.subarray(cut));
		plain.console.write('\r');
		expect(await plain.line(), `cut at ${cut}`).toBe(line);
	}

	expect(typed.length).toBeGreaterThan(30);
}, 60_000);
