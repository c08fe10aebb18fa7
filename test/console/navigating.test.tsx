import {afterEach, describe, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {peerConnected, received, started} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';

let app: RenderedApp;
afterEach(async () => app.close());

const withPeers: readonly EventBody[] = [
	...started,
	peerConnected('bob', {trust: 'VERIFIED'}),
	peerConnected('carol'),
	peerConnected('Ådne 世界'),
];

describe('news', () => {
	test('stand in the header by name, also where no list of peers is seen', async () => {
		app = await renderApp({columns: 50, rows: 14, events: withPeers});
		expect(app.text()).not.toContain('new:');
		app.engine.emit(
			received('carol', 'one'),
			received('carol', 'two'),
			received('bob', 'three'),
		);
		await app.waitFor('new: bob 1, carol 2');
	});

	test('Alt-A goes to who has waited longest, and says when there is nothing', async () => {
		app = await renderApp({events: withPeers});
		app.engine.emit(received('carol', 'one'), received('bob', 'two'));
		await app.waitFor('new: bob 1, carol 1');
		app.write(keys.alt('a'));
		await app.waitFor('to carol ›');
		app.write(keys.alt('a'));
		await app.waitFor('to bob ›');
		app.write(keys.alt('a'));
		await app.waitFor('There is nothing new.');
	});
});

describe('going to a conversation by its name', () => {
	test('a part of it is enough, in any case, and Enter opens it', async () => {
		app = await renderApp({events: withPeers});
		app.write(keys.alt('g'));
		await app.waitFor('Go to a conversation');
		app.write('åd');
		await app.waitFor(/│ ▸ Ådne 世界 +UNVERIFIED/);
		app.write(keys.enter);
		await app.waitFor('to Ådne 世界 ›');
	});

	test('those with news stand first, and an empty list says so', async () => {
		app = await renderApp({columns: 40, rows: 12, events: withPeers});
		app.engine.emit(received('carol', 'one'));
		await app.waitFor('new: carol 1');
		app.write('\u0007');
		await app.waitFor(/▸ carol .*1 new/);
		app.write('nobody');
		await app.waitFor('No conversation is called like that.');
		app.write(keys.enter);
		app.write('\u0015');
		app.write(keys.enter);
		await app.waitFor('to carol ›');
	});
});

describe('a zoomed conversation', () => {
	test('has nothing of ours at its sides, so that what is selected is text', async () => {
		app = await renderApp({columns: 60, rows: 20, events: withPeers});
		const long = 'a line that goes on for longer than the pane is wide, twice';
		app.engine.emit(received('bob', `${long} ${long}`));
		await app.waitFor('twice');
		app.write(keys.escape);
		await app.waitFor('Enter choose');
		app.write(`${keys.tab}z`);
		await app.waitFor(screen => !/│/.test(screen) && screen.includes('twice'));
		const said = app.screen().filter(row => /goes on|twice|wide/.test(row));
		expect(said.length).toBeGreaterThan(1);
		for (const row of said) expect(row).not.toMatch(/[│┊]/);
		expect(said[0]).toMatch(/^\d\d:\d\d:\d\d /);
		// What a stranger sends never begins where ours does.
		for (const row of said.slice(1)) expect(row).toMatch(/^ {10}/);
		app.write('z');
		await app.waitFor(/│ .*┊/);
	});
});
