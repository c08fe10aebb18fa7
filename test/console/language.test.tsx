/** The console changes its language while it runs: nothing of the other one is left. */
import {afterEach, expect, test} from 'vitest';
import {setLanguage} from '../../source/strings/index.js';
import {
	datagram,
	finished,
	offered,
	peerConnected,
	received,
	saved,
	started,
} from '../helpers/fake-engine.js';
import {renderApp, type RenderedApp} from '../helpers/render-app.js';

let app: RenderedApp | undefined;

afterEach(async () => {
	await app?.close();
	app = undefined;
	setLanguage('en');
});

/** Without the hint bar, which tells of the change. */
const body = (text: string) => text.split('\n').slice(0, -1);

test('a screen full of rows, cards and hints, there and back', async () => {
	app = await renderApp({
		events: [
			...started,
			peerConnected('bob'),
			received('bob', '42'),
			datagram(''),
			offered('t1', {peer: 'bob', name: 'a.bin', sizeBytes: 10}),
			saved('t1', 0, 'a.bin'),
			finished('t1', {kind: 'saved', saved: 1}),
		],
	});
	const english = await app.waitFor('bob joined');
	expect(english).toContain('saved');
	expect(english).toContain('(empty)');
	expect(english).toContain('Transfers');

	app.write('/set lang zh\r');
	const chinese = await app.waitFor('bob 已加入');
	expect(chinese).toContain('已保存');
	expect(chinese).toContain('(空)');
	expect(chinese).toContain('传输');
	expect(chinese).toContain('发给全部');
	expect(chinese).not.toMatch(
		/joined|saved|empty|Transfers|Peers|to All|message/,
	);

	expect(chinese).toContain('lang 现在是 zh。');

	app.write('/set lang en\r');
	const again = await app.waitFor('bob joined');
	expect(body(again)).toEqual(body(english));
});
