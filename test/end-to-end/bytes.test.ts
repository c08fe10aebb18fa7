/** Bytes that are typed, repeated, kept and read from a file, from the real program to a real socket. */
import {writeFileSync} from 'node:fs';
import {createConnection} from 'node:net';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {createNoise} from '../helpers/seeded.js';
import {startConsole, testFolder} from '../helpers/sockterm-program.js';

/** A plain client that has said hello; what it is sent from then on. */
async function connectTo(port: number) {
	const socket = createConnection({host: '127.0.0.1', port});
	onTestFinished(() => {
		socket.destroy();
	});
	let received = Buffer.alloc(0);
	let look = () => {};
	socket.on('data', data => {
		received = Buffer.concat([received, data]);
		look();
	});
	socket.write('hello\n');
	return {
		/** The next bytes, as soon as there are so many. */
		async take(count: number): Promise<Buffer> {
			await new Promise<void>(resolve => {
				look = () => {
					if (received.length >= count) resolve();
				};

				look();
			});
			const taken = received.subarray(0, count);
			received = received.subarray(count);
			return taken;
		},
		rest: () => received,
	};
}

const altX = '\u001Bx';
const altF1 = '\u001B[1;3P';

/** A console with the conversation of a plain client open. */
async function talking(home = testFolder()) {
	const alice = await startConsole({home});
	const client = await connectTo(alice.tcpPort);
	await alice.waitFor('hello');
	alice.write('\u001B2');
	await alice.waitFor('to 127.0.0.1');
	return {alice, client, home};
}

describe('bytes', () => {
	test('typed as hex and with escapes arrive exactly, with no line ending', async () => {
		const {alice, client} = await talking();
		alice.write(altX + altX);
		await alice.waitFor(/ hex ›/);
		alice.write('01 03 00 00 00 0a $crc16/modbus');
		await alice.waitFor('8 B  01 03 00 00 00 0a c5 cd');
		alice.write('\r');
		expect((await client.take(8)).toString('hex')).toBe('01030000000ac5cd');
		alice.enter(String.raw`/raw \x00\u4f60\r\n`);
		expect((await client.take(6)).toString('hex')).toBe('00e4bda00d0a');
		expect(client.rest()).toHaveLength(0);
	});

	test('repeated three times arrive three times', async () => {
		const {alice, client} = await talking();
		alice.enter('/repeat 20ms x3 tick');
		expect((await client.take(15)).toString()).toBe('tick\ntick\ntick\n');
		await alice.waitFor('Repeated 3 times');
		alice.enter('after');
		expect((await client.take(6)).toString()).toBe('after\n');
	});

	test('of a file of 3 MiB arrive equal', async () => {
		const {alice, client, home} = await talking();
		const bytes = createNoise('firmware')(3 * 1024 * 1024);
		const path = join(home, 'firmware image.bin');
		writeFileSync(path, bytes);
		alice.enter(`/sendraw "${path}"`);
		const arrived = await client.take(bytes.length);
		expect(Buffer.compare(arrived, bytes)).toBe(0);
		await alice.waitFor('firmware image.bin (3.1 MB) went to');
		alice.enter('/sendraw nowhere.bin');
		await alice.waitFor('nowhere.bin does not exist');
	});

	test('kept as a snippet are there the next time, on their key', async () => {
		const {alice, client, home} = await talking();
		alice.write(altX + altX);
		await alice.waitFor(/ hex ›/);
		alice.enter('/snippet save ping 70 69 6e 67');
		alice.enter('/snippet list');
		await alice.waitFor(/ping +hex +70 69 6e 67/);
		alice.write('\u001B');
		await alice.waitFor(text => !text.includes('Esc close'));
		alice.enter('/snippet key 1 ping');
		alice.enter('/snippet list');
		await alice.waitFor(/ping .* Alt-F1/);
		alice.write('\u001B');
		await alice.waitFor(text => !text.includes('Esc close'));
		alice.write(altF1);
		expect((await client.take(4)).toString()).toBe('ping');
		alice.write('\u0003\u0003');
		await alice.exit;

		const again = await talking(home);
		again.alice.write(altF1);
		expect((await again.client.take(4)).toString()).toBe('ping');
	});
});
