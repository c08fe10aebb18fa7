import {mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {cleanEnvironment} from '../../helpers/programs.js';
import {type Terminal, openTerminal} from '../../helpers/terminal.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
// Inside the project, so that the program finds its dependencies.
const folder = mkdtempSync(join(root, 'node_modules', '.field-program-'));
const program = join(folder, 'field-program.mjs');

beforeAll(async () => {
	await build({
		absWorkingDir: root,
		entryPoints: ['test/helpers/field-program.tsx'],
		outfile: program,
		bundle: true,
		packages: 'external',
		format: 'esm',
		platform: 'node',
		jsx: 'automatic',
	});
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

let terminal: Terminal;
beforeEach(async () => {
	terminal = openTerminal({
		command: process.execPath,
		args: [program],
		env: cleanEnvironment(folder),
		columns: 60,
		rows: 16,
	});
	await terminal.waitFor('ready');
});
afterEach(async () => terminal.close());

test('a line and Enter in one write is submitted whole', async () => {
	terminal.write('hello\r');
	await terminal.waitFor('submitted [hello]');
	terminal.write('again\r你好\r');
	await terminal.waitFor('submitted [hello|again|你好]');
});

test('three backspaces in one write delete three characters', async () => {
	terminal.write('hello');
	await terminal.waitFor('value [hello]');
	terminal.write('\u007F\u007F\u007F');
	await terminal.waitFor('value [he]');
	terminal.write('a👍🏽\u007F');
	await terminal.waitFor('value [hea] 3');
});

test('the cursor of the terminal is shown at the caret', async () => {
	terminal.write('你好ab');
	await terminal.waitFor('value [你好ab]');
	terminal.write('\u0002');
	await terminal.waitFor(() => terminal.model.buffer.active.cursorX === 1 + 5);
	expect(terminal.model.buffer.active.cursorY).toBe(2);
	expect(terminal.modes().cursorVisible).toBe(true);
});

test('a thousand keys in one write all arrive, inside the border', async () => {
	terminal.write('0123456789'.repeat(100));
	const screen = await terminal.waitFor('value [01234567890123456789] 1000');
	expect(screen).toMatch(/^│[0-9]+ *│$/m);
});

test('Esc, Alt and paste are what they are', async () => {
	terminal.write('one two\u001Bb');
	await terminal.waitFor('value [one two]');
	terminal.write('\u001B');
	terminal.write('\u001B[200~big\nred \u001B[201~');
	await terminal.waitFor('value [one big red two]');
});

test('the terminal is given back', async () => {
	terminal.write('x\u0003');
	const {code} = await terminal.exit;
	expect(code).toBe(0);
	expect(terminal.modes()).toMatchObject({
		alternateScreen: false,
		bracketedPaste: false,
		cursorVisible: true,
	});
});
