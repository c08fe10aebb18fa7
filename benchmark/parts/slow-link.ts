/** How long a chat message takes on a link of 64 kbit/s that a transfer fills. */
import {rmSync} from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {chatRows, watchChat} from '../chat-watch.js';
import {bigFile, MiB, type Ground} from '../ground.js';
import {printTable, type Result} from '../measure.js';
import {openSides} from '../sockterm-copy.js';
import {startLink, type Link} from '../throttle-proxy.js';

const bytesPerSecond = 64_000 / 8;
const busyMs = 40_000;
const idleMs = 10_000;

export async function slowLink(ground: Ground): Promise<void> {
	const {folder} = ground;
	// More than goes through in that time.
	const file = bigFile(ground, 'slow.bin', MiB);
	let link: Link | undefined;
	const sides = await openSides(folder, async target => {
		link = await startLink({target, bytesPerSecond});
		return link.port;
	});
	const rows: Result[] = [];
	try {
		const port = link?.port ?? 0;
		const idle = await watchChat(folder, port, 0.25);
		await delay(idleMs);
		rows.push(...chatRows('idle', await idle.stop()));
		const send = sides.send([file], ['--json']);
		await send.waitForLine('transfer/progressed', 60_000);
		const watch = await watchChat(folder, port, 0.25);
		const before = link?.carriedBytes().up ?? 0;
		await delay(busyMs);
		const carried = (link?.carriedBytes().up ?? 0) - before;
		rows.push(
			...chatRows('during a transfer', await watch.stop(), '≤ 3,000 ms'),
			{
				what: 'what the link carried towards the receiver',
				values: [(carried * 8) / busyMs],
				unit: 'kbit/s',
			},
		);
		await send.stop();
	} finally {
		await sides.stop();
		await link?.stop();
		rmSync(file, {force: true});
	}

	printTable('Chat round trip through 64 kbit/s', rows);
}
