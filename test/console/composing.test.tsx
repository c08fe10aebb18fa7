import {afterEach, describe, expect, test} from 'vitest';
import type {TypedLine} from '../../source/engine/index.js';
import {limits} from '../../source/limits.js';
import {cellWidth} from '../../source/util/cells.js';
import {connected} from '../helpers/engine-state.js';
import {started} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp;
afterEach(async () => {
	await app.close();
});

const pasted = (text: string) => `\u001B[200~${text}\u001B[201~`;
const altEnter = keys.alt('\r');

/** The rows of the composer, without what stands before the text. */
const draft = () => {
	const rows = app.screen().slice(0, -1);
	const first = rows.findLastIndex(row => /^ to .* › /.test(row));
	return rows
		.slice(first)
		.map(row => row.replace(/^ to .*? › |^\s+┊ /, '').trimEnd());
};

const untilDraft = async (...lines: readonly string[]) =>
	app.waitFor(() => draft().join('\n') === lines.join('\n'));

const texts = () =>
	app.engine.dispatched.flatMap(command =>
		command.type === 'chat/send' ? [command.text] : [],
	);

describe('a draft of several lines', () => {
	test('grows up to a third of the screen, and scrolls inside; the panes give way', async () => {
		app = await renderApp({columns: 60, rows: 15});
		app.write(`one${altEnter}two\nthree`);
		await untilDraft('one', 'two', 'three');
		expect(app.screen()[10]).toMatch(/^╰/);
		app.write(`${altEnter}four${altEnter}five${altEnter}six`);
		await untilDraft('two', 'three', 'four', 'five', 'six');
		expect(app.cursor()).toMatchObject({y: 13, isVisible: true});
		app.write(keys.up.repeat(5));
		await untilDraft('one', 'two', 'three', 'four', 'five');
		app.write('\u0005!');
		await untilDraft('one!', 'two', 'three', 'four', 'five');
		app.write(keys.enter);
		await waitFor(() => texts()[0], 'the message');
		expect(texts()).toEqual(['one!\ntwo\nthree\nfour\nfive\nsix']);
		await app.waitFor('type a message');
		expect(app.screen()[12]).toMatch(/^╰/);
	});

	test('a backslash at the end begins another line, two do not', async () => {
		app = await renderApp({columns: 60, rows: 15});
		app.write('one\\\rtwo\r');
		await waitFor(() => texts()[0], 'the message');
		app.write('a\\\\\r');
		await waitFor(() => texts()[1], 'the other');
		expect(texts()).toEqual(['one\ntwo', 'a\\\\']);
	});
});

describe('the caret', () => {
	const wide = [
		['ascii', 'ab', 2],
		['Chinese', '世界', 4],
		['a family, which is drawn as its members', '👩‍👩‍👧', 6],
		['a flag, which is drawn as letters', '🇩🇪', 2],
		['combining marks', 'e\u0301x', 2],
		['Hangul', '한글', 4],
	] as const;
	test.each(wide)('behind %s', async (_name, text, cells) => {
		app = await renderApp({columns: 70, rows: 12});
		app.write(text);
		await app.waitFor(() => !app.text().includes('type a message'));
		const {x} = app.cursor();
		app.write(`${keys.alt('b')}\u0001`);
		await app.waitFor(() => app.cursor().x === x - cells);
		// In the second line, too.
		app.write(`\u0005${altEnter}${text}`);
		await app.waitFor(() => app.cursor().x === x && app.cursor().y === 10);
		app.write(keys.up);
		await app.waitFor(() => app.cursor().x === x && app.cursor().y === 9);
	});

	test('in a line that scrolls sideways, between borders that stay straight', async () => {
		app = await renderApp({columns: 44, rows: 12});
		app.write('世界👩‍👩‍👧e\u0301🇩🇪 '.repeat(20));
		await app.waitFor(() => app.cursor().x > 30);
		for (let step = 0; step < 40; step++) {
			const {x} = app.cursor();
			app.write('\u001B[D');
			await app.waitFor(() => app.cursor().x !== x);
			expect(app.cursor().y).toBe(10);
			expect(app.cursor().x).toBeLessThan(44);
			for (const row of app.screen().slice(1, 9)) {
				expect(cellWidth(row), row).toBe(44);
			}
		}

		app.write('\u0001');
		await app.waitFor(() => draft()[0]!.startsWith('世界'));
	});
});

