import {afterEach, expect, test} from 'vitest';
import {mentions} from '../../source/console/mentions.js';
import {limits} from '../../source/limits.js';
import {presetSettings} from '../../source/settings/index.js';
import {peerConnected, received, started} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {strayOutput} from '../helpers/terminal-output.js';

let app: RenderedApp;
afterEach(async () => app.close());

async function withBell(value: string) {
	const settings = presetSettings();
	settings.set('bell', value);
	app = await renderApp({
		settings,
		events: [...started, peerConnected('bob'), peerConnected('carol')],
	});
	app.write(keys.alt('3'));
	await app.waitFor('to carol ›');
	let at = 1_000_000;
	return async (
		peer: string,
		text: string,
		afterMs: number = limits.bellMs,
	) => {
		at += afterMs;
		const before = app.output().length;
		app.engine.emit({...received(peer, text), at});
		app.engine.emit({...received('carol', `so much: ${at}`), at});
		await app.waitFor(`so much: ${at}`);
		return app.output().slice(before).split('\u0007').length - 1;
	};
}

test('off: nothing rings', async () => {
	const rings = await withBell('off');
	expect(await rings('bob', 'alice?')).toBe(0);
	expect(strayOutput(app.output())).toEqual([]);
});

test('mention: what names us, somewhere else than where we are, not too often', async () => {
	const rings = await withBell('mention');
	expect(await rings('bob', 'hello')).toBe(0);
	expect(await rings('bob', 'Alice: hello')).toBe(1);
	expect(await rings('bob', 'alice!', limits.bellMs - 1)).toBe(0);
	expect(await rings('bob', 'alice␇ and more')).toBe(1);
	expect(await rings('carol', 'alice, here')).toBe(0);
	expect(strayOutput(app.output(), {bells: true})).toEqual([]);
	expect(strayOutput(app.output())).toHaveLength(2);
});

test('all: whatever is said somewhere else', async () => {
	const rings = await withBell('all');
	expect(await rings('bob', 'hello')).toBe(1);
	expect(await rings('carol', 'hello')).toBe(0);
});

test.each([
	['alice', true],
	['@Alice, look', true],
	['malice and alice', true],
	['malice', false],
	['alice2', false],
	['日alice', false],
	['😀alice😀', true],
	['', false],
])('%j names alice: %s', (text, is) => {
	expect(mentions(text, 'alice')).toBe(is);
});
