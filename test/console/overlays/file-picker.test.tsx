import {
	chmodSync,
	mkdirSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {FilePicker} from '../../../source/console/overlays/file-picker.js';
import {readFolder} from '../../../source/console/overlays/folder-listing.js';
import {
	actOnPicker,
	openPicker,
	withListing,
} from '../../../source/console/overlays/picker-model.js';
import {pickerRows} from '../../../source/console/overlays/picker-rows.js';
import {createTheme} from '../../../source/console/theme.js';
import {type RenderedPart, renderPart} from '../../helpers/render-part.js';
import {createTemporaryFolder} from '../../helpers/temporary-folder.js';
import {waitFor} from '../../helpers/wait-for.js';

const theme = createTheme({colour: false, ascii: false});
const folder = createTemporaryFolder();
const inside = (...names: string[]) => join(folder.path, ...names);

beforeAll(() => {
	mkdirSync(inside('photos', 'summer'), {recursive: true});
	mkdirSync(inside('many'));
	for (let index = 0; index < 3000; index++) {
		writeFileSync(
			inside('many', `file-${String(index).padStart(5, '0')}.txt`),
			'',
		);
	}

	writeFileSync(inside('notes 10.txt'), 'x'.repeat(1500));
	writeFileSync(inside('notes 9.txt'), 'x');
	writeFileSync(inside('你好世界.txt'), '');
	writeFileSync(inside('bad\u001B[31mname'), '');
	writeFileSync(inside('.secret'), '');
	writeFileSync(inside('photos', 'a.jpg'), '');
	symlinkSync('photos', inside('linked'));
	symlinkSync('nowhere', inside('dead'));
	utimesSync(
		inside('notes 9.txt'),
		new Date(2024, 4, 6, 7, 8),
		new Date(2024, 4, 6, 7, 8),
	);
});
afterAll(() => folder.remove());

let part: RenderedPart | undefined;
afterEach(async () => {
	await part?.close();
	part = undefined;
});

async function open({width = 70, height = 16, startPath = folder.path} = {}) {
	const chosen: Array<readonly string[]> = [];
	let cancelled = 0;
	part = renderPart(
		<FilePicker
			theme={theme}
			startPath={startPath}
			width={width}
			height={height}
			onChoose={paths => chosen.push(paths)}
			onCancel={() => {
				cancelled++;
			}}
		/>,
		{columns: width, rows: height + 2},
	);
	await part.waitFor(/entr(y|ies)|cannot|does not/);
	return {terminal: part, chosen, cancelled: () => cancelled};
}

const names = (screen: string) =>
	screen
		.split('\n')
		.slice(3, -4)
		.map(row => row.slice(6, 46).trim())
		.filter(name => name !== '');

test('folders stand first, then files by name and number, with size and date', async () => {
	const {terminal} = await open();
	const screen = await terminal.waitFor('2024-05-06 07:08');
	expect(names(screen).map(name => name.split(/ {2,}/)[0])).toEqual([
		'../',
		'linked/',
		'many/',
		'photos/',
		'bad{1b}[31mname',
		'dead',
		'notes 9.txt',
		'notes 10.txt',
		'你好世界.txt',
	]);
	expect(screen).toMatch(/notes 10\.txt +1\.5 kB/);
	expect(screen).not.toContain('.secret');
	for (const row of screen.split('\n').slice(1, 15)) {
		expect(row).toMatch(/^│.*│$/);
	}
});

test('typing finds, Enter chooses', async () => {
	const {terminal, chosen} = await open();
	terminal.write('OTES1');
	await terminal.waitFor('1 entry');
	expect(names(terminal.text())[0]).toMatch(/^notes 10\.txt/);
	terminal.write('\r');
	await waitFor(() => chosen.length > 0, 'the choice');
	expect(chosen).toEqual([[inside('notes 10.txt')]]);
});

test('Space marks several, in several folders; Tab or Enter sends them', async () => {
	const {terminal, chosen} = await open();
	terminal.write('notes');
	await terminal.waitFor('2 entries');
	terminal.write(' ');
	await terminal.waitFor('1 marked');
	terminal.write(' \u0015');
	await terminal.waitFor('2 marked');
	terminal.write('photos\r');
	await terminal.waitFor('a.jpg');
	terminal.write('a.j ');
	await terminal.waitFor('3 marked');
	terminal.write('\t');
	await waitFor(() => chosen.length > 0, 'the choice');
	expect(chosen[0]).toHaveLength(3);
	expect(chosen[0]).toEqual(
		expect.arrayContaining([
			inside('photos', 'a.jpg'),
			inside('notes 9.txt'),
			inside('notes 10.txt'),
		]),
	);
});

test('a dot shows hidden files, Backspace goes up and back to the row', async () => {
	const {terminal} = await open();
	terminal.write('.');
	await terminal.waitFor('.secret');
	terminal.write('.');
	await terminal.waitFor(screen => !screen.includes('.secret'));
	terminal.write('summer');
	await terminal.waitFor('Nothing here is called');
	terminal.write('\u0015photos\r');
	await terminal.waitFor('summer/');
	terminal.write('\u007F');
	await terminal.waitFor(/▸ {3}photos\//);
});

test('a typed path leads there; Space is a part of it; Tab completes it', async () => {
	const {terminal, chosen} = await open({startPath: '/'});
	terminal.write(`${folder.path}/notes`);
	await terminal.waitFor('notes 9.txt');
	terminal.write('\t10\t');
	await terminal.waitFor('1 entry');
	terminal.write('\r');
	await waitFor(() => chosen.length > 0, 'the choice');
	expect(chosen).toEqual([[inside('notes 10.txt')]]);
	terminal.write('\u0015/no-such-place/x');
	await terminal.waitFor('/no-such-place does not exist.');
});

test('Space marks after a typed path that ends with its folder', async () => {
	const {terminal, chosen} = await open({startPath: '/'});
	terminal.write(`${folder.path}/`);
	await terminal.waitFor('notes 9.txt');
	terminal.write('\u001B[F ');
	await terminal.waitFor('1 marked');
	terminal.write('\r');
	await waitFor(() => chosen.length > 0, 'the choice');
	expect(chosen[0]).toHaveLength(1);
});

test('Space marks a folder, which is sent whole; Enter still opens it', async () => {
	const {terminal, chosen} = await open();
	terminal.write('photos ');
	await terminal.waitFor('1 marked');
	terminal.write('\r');
	await terminal.waitFor('summer/');
	terminal.write(' ');
	await terminal.waitFor('Go up with Backspace to mark that folder.');
	terminal.write('\t');
	await waitFor(() => chosen.length > 0, 'the choice');
	expect(chosen).toEqual([[inside('photos')]]);
});

test('what cannot be sent is said: dead links', async () => {
	const {terminal, chosen} = await open();
	terminal.write('dead\r');
	await terminal.waitFor('dead is not a file that can be sent');
	expect(chosen).toEqual([]);
});

test.skipIf(process.getuid?.() === 0)(
	'a folder without rights says so',
	async () => {
		mkdirSync(inside('locked'));
		chmodSync(inside('locked'), 0);
		const {terminal} = await open({startPath: inside('locked')});
		await terminal.waitFor('you may not read it');
	},
);

test('a large folder stays quick: only rows that are seen are drawn and asked for', async () => {
	const {terminal} = await open({startPath: inside('many')});
	await terminal.waitFor('3000 entries');
	terminal.write('\u001B[F');
	await terminal.waitFor('file-02999.txt');
	terminal.write('\u001B[A'.repeat(100));
	await terminal.waitFor(/▸ {3}file-02899\.txt/, 15_000);
	terminal.write('1234');
	await terminal.waitFor('1 entry');
});

test('moving in a folder computes its rows no second time', async () => {
	const listing = await readFolder(inside('many'));
	const state = withListing(openPicker(inside('many')), listing);
	const rows = pickerRows(state);
	expect(rows).toHaveLength(3001);
	const moved = actOnPicker(state, 'pageDown', 10);
	expect(moved).toMatchObject({kind: 'stay', state: {selected: 10}});
	expect(moved?.kind === 'stay' && pickerRows(moved.state)).toBe(rows);
});

test('Esc and Ctrl-C cancel', async () => {
	const {terminal, cancelled} = await open();
	terminal.write('\u001B');
	await waitFor(() => cancelled() === 1, 'Esc');
	terminal.write('\u0003');
	await waitFor(() => cancelled() === 2, 'Ctrl-C');
});

test('it fits a narrow and a low place', async () => {
	const {terminal} = await open({width: 24, height: 8});
	const screen = terminal.text();
	expect(screen).toContain('╭');
	expect(screen).not.toContain('2024');
	for (const row of terminal.screen().slice(1, 7))
		expect(row).toMatch(/^│.*│$/);
});
