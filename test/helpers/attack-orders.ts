/** The attacks of `terminal-attacks.ts` as what a bad peer says: lines, names, and orders for `sockterm_speaker.py`. */
import {once} from 'node:events';
import {connect} from 'node:net';
import {setImmediate as turn} from 'node:timers/promises';
import {terminalAttacks, textAttacks} from './terminal-attacks.js';

const newline = Uint8Array.of(0x0a);

const lineOf = (text: string | Uint8Array) =>
	Buffer.concat([Buffer.from('evil '), Buffer.from(text), newline]);

/** Each attack as a line to a plain listener, byte by byte (the reads of the other side end everywhere) or whole; then `last`, and the end. */
export async function sendAttackLines(
	port: number,
	last: string,
	pieces: 'bytes' | 'lines',
): Promise<void> {
	const socket = connect({host: '127.0.0.1', port, noDelay: true});
	socket.resume();
	await once(socket, 'connect');
	for (const {bytes} of terminalAttacks) {
		const line = lineOf(bytes);
		const parts =
			pieces === 'lines'
				? [line]
				: Array.from(line, byte => Uint8Array.of(byte));
		for (const part of parts) {
			await new Promise(resolve => {
				socket.write(part, resolve);
			});
		}

		await turn();
	}

	socket.end(lineOf(last));
}

/** A frame of control in two pieces, or byte by byte. */
function frameOrders(kind: number, body: object, cut: number): string {
	const payload = Buffer.from(JSON.stringify(body));
	const head = Buffer.alloc(5);
	head.writeUInt32BE(payload.length + 1);
	head[4] = kind;
	const frame = Buffer.concat([head, payload]);
	const at = cut % frame.length;
	const pieces =
		at === 0
			? Array.from(frame, byte => Uint8Array.of(byte))
			: [frame.subarray(0, at), frame.subarray(at)];
	return pieces
		.map(piece => `raw ${Buffer.from(piece).toString('hex')}\n`)
		.join('');
}

export const sayOrder = (text: string, number: number, cut = number) =>
	frameOrders(0x82, {id: `evil-${number}`, text: `evil ${text}`}, cut);

export const renameOrder = (nick: string) =>
	frameOrders(0x07, {nick}, nick.length);

/** Names of at most 128 characters, each kind of attack in one. */
export const evilNames = textAttacks
	.filter((_, index) => index % 9 === 0)
	.map(text => `evil${text}`)
	.filter(name => Buffer.byteLength(name) <= 128);

/** Names that are not refused as such. */
export const evilFiles = textAttacks
	.filter(text => !/[\p{Cc}\p{Cs}/\\]/u.test(text))
	.map((text, index) => `${index}${text.slice(0, 60)}`);

/** An offer of files by their paths. */
export const offerOrder = (
	number: number,
	paths: ReadonlyArray<readonly string[]>,
) =>
	frameOrders(
		0x90,
		{
			transfer: number.toString(16).padStart(32, '0'),
			more: false,
			entries: paths.map(path => ({path, size: 4, mtimeMs: 0})),
		},
		number,
	);
