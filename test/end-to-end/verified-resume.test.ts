/** Two consoles that have verified each other, killed in the middle of a transfer: it goes on without a word. */
import {randomBytes} from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {freePort} from '../helpers/free-port.js';
import {startConsole, testFolder} from '../helpers/sockterm-program.js';
import {waitFor} from '../helpers/wait-for.js';
import {runVerb} from '../helpers/sockterm-program.js';
import {homeFlags} from '../helpers/sockterm-side.js';

const MiB = 1024 * 1024;
const code = /(\d{3}) (\d{3}) {3}/;

interface Side {
	readonly home: string;
	readonly name: string;
	readonly port: number;
	readonly args: readonly string[];
}

const open = async ({home, name, port, args}: Side) =>
	startConsole({home, name, tcp: port, args});

type Console = Awaited<ReturnType<typeof open>>;

/** What has arrived of a file that has no name yet. */
function partBytes(received: string): number {
	const folder = join(received, '.sockterm-parts');
	const names = existsSync(folder) ? readdirSync(folder) : [];
	return names
		.filter(name => name.endsWith('.part'))
		.reduce((sum, name) => {
			const status = statSync(join(folder, name), {throwIfNoEntry: false});
			return sum + (status?.size ?? 0);
		}, 0);
}

async function pair(alice: Console, bob: Console) {
	await Promise.all([alice.waitFor('bob'), bob.waitFor('alice')]);
	alice.enter('/pair bob');
	const [, first = '', second = ''] =
		code.exec(await alice.waitFor(code)) ?? [];
	await bob.waitFor('alice shows a code');
	bob.enter('/pair alice');
	await bob.waitFor('Or type the code');
	bob.write(`${first}${second}\r`);
	await Promise.all([
		alice.waitFor('bob is VERIFIED from now on'),
		bob.waitFor('alice is VERIFIED from now on'),
	]);
}

test('kill -9 of the receiver, of the sender, and of both', async () => {
	const alicePort = await freePort();
	const homes = {alice: testFolder(), bob: testFolder()};
	const alice: Side = {
		home: homes.alice,
		name: 'alice',
		port: alicePort,
		args: ['--limit', '8MB'],
	};
	const bob: Side = {
		home: homes.bob,
		name: 'bob',
		port: await freePort(),
		args: ['--connect', `127.0.0.1:${alicePort}`],
	};
	const folder = join(homes.alice, 'photos');
	mkdirSync(folder);
	const big = randomBytes(48 * MiB);
	writeFileSync(join(folder, 'big.bin'), big);
	writeFileSync(join(folder, 'small.txt'), 'small');
	let sender = await open(alice);
	let receiver = await open(bob);
	await pair(sender, receiver);
	sender.enter(`/send bob ${folder}`);
	await receiver.waitFor('/accept or /decline');
	receiver.enter('/accept');
	const {received} = receiver;
	const arrived = async (least: number) =>
		waitFor(() => partBytes(received) > least, `${least} bytes`, 30_000);

	await arrived(4 * MiB);
	receiver.kill('SIGKILL');
	await receiver.close();
	receiver = await open(bob);
	await receiver.waitFor('goes on by itself');

	await arrived(12 * MiB);
	sender.kill('SIGKILL');
	await sender.close();
	sender = await open(alice);
	await sender.waitFor('offered again by itself');

	await arrived(20 * MiB);
	sender.kill('SIGKILL');
	receiver.kill('SIGKILL');
	await Promise.all([sender.close(), receiver.close()]);
	// Nothing is lost where nobody is there to take it up.
	const [nobody] = [runVerb(['id', ...homeFlags(homes.alice)])];
	await nobody.exit;
	sender = await open(alice);
	receiver = await open(bob);
	await receiver.waitFor('goes on by itself');
	await receiver.waitFor('2 saved', 60_000);
	await sender.waitFor('2 delivered', 30_000);
	// Nobody was asked again, and there is one of everything.
	expect(readdirSync(received).filter(name => !name.startsWith('.'))).toEqual([
		'photos',
	]);
	expect(readdirSync(join(received, 'photos')).sort()).toEqual([
		'big.bin',
		'small.txt',
	]);
	const whole = readFileSync(join(received, 'photos', 'big.bin'));
	expect(whole.equals(big)).toBe(true);
	for (const home of Object.values(homes)) {
		const notes = join(home, 'state', 'transfers.json');
		await waitFor(
			() => !readFileSync(notes, 'utf8').includes('"transfer"'),
			'no notes',
		);
	}
}, 180_000);
