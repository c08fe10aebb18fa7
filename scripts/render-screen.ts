/**
 * npm run render-screen
 *
 * Makes docs/screen.svg from a real run: two consoles under terminals talk, a
 * file is on its way, a raw client and a sender of datagrams are there too.
 * The picture is the first console's screen, cell by cell.
 */
import {truncateSync, writeFileSync} from 'node:fs';
import {createSocket} from 'node:dgram';
import {createConnection} from 'node:net';
import {join} from 'node:path';
import {openConsole} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {drawScreen} from './screen-svg.js';

const output = new URL('../docs/screen.svg', import.meta.url);
const folder = createTemporaryFolder();
const home = (name: string) => join(folder.path, name);

const alice = await openConsole({
	home: home('alice'),
	name: 'alice',
	columns: 120,
	rows: 30,
});
const bob = await openConsole({
	home: home('bob'),
	name: 'bob',
	args: ['--connect', `127.0.0.1:${alice.tcpPort}`],
});
await Promise.all([alice.waitFor('bob'), bob.waitFor('alice')]);

/** Who says it; both screens have it before the next one speaks. */
const talk = [
	[bob, 'hi, the build is up 🎉'],
	[alice, 'great, send me the image'],
	[bob, '好的，马上发给你'],
	[bob, 'sending it now'],
] as const;
for (const [who, line] of talk) {
	who.enter(line);
	await alice.waitFor(line.slice(0, 12));
	await bob.waitFor(line.slice(0, 12));
}

const sensor = createConnection({host: '127.0.0.1', port: alice.tcpPort});
sensor.write('sensor-7 ready, 21.5 °C\n');
await alice.waitFor('sensor-7 ready');

const datagrams = createSocket('udp4');
let sequence = 0;
const sendDatagram = () => {
	sequence++;
	const temperature = (21 + Math.sin(sequence / 9)).toFixed(2);
	const text = `temp=${temperature} seq=${sequence}`;
	datagrams.send(text, alice.udpPort, '127.0.0.1');
};
// A rate that rises and falls, as the sparkline shows.
const timer = setInterval(() => {
	const burst = 3 + Math.round(3 * Math.sin(Date.now() / 900));
	for (let count = 0; count < burst; count++) sendDatagram();
}, 80);

// A sparse file: as long as a real image, and free.
const image = join(home('bob'), 'ubuntu-image.iso');
writeFileSync(image, '');
truncateSync(image, 4_700_000_000);
bob.enter(`/send alice ${image}`);
await alice.waitFor('ubuntu-image.iso');
alice.enter('/accept');
await alice.waitFor(/(4\d|5\d|6\d)%/, 60_000);

writeFileSync(output, drawScreen(alice.model, 'sockterm'));
console.log(alice.text());
clearInterval(timer);
datagrams.close();
sensor.destroy();
await bob.close();
await alice.close();
folder.remove();
