/**
 * How long a chat message to the receiver takes while it receives: one big file,
 * 10,000 small ones, eight transfers at once. On its own: the peer that measures
 * takes processor time from the transfer.
 */
import {rmSync} from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {chatRows, watchChat} from '../chat-watch.js';
import {bigFile, smallFiles, type Ground} from '../ground.js';
import {printTable} from '../measure.js';
import {openSides, type Sides} from '../sockterm-copy.js';
import {startManyOffers} from './at-once.js';

const idleMs = 2000;

export async function chat(ground: Ground): Promise<void> {
	const {folder, runs, bigBytes} = ground;
	const one = bigFile(ground, 'one.bin', bigBytes);
	const small = smallFiles(ground, 'small', 10_000, 4096);
	const eight = Array.from({length: 8}, (_, index) =>
		bigFile(ground, `eight-${index}.bin`, bigBytes / 8),
	);
	const ends = async (code: Promise<{readonly code: number | null}>) => {
		const {code: exit} = await code;
		if (exit !== 0) throw new Error(`the sender ended with ${exit}`);
	};

	const busy: Record<string, (sides: Sides) => Promise<unknown>> = {
		idle: async () => delay(idleMs),
		'one big file': async sides => ends(sides.send([one]).exit),
		'10,000 small files': async sides => ends(sides.send([small]).exit),
		'8 transfers at once': async ({receiver}) =>
			ends(startManyOffers(folder, receiver.tcpPort, eight).exit),
	};
	const values = new Map<string, number[]>();
	try {
		for (let run = 0; run < runs; run++) {
			for (const [what, work] of Object.entries(busy)) {
				const sides = await openSides(folder);
				try {
					const watch = await watchChat(folder, sides.receiver.tcpPort);
					await work(sides);
					const roundTrips = await watch.stop();
					values.set(what, [...(values.get(what) ?? []), ...roundTrips]);
				} finally {
					await sides.stop();
				}
			}
		}
	} finally {
		for (const path of [one, small, ...eight]) {
			rmSync(path, {recursive: true, force: true});
		}
	}

	printTable(
		'Chat round trip to the receiver',
		[...values].flatMap(([what, all]) =>
			chatRows(what, all, what === 'idle' ? undefined : '≤ 20 ms'),
		),
	);
}