describe('lines that were typed', () => {
	test('here and of all, with what is made of them kept', async () => {
		app = await renderApp({
			columns: 100,
			rows: 20,
			events: [...started, connected('bob')],
		});
		app.write('to all\r');
		await waitFor(() => texts()[0], 'the first');
		app.write(`${keys.alt('2')}to bob\r`);
		await waitFor(() => texts()[1], 'the second');
		app.write(`new${keys.up}`);
		await untilDraft('to bob');
		app.write(keys.up);
		app.write('!');
		await untilDraft('to bob!');
		app.write(keys.alt('p'));
		await untilDraft('to all');
		app.write(keys.alt('n'));
		await untilDraft('to bob!');
		app.write(keys.down);
		await untilDraft('new');
	});

	test('Ctrl-R finds them; Esc gives the line back, Enter takes the one that was found', async () => {
		app = await renderApp({columns: 100, rows: 20});
		app.write('alpha one\rbeta\ralpha two\r');
		await waitFor(() => texts()[2], 'three lines');
		app.write('being typed\u0012alpha');
		await app.waitFor('alpha two');
		app.write('\u0012');
		await app.waitFor('alpha one');
		app.write('\u0007');
		await untilDraft('being typed');
		app.write('\u0012BETA');
		await app.waitFor(/BETA\s+beta/);
		app.write(keys.enter);
		await untilDraft('beta');
		expect(texts()).toHaveLength(3);
		app.write('\u001F');
		await untilDraft('being typed');
		app.write('\u0012nowhere');
		await app.waitFor('No such line');
		app.write(keys.escape);
		await untilDraft('being typed');
	});

	test('come back after a restart, and the last word of them', async () => {
		const kept: TypedLine[] = [{place: 'all', line: '/send bob "a b.txt"'}];
		app = await renderApp({
			columns: 100,
			rows: 20,
			typedLines: {
				load: async () => kept,
				add: async lines => void kept.push(...lines),
			},
		});
		app.write(`look at ${keys.alt('.')}`);
		await untilDraft('look at "a b.txt"');
		app.write('\r secret\r');
		await waitFor(() => texts()[1], 'both');
		await waitFor(() => kept.length === 2, 'the line on disk');
		expect(kept.at(-1)).toEqual({place: 'all', line: 'look at "a b.txt"'});
		app.write(keys.up.repeat(2));
		await untilDraft('/send bob "a b.txt"');
	});
});

describe('a paste', () => {
	test('of few lines waits for Enter', async () => {
		app = await renderApp({columns: 60, rows: 20});
		app.write(pasted('a\nb\r\nc\rd\ne\n'));
		await untilDraft('a', 'b', 'c', 'd', 'e');
		expect(texts()).toEqual([]);
	});

	const long = Array.from({length: 30}, (_, index) => `row ${index}`);

	test('of more is asked about: Enter puts it into the composer', async () => {
		app = await renderApp({columns: 80, rows: 20});
		app.write(pasted(long.join('\r')));
		await app.waitFor('30 lines');
		await app.waitFor(/row 0.*row 8/s);
		expect(app.text()).toMatch(/… and \d+ more/);
		app.write(keys.enter);
		await untilDraft(...long.slice(-6));
		expect(texts()).toEqual([]);
		app.write(keys.enter);
		await waitFor(() => texts()[0], 'the message');
		expect(texts()).toEqual([long.join('\n')]);
	});

	test('is sent as it is, as one message and never as a command', async () => {
		app = await renderApp({columns: 80, rows: 20});
		app.write(pasted(`/quit\n${long.join('\n')}\n`));
		await app.waitFor('31 lines');
		app.write('s');
		await waitFor(() => texts()[0], 'the message');
		expect(texts()).toEqual([`/quit\n${long.join('\n')}`]);
	});

	test('says beforehand that its end would not fit', async () => {
		app = await renderApp();
		const line = `${'x'.repeat(99)}\n`;
		const fitting = Math.floor(limits.inputCharacters / line.length);
		app.write(pasted(line.repeat(fitting)));
		await app.waitFor(frame => frame.includes('What should become of them'));
		expect(app.screen().join(' ')).not.toContain('would be lost');
		app.write('d');
		await app.waitFor(frame => !frame.includes('What should become of them'));
		app.write(pasted(line.repeat(fitting + 1)));
		await app.waitFor(frame => frame.includes('would be lost'));
	});

	test('is dropped, and what was typed stays', async () => {
		app = await renderApp({columns: 80, rows: 20});
		app.write(`typed ${pasted(long.join('\n'))}`);
		await app.waitFor('30 lines');
		app.write('d');
		await untilDraft('typed');
		expect(texts()).toEqual([]);
	});

	test('that does not fit is told of', async () => {
		app = await renderApp({columns: 80, rows: 20});
		app.write(pasted('x'.repeat(limits.inputCharacters + 1)));
		await app.waitFor('The line is full');
	});
});

describe('keys', () => {
	test('Tab goes round the candidates, Shift-Tab back', async () => {
		app = await renderApp({columns: 100, rows: 20});
		app.write('/li\t');
		await app.waitFor('/listen  /limit  /limits');
		app.write('\t');
		await untilDraft('/listen');
		await app.waitFor('[/listen]  /limit');
		app.write('\t');
		await untilDraft('/limit');
		app.write('\u001B[Z\u001B[Z');
		await untilDraft('/limits');
		app.write('\u001F');
		await untilDraft('/li');
	});

	test('keys behind Tab wait for what it finds', async () => {
		app = await renderApp({
			columns: 100,
			rows: 20,
			events: [...started, connected('bob')],
		});
		app.write('bo\thello\r');
		await waitFor(() => texts()[0], 'the message');
		expect(texts()).toEqual(['bob: hello']);
		app.write('hey @b\t\r');
		await waitFor(() => texts()[1], 'the other');
		expect(texts()[1]).toBe('hey @bob ');
	});

	test('a line that Ctrl-C emptied can be undone', async () => {
		app = await renderApp({columns: 100, rows: 20});
		app.write('typed in vain');
		await untilDraft('typed in vain');
		app.write(keys.ctrlC);
		await app.waitFor('type a message');
		app.write('\u001F');
		await untilDraft('typed in vain');
	});

	test('Ctrl-L draws everything anew', async () => {
		app = await renderApp({columns: 60, rows: 15});
		app.write('draft');
		const before = await untilDraft('draft');
		app.stdout.write('\u001B[3;5Hgarbage\u001B[9;1Hmore of it');
		await app.waitFor('garbage');
		app.write('\u000C');
		await app.waitFor(screen => screen === before);
	});
});
