/** What comes back after a restart of the built program. */
import {writeFileSync} from 'node:fs';
import {connect, createServer, type AddressInfo} from 'node:net';
import {join} from 'node:path';
import {once} from 'node:events';
import {expect, onTestFinished, test} from 'vitest';
import {startConsole, testFolder} from '../helpers/sockterm-program.js';

/** A server that says two frames of four bytes to whoever connects; its port. */
async function server(): Promise<number> {
	const listening = createServer(socket => {
		socket.on('error', () => undefined);
		socket.write('aaaabbbb');
	});
	onTestFinished(() => void listening.close());
	listening.listen(0, '127.0.0.1');
	await once(listening, 'listening');
	return (listening.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const {port} = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}

test('a listener opened by hand and a framing come back, but not with --fresh', async () => {
	const home = testFolder();
	const [port, there] = [await freePort(), await server()];
	const first = await startConsole({home, name: 'alice'});
	first.enter(`/listen tcp 127.0.0.1:${port} --framing chunks`);
	await first.waitFor(`:${port}`);
	first.enter(`/connect tcp://127.0.0.1:${there}`);
	await first.waitFor('aaaabbbb');
	first.enter('/framing fixed 4');
	await first.waitFor(text => /> aaaa\s/.test(text) && /> bbbb\s/.test(text));
	first.enter('/quit');
	await first.exit;

	const second = await startConsole({home, name: 'alice'});
	await second.waitFor(`:${port}`);
	const client = connect(port, '127.0.0.1');
	onTestFinished(() => void client.destroy());
	await once(client, 'connect');
	second.enter(`/connect tcp://127.0.0.1:${there}`);
	await second.waitFor(text => /> aaaa\s/.test(text) && /> bbbb\s/.test(text));
	second.enter('/quit');
	await second.exit;

	const third = await startConsole({home, name: 'alice', args: ['--fresh']});
	third.enter(`/connect tcp://127.0.0.1:${there}`);
	await third.waitFor('aaaabbbb');
	expect(third.text()).not.toContain(`:${port}`);
});

test('a port that is taken by now is a sentence, and so is a damaged file', async () => {
	const home = testFolder();
	const port = await freePort();
	const first = await startConsole({home, name: 'alice'});
	first.enter(`/listen tcp 127.0.0.1:${port}`);
	await first.waitFor(`:${port}`);
	first.enter('/quit');
	await first.exit;

	const taken = createServer().listen(port, '127.0.0.1');
	onTestFinished(() => void taken.close());
	await once(taken, 'listening');
	const second = await startConsole({home, name: 'alice'});
	await second.waitFor(new RegExp(`${port} is taken`));
	second.enter('/quit');
	await second.exit;

	writeFileSync(join(home, 'state', 'workplace.json'), 'no JSON');
	const third = await startConsole({home, name: 'alice'});
	await third.waitFor('comes back after a restart was damaged');
});
