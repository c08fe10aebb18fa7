/** A verb in which something was thrown that nobody expected: it ends with a sentence, and what the error quotes does nothing to the terminal. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {exitCodes} from '../../source/headless/exit-codes.js';
import {startChild} from '../helpers/child-program.js';
import {cleanEnvironment, socktermScript} from '../helpers/programs.js';
import {homeFlags, testFolder} from '../helpers/sockterm-program.js';

const faultsScript = join(import.meta.dirname, '..', 'helpers', 'faults.cjs');

const flagsOfPorts = ['--host', '127.0.0.1', '--tcp', '0', '--udp', '0'];

test.each([
	['throw', 'a fault on purpose: throw \\u{1b}]0;x\\u{7}\\u{9b}2J'],
	['reject', 'a fault on purpose: reject \\u{1b}[31m\\u{202e}'],
])('after an unexpected %s', async (fault, quoted) => {
	const home = testFolder();
	const faults = join(home, 'faults');
	mkdirSync(faults);
	const verb = startChild(
		process.execPath,
		[socktermScript, 'listen', ...flagsOfPorts, ...homeFlags(home)],
		{
			env: {
				...cleanEnvironment(home),
				NODE_OPTIONS: `--require=${faultsScript}`,
				SOCKTERM_FAULTS: faults,
			},
			cwd: home,
		},
	);
	onTestFinished(() => verb.stop());
	await verb.waitForLine('Listening on tcp');
	writeFileSync(join(faults, `main-${fault}`), '');
	expect((await verb.exit).code).toBe(exitCodes.failed);
	expect(verb.errors()).toContain(quoted);
	// Where it happened is told too: that is for whoever mends it.
	expect(verb.errors()).toMatch(/^ {4}at /m);
	const written = verb.errors() + verb.lines.join('');
	expect(written.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
});
