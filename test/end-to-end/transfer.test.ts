import {createHash, randomBytes} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {
	type SocktermConsole,
	startPair,
	testFolder,
} from '../helpers/sockterm-program.js';
import {waitFor} from '../helpers/wait-for.js';

const MiB = 1024 * 1024;
const sha256 = (path: string) =>
	createHash('sha256').update(readFileSync(path)).digest('hex');

/** A file of random bytes in a folder of its own. */
function randomFile(name: string, sizeBytes: number): string {
	const path = join(testFolder(), name);
	writeFileSync(path, randomBytes(sizeBytes));
	return path;
}

/** Nothing but finished files: no part, no leftover. */
const receivedFiles = (side: SocktermConsole) => readdirSync(side.received);

describe('files between two consoles', () => {
	test('64 MiB by /send: offered, accepted, saved, and the digests agree', async () => {
		const {alice, bob} = await startPair();
		const path = randomFile('report.iso', 64 * MiB);

		bob.enter(`/send alice ${path}`);
		await alice.waitFor(/report\.iso/);
		await alice.waitFor(/67(\.\d)? MB/);
		// A message passes while the offer waits.
		bob.enter('did you see the offer?');
		await alice.waitFor('did you see the offer?');
		expect(receivedFiles(alice)).toStrictEqual([]);

		alice.enter('/accept');
		await Promise.all([
			alice.waitFor(/report\.iso[^]*(saved|done|received)/i, 60_000),
			bob.waitFor(/report\.iso[^]*(saved|delivered)/i, 60_000),
		]);
		expect(receivedFiles(alice)).toStrictEqual(['report.iso']);
		expect(sha256(join(alice.received, 'report.iso'))).toBe(sha256(path));
	});

	test('F4 opens the picker: type to filter, Enter to choose; a taken name gets a number', async () => {
		const folder = testFolder();
		writeFileSync(join(folder, 'notes.txt'), 'first words');
		writeFileSync(join(folder, 'other.bin'), randomBytes(1000));
		const {alice, bob} = await startPair();
		writeFileSync(join(alice.received, 'notes.txt'), 'was here before');
		writeFileSync(join(bob.home, 'notes.txt'), 'first words');

		bob.write('\u001BOS');
		await bob.waitFor('notes.txt');
		bob.write('notes');
		await bob.waitFor(/notes/);
		bob.write('\r');
		await alice.waitFor('notes.txt');
		alice.enter('/accept');
		await waitFor(
			() => receivedFiles(alice).includes('notes (1).txt'),
			'the second notes',
			20_000,
		);
		await alice.waitFor('notes (1).txt');
		expect(readFileSync(join(alice.received, 'notes.txt'), 'utf8')).toBe(
			'was here before',
		);
		expect(readFileSync(join(alice.received, 'notes (1).txt'), 'utf8')).toBe(
			'first words',
		);
	});

	test('declined: both say so and nothing is written', async () => {
		const {alice, bob} = await startPair();
		const path = randomFile('unwanted.bin', 5000);
		bob.enter(`/send alice ${path}`);
		await alice.waitFor('unwanted.bin');
		alice.enter('/decline');
		await bob.waitFor(/declined/i);
		await alice.waitFor(/declined/i);
		expect(receivedFiles(alice)).toStrictEqual([]);
		// The session goes on.
		bob.enter('no offence taken');
		await alice.waitFor('no offence taken');
	});

	test('two at once, in both directions', async () => {
		const {alice, bob} = await startPair();
		const up = randomFile('up.bin', 24 * MiB);
		const down = randomFile('down.bin', 24 * MiB);
		bob.enter(`/send alice ${up}`);
		alice.enter(`/send bob ${down}`);
		await alice.waitFor('up.bin');
		await bob.waitFor('down.bin');
		alice.enter('/accept');
		bob.enter('/accept');
		await waitFor(
			() =>
				receivedFiles(alice).includes('up.bin') &&
				receivedFiles(bob).includes('down.bin'),
			'both files',
			40_000,
		);
		expect(sha256(join(alice.received, 'up.bin'))).toBe(sha256(up));
		expect(sha256(join(bob.received, 'down.bin'))).toBe(sha256(down));
	});

	test('a receiver that is killed in the middle leaves no file under the name', async () => {
		const {alice, bob} = await startPair();
		const path = randomFile('cut.bin', 400 * MiB);
		bob.enter(`/send alice ${path}`);
		await alice.waitFor('cut.bin');
		alice.enter('/accept');
		await bob.waitFor(/\d%/, 20_000);
		alice.kill('SIGKILL');
		await alice.exit;
		await bob.waitFor(/failed|lost|gone|left|again/i, 20_000);
		expect(receivedFiles(alice)).not.toContain('cut.bin');
		// It waits for alice to come back, so leaving has to be meant.
		bob.enter('/quit');
		await bob.waitFor('Quit?');
		bob.write('y');
		await bob.exit;
	});
});
