/** Two people verify each other: the built program under real terminals, and a script beside it. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {
	homeFlags,
	runVerb,
	startConsole,
	startPair,
	testFolder,
	type SocktermConsole,
} from '../helpers/sockterm-program.js';

const trustOf = ({home}: SocktermConsole) =>
	readFileSync(join(home, 'state', 'trust.json'), 'utf8');

/** Goes to the conversation with the first peer, and opens the dialog there. */
async function openDialog(console: SocktermConsole, name: string) {
	console.write('\u001B2');
	await console.waitFor(`to ${name}`);
	console.enter('/pair');
	await console.waitFor(`Verify ${name}`);
}

/** The six digits on a screen. */
async function codeOn(console: SocktermConsole): Promise<string> {
	await console.waitFor(/\d{3} \d{3}/);
	const digits = /(\d{3}) (\d{3})/.exec(console.screen().join('\n'))!;
	return `${digits[1]}${digits[2]}`;
}

test('two consoles say VERIFIED, and still do after a restart', async () => {
	const {alice, bob} = await startPair();
	await openDialog(alice, 'bob');
	const code = await codeOn(alice);
	await bob.waitFor('alice shows a code');
	await openDialog(bob, 'alice');
	await bob.waitFor('type the code that alice shows');
	bob.enter(code);
	await Promise.all([
		alice.waitFor('bob is VERIFIED from now on'),
		bob.waitFor('alice is VERIFIED from now on'),
	]);
	for (const side of [alice, bob]) {
		expect(trustOf(side)).not.toContain(code);
		expect(JSON.parse(trustOf(side))).toMatchObject({pins: [{}]});
	}

	bob.enter('/quit');
	expect((await bob.exit).code).toBe(0);
	const again = await startConsole({
		name: 'impostor',
		home: bob.home,
		args: ['--connect', `127.0.0.1:${alice.tcpPort}`],
	});
	await again.waitFor(/alice ✓ VERIFIED/);
});

test('a script types the code of a console', async () => {
	const alice = await startConsole({name: 'alice'});
	const home = testFolder();
	const script = runVerb(
		[
			'pair',
			'--to',
			`127.0.0.1:${alice.tcpPort}`,
			'--name',
			'robot',
			...homeFlags(home),
		],
		home,
	);
	await alice.waitFor('robot');
	await openDialog(alice, 'robot');
	script.write(`${await codeOn(alice)}\n`);
	expect((await script.exit).code).toBe(0);
	await alice.waitFor('robot is VERIFIED from now on');
});

test('id is the same each time', async () => {
	const home = testFolder();
	const ids = [];
	for (let run = 0; run < 2; run++) {
		const child = runVerb(['id', ...homeFlags(home)], home);
		expect((await child.exit).code).toBe(0);
		ids.push(child.lines.join('\n'));
	}

	expect(ids[0]).toMatch(/^([a-z0-9]{4} ){12}[a-z0-9]{4}$/);
	expect(ids[1]).toBe(ids[0]);
});
