/** Listeners with options in the built console, and who may reach them. */
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {connect as connectTls} from 'node:tls';
import {expect, onTestFinished, test} from 'vitest';
import {freePort} from '../helpers/free-port.js';
import {startConsole} from '../helpers/sockterm-program.js';

async function client(port: number): Promise<Socket> {
	const socket = connect(port, '127.0.0.1');
	socket.on('error', () => undefined);
	onTestFinished(() => {
		socket.destroy();
	});
	await once(socket, 'connect');
	return socket;
}

test('a raw listener beside the others: spoken to at once, listed, kicked, allowed again', async () => {
	const alice = await startConsole();
	const port = await freePort();
	alice.enter(`/listen tcp lo:${port} --raw --framing "fixed 4" --idle 10m`);
	await alice.waitFor(` 127.0.0.1:${port} `);
	const device = await client(port);
	await alice.waitFor(/127\.0\.0\.1:\d+ joined/);
	const heard = once(device, 'data');
	alice.enter('/all hello device');
	expect(String((await heard)[0])).toContain('hello device');
	device.write('abcdefgh');
	await alice.waitFor('abcd');
	await alice.waitFor('efgh');

	alice.enter('/listen');
	await alice.waitFor('Listening on');
	await alice.waitFor('fixed 4');
	await alice.waitFor('closed after 10 min idle');
	await alice.waitFor('1 connection');
	alice.write('q');

	const closed = once(device, 'close');
	alice.enter('/kick 127.0.0.1 for 5m');
	await closed;
	const refused = connect(port, '127.0.0.1');
	refused.on('error', () => undefined);
	await new Promise(resolve => {
		refused.once('close', resolve);
	});
	await alice.waitFor('and was refused');
	alice.enter('/allow 127.0.0.1');
	// Whoever comes before the line was carried out is turned away once more.
	const attempts = new Set<Socket>();
	const knock = () => {
		const again = connect(port, '127.0.0.1');
		attempts.add(again);
		again.on('error', () => undefined);
		again.on('close', () => {
			if (attempts.delete(again)) setTimeout(knock, 20);
		});
	};

	knock();
	await alice.waitFor(/127\.0\.0\.1:\d+ joined[\s\S]*joined/);
	for (const each of attempts) {
		attempts.delete(each);
		each.destroy();
	}
});

test('a TLS listener takes any client with TLS, and no other', async () => {
	const alice = await startConsole();
	const port = await freePort();
	alice.enter(`/listen tls 127.0.0.1:${port}`);
	await alice.waitFor(new RegExp(`tls 127\\.0\\.0\\.1:${port} `));
	const plain = await client(port);
	plain.write('hello\n');
	await once(plain, 'close');
	await alice.waitFor('spoke plain text');
	const secure = connectTls({
		port,
		host: '127.0.0.1',
		rejectUnauthorized: false,
	});
	onTestFinished(() => {
		secure.destroy();
	});
	await once(secure, 'secureConnect');
	secure.write('from inside\n');
	await alice.waitFor('from inside');
	expect(alice.text()).toContain('PLAIN');
});
