import {afterEach, describe, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {
	accepted,
	finished,
	offered,
	peerConnected,
	saved,
	started,
	startOfTest,
	transferId,
} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp;

afterEach(async () => {
	await app.close();
});

const withPeers: readonly EventBody[] = [
	...started,
	peerConnected('bob', {trust: 'VERIFIED'}),
	peerConnected('carol'),
];

const transfer = transferId('t');

async function toPanes() {
	app.write(keys.escape);
	await app.waitFor('choose');
}

describe('an offer', () => {
	test('is said in the conversation, in its pane, and in the hints', async () => {
		app = await renderApp({
			events: [...withPeers, offered('t', {peer: 'carol'})],
		});
		const text = await app.waitFor('1 offer waiting');
		expect(text).toContain('carol offers report.iso  2.1 GB');
		expect(text).toContain('report.iso ← carol');
		expect(text).toContain('500 GB free here');
		expect(text).toContain('1 offer waiting: Esc then a, or /accept');
	});

	test('names its keys also where there are two, on a screen of 80 columns', async () => {
		app = await renderApp({
			columns: 80,
			events: [
				...withPeers,
				offered('t', {peer: 'carol'}),
				offered('u', {peer: 'carol'}),
			],
		});
		await app.waitFor('2 offers waiting: Esc then a, or /accept');
	});

	test('does not disturb who is typing', async () => {
		app = await renderApp({events: withPeers});
		app.write('hello');
		await app.waitFor('› hello');
		app.engine.emit(offered('t', {peer: 'carol'}));
		await app.waitFor('1 offer waiting');
		app.write(' there');
		await app.waitFor('› hello there');
		expect(app.engine.dispatched).toEqual([]);
	});

	test('opens by itself over the panes, and goes when it is taken back', async () => {
		app = await renderApp({events: withPeers});
		await toPanes();
		app.engine.emit(offered('t', {peer: 'carol'}));
		await app.waitFor('Esc later');
		app.engine.emit(finished('t', {kind: 'cancelled', by: 'peer'}));
		await app.waitFor('carol cancelled');
		expect(app.text()).not.toContain('Esc later');
	});

	test.each([
		['a', 'transfer/accept'],
		['d', 'transfer/decline'],
	])('%s in the panes answers the only one with %s', async (key, type) => {
		app = await renderApp({
			events: [...withPeers, offered('t', {peer: 'carol'})],
		});
		await toPanes();
		app.write(key);
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		expect(app.engine.dispatched).toEqual([{type, transfer, ref: 1}]);
	});

	test('of several the chosen one is meant, and choosing is asked for', async () => {
		app = await renderApp({
			events: [
				...withPeers,
				offered('t', {peer: 'carol', name: 'one.txt'}),
				offered('u', {peer: 'carol', name: 'two.txt'}),
			],
		});
		await toPanes();
		app.write('a');
		await app.waitFor('Several offers are waiting');
		await app.waitFor('▸ one.txt');
		app.write('j');
		await app.waitFor('▸ two.txt');
		app.write('a');
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		expect(app.engine.dispatched).toMatchObject([{transfer: 'u'}]);
	});

	test('says when it does not fit', async () => {
		const offer = {...offered('t', {peer: 'carol'}), freeBytes: 1_000_000};
		app = await renderApp({events: [...withPeers, offer]});
		await app.waitFor('only 1 MB free here');
	});

	test('without one, a says so', async () => {
		app = await renderApp({events: withPeers});
		await toPanes();
		app.write('a');
		await app.waitFor('No offer is waiting.');
	});
});

describe('a transfer', () => {
	const active: ReadonlyArray<EventBody & {readonly at?: number}> = [
		offered('t', {peer: 'bob', direction: 'out', sizeBytes: 1_000_000_000}),
		accepted('t'),
		{
			type: 'transfer/started',
			transfer,
			movedBytes: 0,
			at: startOfTest + 59_000,
		},
	];
	const moved = (movedBytes: number, second: number) => ({
		type: 'transfer/progressed' as const,
		transfer,
		entry: 0,
		movedBytes,
		at: startOfTest + 60_000 + second * 1000,
	});

	test('shows bar, share, rate and time left, also in the header', async () => {
		app = await renderApp({events: [...withPeers, ...active]});
		app.engine.emit(
			moved(100_000_000, 0),
			moved(300_000_000, 1),
			moved(500_000_000, 2),
		);
		const text = await app.waitFor('50%');
		expect(text).toMatch(/█+░+ +50% +\d+ MB\/s/);
		expect(text).toMatch(/500 MB of 1 GB {2}ETA 0:0\d/);
		expect(text).toMatch(/2 peers {3}↑ \d+ MB\/s/);
		expect(text).toMatch(/↑ report\.iso {2}1 GB {2}50%/);
	});

	test('x cancels it', async () => {
		app = await renderApp({events: [...withPeers, ...active]});
		await toPanes();
		app.write('x');
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		expect(app.engine.dispatched).toEqual([
			{type: 'transfer/cancel', transfer, ref: 1},
		]);
	});

	test('that is done shows the name on disk and the digest', async () => {
		app = await renderApp({
			events: [
				...withPeers,
				offered('t', {peer: 'carol', name: 'a.txt', sizeBytes: 12}),
				accepted('t'),
				saved('t', 0, 'a (1).txt'),
				finished('t', {kind: 'saved', saved: 1}),
			],
		});
		const text = await app.waitFor('saved as a (1).txt');
		expect(text).toContain('saved  b3 1a2b3c4d');
		app.write('/quit\r');
		const summary = await app.ended;
		expect(summary).toMatchObject({saved: 1, failed: 0, exitCode: 0});
		await app.waitFor('1 file saved in /home/alice/Downloads/sockterm.');
	});

	test('that failed says why, on the screen and at the end', async () => {
		const error = errorInfo('diskFull', {path: '/home/alice'});
		app = await renderApp({
			events: [
				...withPeers,
				offered('t', {peer: 'carol', name: 'a.txt', sizeBytes: 12}),
				accepted('t'),
				{type: 'transfer/entryFailed', transfer, entry: 0, error},
				finished('t', {kind: 'failed', saved: 0, failed: 1, error}),
			],
		});
		await app.waitFor('failed');
		app.write('/quit\r');
		const summary = await app.ended;
		expect(summary.failed).toBe(1);
		expect(summary.lines[0]).toBe('1 file failed:');
		expect(summary.lines[1]).toContain('a.txt: ');
	});
});
