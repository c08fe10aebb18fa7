/** The file of settings and `/set`, as a person meets them. */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {
	runVerb,
	startConsole,
	testFolder,
} from '../helpers/sockterm-program.js';

const fileOf = (home: string) =>
	join(home, '.config', 'sockterm', 'config.toml');

function homeWith(...lines: string[]): string {
	const home = testFolder();
	mkdirSync(join(home, '.config', 'sockterm'), {recursive: true});
	writeFileSync(fileOf(home), lines.join('\n'));
	return home;
}

test('the first start writes a file that says nothing yet; a second leaves it alone', async () => {
	const home = testFolder();
	const first = await startConsole({home, name: 'alice'});
	const written = readFileSync(fileOf(home), 'utf8');
	expect(written).toContain('#theme = "auto"');
	await first.close();
	writeFileSync(fileOf(home), '# mine\ntimes = "off"\n');
	await startConsole({home, name: 'alice'});
	expect(readFileSync(fileOf(home), 'utf8')).toBe('# mine\ntimes = "off"\n');
});

test('--config names another file, which is written too', async () => {
	const home = testFolder();
	const path = join(home, 'a folder', 'mine.toml');
	await startConsole({home, args: ['--config', path]});
	expect(existsSync(path)).toBe(true);
	expect(existsSync(fileOf(home))).toBe(false);
});

test('a wrong line gets its sentence, the others count, and the console starts', async () => {
	const home = homeWith('name = "from the file"', 'theme = "pink"', 'udp = 1x');
	const alice = await startConsole({home});
	await alice.waitFor(/config\.toml, line 2: theme is "pink"/);
	await alice.waitFor(/sockterm\s+from the file/);
	alice.enter('/set');
	await alice.waitFor(/line 3: this is\s+(?:│\s+│\s+)?no TOML/);
});

test('/set changes the colours at once, and writes one line into the file', async () => {
	const home = homeWith('# mine', 'theme = "16" # as I like it', '');
	const alice = await startConsole({home, name: 'alice'});
	/** The colour of the border at the corner of the first pane. */
	const corner = () => alice.model.buffer.active.getLine(1)?.getCell(0);
	expect(corner()?.isFgPalette()).toBe(true);
	alice.enter('/set theme light');
	await alice.waitFor('theme is light now');
	await alice.waitFor(() => corner()?.isFgRGB() === true);
	expect(corner()?.getFgColor()).toBe(0x6b_71_78);
	alice.enter('/set borders ascii');
	await alice.waitFor(text => text.includes('+-') && !text.includes('╭'));
	alice.enter('/set -save theme contrast');
	await alice.waitFor('is written into');
	expect(readFileSync(fileOf(home), 'utf8')).toBe(
		'# mine\ntheme = "contrast" # as I like it\n',
	);
	alice.enter('/set name carol');
	await alice.waitFor(/sockterm\s+carol/);
	alice.enter('/set tcp 9999');
	await alice.waitFor('/set -save tcp 9999');
});

test('a verb reads the file, tells what is wrong in it, and keeps its own ways', async () => {
	const home = homeWith('name = "from the file"', 'histroy = true');
	const child = runVerb(
		['listen', '--json', '--tcp', '0', '--udp', '0', '--host', '127.0.0.1'],
		home,
	);
	await child.waitForLine('"nick":"from the file"');
	expect(child.errors()).toContain('Did you mean history?');
	expect(existsSync(join(home, '.local', 'state', 'sockterm', 'history'))).toBe(
		false,
	);
});

test('a key of the file works, and the hints name it', async () => {
	const home = homeWith(
		'key-preset = "vim"',
		'[keys.panes]',
		'"Ctrl-G" = "toggleZoom"',
		'"ctrl+i" = "help"',
	);
	const alice = await startConsole({home, name: 'alice'});
	await alice.waitFor(/config\.toml, line 4: a terminal sends Tab/);
	alice.write('\u001B');
	await alice.waitFor('Ctrl-G zoom');
	alice.write('\u0007');
	await alice.waitFor(text => !text.includes('Transfers ─'));
	alice.write(':nick zoe\r');
	await alice.waitFor(/sockterm\s+zoe/);
});
