/** Five consoles in a room: each message once, in order per sender, on all; one is killed and gets what it missed. */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {loadIdentity} from '../../source/storage/identity.js';
import {pin} from '../helpers/pinned.js';
import {
	startConsole,
	testFolder,
	type SocktermConsole,
} from '../helpers/sockterm-program.js';

const names = ['alice', 'bob', 'carol', 'dave', 'erin'];
/** Enough for everything that is said, so that the screen is the whole log. */
const rows = 190;

/** A home for each, in which all others are verified under their names. */
async function pairedHomes(): Promise<string[]> {
	const homes = names.map(() => testFolder());
	const people = await Promise.all(
		homes.map(async (home, index) => {
			const folder = join(home, 'state');
			mkdirSync(folder, {recursive: true, mode: 0o700});
			const {peerId} = await loadIdentity(folder);
			return {peerId, petname: names[index]!};
		}),
	);
	for (const [index, home] of homes.entries()) {
		await pin(
			home,
			people.filter((_, at) => at !== index),
		);
	}

	return homes;
}

const saidBy = (name: string, from: number, to: number) =>
	Array.from(
		{length: to - from + 1},
		(_, index) => `${name} says ${String(from + index).padStart(2, '0')}`,
	);

/** What was said, as it stands on the screen from top to bottom. */
const linesOn = (console: SocktermConsole): string[] =>
	console.screen().flatMap(row => /[a-z]+ says \d\d/.exec(row)?.[0] ?? []);

test('a room of five outlives kill -9 of one of them', async () => {
	const homes = await pairedHomes();
	const consoles: SocktermConsole[] = [];
	const start = async (index: number, tcp?: number) =>
		startConsole({
			name: names[index]!,
			home: homes[index]!,
			rows,
			...(tcp === undefined ? {} : {tcp}),
			args: consoles.flatMap(({tcpPort}, at) =>
				at === index ? [] : ['--connect', `127.0.0.1:${tcpPort}`],
			),
		});
	for (const index of names.keys()) consoles.push(await start(index));
	for (const each of consoles) each.enter('/join #lab');
	for (const each of consoles) await each.waitFor(/#lab +5 here/, 30_000);

	const say = (index: number, from: number, to: number) => {
		for (const line of saidBy(names[index]!, from, to)) {
			consoles[index]!.enter(line);
		}
	};

	const last = 4;
	for (const index of names.keys()) say(index, 1, index === last ? 10 : 20);
	// In the middle of what the others say.
	await consoles[1]!.waitFor('erin says 10', 30_000);
	const {tcpPort} = consoles[last]!;
	consoles[last]!.kill('SIGKILL');
	await consoles[last]!.exit;
	for (const index of [0, 1, 2, 3]) say(index, 21, 25);
	await consoles[0]!.waitFor('dave says 25', 30_000);

	consoles[last] = await start(last, tcpPort);
	const again = consoles[last];
	await again.waitFor('#lab');
	// The room is there by itself; its conversation is opened like any other.
	again.enter('/join #lab');
	await again.waitFor(/#lab +5 here/, 40_000);
	say(last, 11, 20);

	const all = names.flatMap((name, index) =>
		saidBy(name, 1, index === last ? 20 : 25),
	);
	for (const [index, each] of consoles.entries()) {
		await expect
			.poll(() => linesOn(each).toSorted(), {
				timeout: 40_000,
				message: `on the screen of ${names[index]}`,
			})
			.toEqual(all.toSorted());
		for (const name of names) {
			const own = linesOn(each).filter(line => line.startsWith(`${name} `));
			expect(own, `${name} at ${names[index]}`).toEqual(own.toSorted());
		}
	}

	await consoles[0]!.waitFor(/alice says 25.*✓/);
}, 180_000);
