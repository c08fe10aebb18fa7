/** What the pictures show: a console in the middle of its work, all of it real. */
import {createSocket} from 'node:dgram';
import {truncateSync, writeFileSync} from 'node:fs';
import {createConnection} from 'node:net';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {
	openConsole,
	type SocktermConsole,
} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';

export interface Scene {
	readonly model: SocktermConsole['model'];
	/** Resolves once the screen is drawn in that size. */
	resize(columns: number, rows: number): Promise<void>;
	close(): Promise<void>;
}

/** A rate that rises and falls, as the sparkline shows; the returned function ends it. */
function sendDatagrams(port: number): () => void {
	const socket = createSocket('udp4');
	let sequence = 0;
	const timer = setInterval(() => {
		const burst = 3 + Math.round(3 * Math.sin(Date.now() / 900));
		for (let count = 0; count < burst; count++) {
			sequence++;
			const temperature = (21 + Math.sin(sequence / 9)).toFixed(2);
			socket.send(`temp=${temperature} seq=${sequence}`, port, '127.0.0.1');
		}
	}, 80);
	return () => {
		clearInterval(timer);
		socket.close();
	};
}

/** One screen shows six digits, the other one types them. */
async function pair(alice: SocktermConsole, bob: SocktermConsole) {
	bob.enter('/pair alice');
	const digits = /\b\d{3} \d{3}\b/;
	const [code = ''] = digits.exec(await bob.waitFor(digits)) ?? [];
	alice.enter('/pair bob');
	await alice.waitFor(digits);
	alice.write(`${code}\r`);
	await Promise.all([alice.waitFor('✓ bob'), bob.waitFor('✓ alice')]);
}

/** Each line is on both screens before the next one is said. */
async function talk(alice: SocktermConsole, bob: SocktermConsole) {
	const lines = [
		[bob, 'hi, the build is up 🎉'],
		[alice, 'great, send me the image'],
		[bob, '好的，马上发给你'],
		[bob, 'sending it now'],
		[alice, 'the sensor will say hello in a moment'],
	] as const;
	for (const [who, line] of lines) {
		who.enter(line);
		await alice.waitFor(line.slice(0, 12));
		await bob.waitFor(line.slice(0, 12));
	}
}

export async function openScene(
	env: Readonly<Record<string, string>>,
): Promise<Scene> {
	const folder = createTemporaryFolder();
	const home = (name: string) => join(folder.path, name);
	const alice = await openConsole({home: home('alice'), name: 'alice', env});
	const bob = await openConsole({
		home: home('bob'),
		name: 'bob',
		args: ['--connect', `127.0.0.1:${alice.tcpPort}`, '--limit', '180MB'],
	});
	await Promise.all([alice.waitFor('bob'), bob.waitFor('alice')]);
	await pair(alice, bob);
	await talk(alice, bob);
	const sensor = createConnection({host: '127.0.0.1', port: alice.tcpPort});
	sensor.write('sensor-7 ready, 21.5 °C\n');
	await alice.waitFor('sensor-7 ready');
	const endDatagrams = sendDatagrams(alice.udpPort);
	// A sparse file: as long as a real image, and free.
	const image = join(home('bob'), 'ubuntu-image.iso');
	writeFileSync(image, '');
	truncateSync(image, 4_700_000_000);
	bob.enter(`/send alice ${image}`);
	await alice.waitFor('ubuntu-image.iso');
	alice.enter('/accept');
	await alice.waitFor(/(2\d|3\d|4\d)%/, 60_000);
	return {
		model: alice.model,
		async resize(columns, rows) {
			alice.resize(columns, rows);
			// The border above the composer reaches the new corner.
			const isDrawn = (screen: string) => {
				const border = screen.split('\n')[rows - 3] ?? '';
				return border.endsWith('╯') && border.length === columns;
			};
			await alice.waitFor(isDrawn);
			// A frame of the new size may be cleared once more for the next one.
			await setTimeout(300);
			await alice.waitFor(isDrawn);
		},
		async close() {
			endDatagrams();
			sensor.destroy();
			await bob.close();
			await alice.close();
			folder.remove();
		},
	};
}
