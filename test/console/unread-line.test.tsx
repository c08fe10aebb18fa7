/** The line above what is new: where it stands, and where none does. */
import {afterEach, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {
	offered,
	peerConnected,
	received,
	sent,
	started,
} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';

let app: RenderedApp;

afterEach(async () => {
	await app.close();
});

async function open(...events: EventBody[]) {
	app = await renderApp({
		events: [...started, peerConnected('bob', {trust: 'VERIFIED'}), ...events],
	});
	app.write(keys.alt('2'));
	await app.waitFor('to bob');
}

test('a line stands above what came while the reader was elsewhere', async () => {
	await open(received('bob', 'live 1.'));
	await app.waitFor('live 1.');
	app.write(keys.alt('1'));
	await app.waitFor('to All');
	app.engine.emit(received('bob', 'live 2.'));
	app.write(keys.alt('2'));
	const screen = await app.waitFor(/── new ─/);
	expect(screen.indexOf('live 1.')).toBeLessThan(screen.indexOf('── new'));
	expect(screen.indexOf('── new')).toBeLessThan(screen.indexOf('live 2.'));
});

test('no line stands above what is one’s own', async () => {
	await open(received('bob', 'live 1.'));
	await app.waitFor('live 1.');
	app.write(keys.alt('1'));
	await app.waitFor('to All');
	app.engine.emit(
		sent('bob', 'm', 'mine by msg', ['bob']),
		offered('t', {peer: 'bob', direction: 'out', name: 'notes.txt'}),
	);
	app.write(keys.alt('2'));
	await app.waitFor(/mine by msg[^]*to bob/);
	expect(app.screen().join('\n')).not.toContain('── new');
	// Nor above what comes while it is looked at.
	app.engine.emit(received('bob', 'live 2.'));
	expect(await app.waitFor('live 2.')).not.toContain('── new');
	// Nor where it is chosen again.
	app.write(`${keys.alt('2')}draft`);
	await app.waitFor('draft');
	app.engine.emit(received('bob', 'live 3.'));
	expect(await app.waitFor('live 3.')).not.toContain('── new');
});

test('behind one’s own the line stands above what somebody else brought', async () => {
	await open(received('bob', 'live 1.'));
	await app.waitFor('live 1.');
	app.write(keys.alt('1'));
	await app.waitFor('to All');
	app.engine.emit(
		sent('bob', 'm', 'mine by msg', ['bob']),
		offered('t', {peer: 'bob', name: 'theirs.txt'}),
		received('bob', 'live 2.'),
	);
	app.write(keys.alt('2'));
	const lines = (await app.waitFor(/── new ─/)).split('\n');
	const marked = lines.findIndex(line => line.includes('── new'));
	expect(lines[marked - 1]).toContain('mine by msg');
	expect(lines[marked + 1]).toContain('theirs.txt');
});
