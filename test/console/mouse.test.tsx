import {afterEach, describe, expect, test} from 'vitest';
import {readMouse} from '../../source/console/input/mouse-reports.js';
import {createKeyTokenizer} from '../../source/console/input/key-tokenizer.js';
import type {EventBody} from '../../source/engine/index.js';
import {
	presetSettings,
	type LiveSettings,
} from '../../source/settings/index.js';
import {peerConnected, received, started} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';

let app: RenderedApp | undefined;
afterEach(async () => {
	await app?.close();
	app = undefined;
});

const many: readonly EventBody[] = Array.from({length: 90}, (_, index) =>
	received('bob', `message number ${index}.`),
);
const events = [
	...started,
	peerConnected('bob', {trust: 'VERIFIED'}),
	peerConnected('carol'),
	...many,
];

function withMouse(): LiveSettings {
	const settings = presetSettings();
	settings.set('mouse', 'on');
	return settings;
}

const wheel = (by: 'up' | 'down', x: number, y: number) =>
	`${keys.escape}[<${by === 'up' ? 64 : 65};${x};${y}M`;
const click = (x: number, y: number) =>
	`${keys.escape}[<0;${x};${y}M${keys.escape}[<0;${x};${y}m`;

describe('the mouse', () => {
	test('is not asked for unless somebody wants it', async () => {
		app = await renderApp({events});
		expect(app.model.modes.mouseTrackingMode).toBe('none');
		app.write(wheel('up', 40, 10));
		app.write('typed');
		await app.waitFor('› typed');
		expect(app.text()).not.toContain('below');
	});

	test('scrolls what is under it, wherever the focus is', async () => {
		const settings = withMouse();
		app = await renderApp({events, settings});
		await app.waitFor(() => app?.model.modes.mouseTrackingMode === 'vt200');
		await app.waitFor('message number 89.');
		app.write(wheel('up', 40, 10));
		await app.waitFor('3 below');
		app.write(wheel('down', 40, 10));
		await app.waitFor(screen => !screen.includes('below'));
		settings.set('mouse', 'off');
		await app.waitFor(() => app?.model.modes.mouseTrackingMode === 'none');
	});

	test('chooses a conversation, a pane and the composer', async () => {
		app = await renderApp({events, settings: withMouse()});
		// Behind the header and the border: All, bob, carol.
		app.write(click(5, 5));
		await app.waitFor('to carol ›');
		await app.waitFor('Enter choose');
		app.write(click(5, 39));
		await app.waitFor('Enter send');
		app.write(click(110, 5));
		await app.waitFor(screen => / i write {3}f send/.test(screen));
		app.write(click(5, 4));
		await app.waitFor('to bob ›');
	});

	test('a row of tabs goes on to the next', async () => {
		app = await renderApp({
			columns: 80,
			rows: 24,
			events,
			settings: withMouse(),
		});
		await app.waitFor('[All] | Transfers');
		app.write(click(40, 2));
		await app.waitFor('[Transfers]');
	});

	test('leaves windows to their keys, and is given back', async () => {
		app = await renderApp({events, settings: withMouse()});
		app.write(keys.f1);
		await app.waitFor('Esc close');
		app.write(click(5, 5));
		app.write(keys.escape);
		await app.waitFor('Enter send');
		expect(app.text()).toContain('to All');
		await app.close();
		await app.waitFor(() => app?.model.modes.mouseTrackingMode === 'none');
	});
});

test('reports of the mouse are told of, and are never keys, however they are split', () => {
	const told: string[] = [];
	const tokenizer = createKeyTokenizer(sequence => told.push(sequence));
	const typed = Array.from(`a${click(300, 200)}b`).flatMap(each =>
		tokenizer.push(each),
	);
	expect(typed.join('')).toBe('ab');
	expect(told.map(each => readMouse(each))).toEqual([
		{kind: 'press', x: 299, y: 199},
		undefined,
	]);
	expect(readMouse('\u001B[<65;1;2M')).toEqual({
		kind: 'wheel',
		by: 1,
		x: 0,
		y: 1,
	});
	expect(readMouse('\u001B[<4;1;2M')).toBeUndefined();
});
