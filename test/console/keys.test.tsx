import {afterEach, describe, expect, test, vi} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {
	accepted,
	datagram,
	offered,
	peerConnected,
	started,
} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp;

afterEach(async () => {
	await app.close();
});

const withBob: readonly EventBody[] = [...started, peerConnected('bob')];

const isGivenBack = () => app.model.buffer.active.type === 'normal';

async function toPanes() {
	app.write(keys.escape);
	await app.waitFor('choose');
}

describe('the hints', () => {
	test('name the keys that work where one is', async () => {
		app = await renderApp({events: withBob});
		await app.waitFor('Enter send   Esc panes   F4 send file');
		app.write(keys.escape);
		await app.waitFor('Enter choose   i write   f send file   c connect');
	});
});

describe('sending a file', () => {
	test('F4 opens the picker for the only peer that takes files', async () => {
		app = await renderApp({
			events: [...withBob, peerConnected('nc', {kind: 'raw'})],
		});
		app.write(keys.f4);
		await app.waitFor('package.json');
		app.write(keys.escape);
		await app.waitFor(text => !text.includes('package.json'));
	});

	test('f says whom there is none, or that several could be meant', async () => {
		app = await renderApp();
		app.write(keys.f4);
		await app.waitFor('Nobody can take a file yet');
		app.engine.emit(peerConnected('nc', {kind: 'raw'}));
		await toPanes();
		app.write('j');
		await app.waitFor('to nc');
		app.write('f');
		await app.waitFor('nc is a PLAIN connection and cannot take files');
		app.engine.emit(peerConnected('bob'), peerConnected('carol'));
		await app.waitFor('carol');
		app.write('f');
		await app.waitFor('Choose the peer that the file is for');
	});
});

describe('dialogs', () => {
	test('c connects', async () => {
		app = await renderApp();
		await toPanes();
		app.write('c');
		await app.waitFor(/host/i);
		app.write('tcp://10.0.0.1:99999\r');
		await app.waitFor('is no port');
		app.write(`${keys.backspace}\r`);
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		expect(app.engine.dispatched).toEqual([
			{
				type: 'peer/dial',
				target: {kind: 'raw', host: '10.0.0.1', port: 9999},
				ref: 1,
			},
		]);
	});

	test('Enter on a source of datagrams answers it', async () => {
		app = await renderApp({events: [...started, datagram('hi')]});
		await toPanes();
		app.write('j');
		await app.waitFor('▸ 10.0.0.9:5353');
		app.write(keys.enter);
		await app.waitFor('To   10.0.0.9:5353');
		app.write('ping\r');
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		expect(app.engine.dispatched).toMatchObject([
			{type: 'datagram/send', host: '10.0.0.9', port: 5353, text: 'ping'},
		]);
	});

	test('? shows the keys, Esc goes back', async () => {
		app = await renderApp();
		await toPanes();
		app.write('?');
		await app.waitFor(/next pane/);
		app.write(keys.escape);
		await app.waitFor(text => text.includes('i write'));
	});
});

describe('leaving', () => {
	test('Ctrl-C cancels the innermost thing, and quits only when pressed twice', async () => {
		app = await renderApp({events: withBob});
		app.write(keys.f1);
		await app.waitFor(/Help|Keys/);
		app.write(keys.ctrlC);
		await app.waitFor('› type');
		app.write('draft');
		await app.waitFor('› draft');
		app.write(keys.ctrlC);
		await app.waitFor('› type');
		app.write(keys.ctrlC);
		await app.waitFor('Press Ctrl-C again to quit.');
		app.write('x');
		await app.waitFor('› x');
		expect(app.text()).not.toContain('again to quit');
		app.write(keys.ctrlC + keys.ctrlC);
		await app.waitFor('Press Ctrl-C again to quit.');
		app.write(keys.ctrlC);
		expect(await app.ended).toMatchObject({exitCode: 0, lines: []});
	});

	test('an offer that nobody has answered is no reason to ask', async () => {
		app = await renderApp({events: [...withBob, offered('t', {peer: 'bob'})]});
		await app.waitFor('1 offer waiting');
		app.write(keys.ctrlC + keys.ctrlC);
		expect(await app.ended).toMatchObject({exitCode: 0});
	});

	test('Ctrl-C twice quits also where the window is too small for anything', async () => {
		app = await renderApp({columns: 15, rows: 3});
		await app.waitFor('Too small');
		app.write(keys.ctrlC);
		app.write(keys.ctrlC);
		expect(await app.ended).toMatchObject({exitCode: 0});
	});

	test('the terminal is given back', async () => {
		app = await renderApp({events: withBob});
		expect(app.isRaw()).toBe(true);
		expect(app.model.buffer.active.type).toBe('alternate');
		await toPanes();
		app.write('q');
		await app.ended;
		expect(app.isRaw()).toBe(false);
		await app.waitFor(isGivenBack);
		expect(app.cursor().isVisible).toBe(true);
		expect(app.model.modes.bracketedPasteMode).toBe(false);
		expect(app.engine.isClosed).toBe(true);
		expect(app.text().trim()).toBe('');
	});

	test('while a transfer runs it asks first', async () => {
		app = await renderApp({
			events: [
				...withBob,
				offered('t', {peer: 'bob', direction: 'out'}),
				accepted('t'),
			],
		});
		await toPanes();
		app.write('q');
		await app.waitFor('What has arrived is kept');
		app.write('n');
		await app.waitFor('i write');
		app.write('q');
		app.write('y');
		expect(await app.ended).toMatchObject({unfinished: 1});
		await app.waitFor('still under way. What has arrived is kept');
	});

	test.each(['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGINT'] as const)(
		'%s ends it and gives the terminal back',
		async signal => {
			const before = new Set(process.listeners(signal));
			app = await renderApp({events: withBob});
			const ours = process
				.listeners(signal)
				.filter(each => !before.has(each) && each.name === 'onSignal');
			expect(ours).toHaveLength(1);
			ours[0]!(signal);
			const {exitCode} = await app.ended;
			expect(exitCode).toBeGreaterThan(128);
			await app.waitFor(isGivenBack);
			expect(app.isRaw()).toBe(false);
			expect(process.listeners(signal)).not.toContain(ours[0]);
		},
	);

	test('an error that nobody caught ends it, and is not lost', async () => {
		const before = new Set(process.listeners('uncaughtException'));
		app = await renderApp({events: withBob});
		const [ours] = process
			.listeners('uncaughtException')
			.filter(each => !before.has(each) && each.name === 'onError');
		const error = new Error('broken');
		ours!(error, 'uncaughtException');
		await expect(app.ended).rejects.toBe(error);
		await app.waitFor(isGivenBack);
		expect(app.isRaw()).toBe(false);
	});

	test('Ctrl-Z gives the terminal away, and takes it back whole', async () => {
		let resume: (() => void) | undefined;
		const stop = vi.fn((resumed: () => void) => {
			resume = resumed;
		});
		app = await renderApp({events: withBob, stop});
		app.write(keys.ctrlZ);
		await app.waitFor(isGivenBack);
		expect(app.isRaw()).toBe(false);
		resume!();
		await app.waitFor('╭ Peers');
		expect(app.model.buffer.active.type).toBe('alternate');
		expect(app.isRaw()).toBe(true);
		app.write('still here');
		await app.waitFor('› still here');
	});
});
