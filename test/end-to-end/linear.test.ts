import {expect, onTestFinished, test} from 'vitest';
import {cleanEnvironment, socktermScript} from '../helpers/programs.js';
import {homeFlags, runVerb, testFolder} from '../helpers/sockterm-program.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

function openLinear(
	name: string,
	env: Readonly<Record<string, string>>,
	args: readonly string[] = [],
): Terminal {
	const home = testFolder();
	const terminal = openTerminal({
		command: process.execPath,
		args: [
			socktermScript,
			...homeFlags(home),
			'--name',
			name,
			'--host',
			'127.0.0.1',
			'--tcp',
			'0',
			'--no-udp',
			...args,
		],
		env: {...cleanEnvironment(home), ...env},
		columns: 100,
		rows: 30,
	});
	onTestFinished(() => terminal.close());
	return terminal;
}

test('two people talk line by line, one on a dumb terminal, one with a screen reader', async () => {
	const alice = openLinear('alice', {TERM: 'dumb'});
	const listening = await alice.waitFor(/Listening: tcp .*:(\d+)\./);
	const port = /:(\d+)\./.exec(listening)![1]!;
	const bob = openLinear('bob', {INK_SCREEN_READER: 'true'}, [
		'--connect',
		`127.0.0.1:${port}`,
	]);
	await bob.waitFor('What you type goes to alice');
	bob.write('hello 世界\r');
	await alice.waitFor('bob (UNVERIFIED): hello 世界');
	alice.write('hi\r');
	await bob.waitFor('alice (UNVERIFIED): hi');
	for (const {output} of [alice, bob]) {
		expect(output()).not.toContain('\u001B');
		expect(output()).not.toMatch(/[╭│]/);
	}

	// The end of input is a way out, as in a shell.
	bob.write('\u0004');
	expect((await bob.exit).code).toBe(0);
	await alice.waitFor(/bob left/);
	alice.write('\u0003');
	expect((await alice.exit).code).toBe(130);
	expect(alice.output()).not.toContain('\u001B');
});

test('without a terminal a sentence names the verbs', async () => {
	const child = runVerb([]);
	expect((await child.exit).code).toBe(2);
	for (const verb of ['listen', 'send', 'receive', 'say', 'udp']) {
		expect(child.errors()).toContain(verb);
	}
});
