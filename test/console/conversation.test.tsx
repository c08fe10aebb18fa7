import {afterEach, describe, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {
	messageId,
	peerConnected,
	peerKey,
	received,
	safe,
	sent,
	started,
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

const many = (from: string, count: number, start = 0): EventBody[] =>
	Array.from({length: count}, (_, index) =>
		received(from, `message number ${start + index}.`),
	);

/** The rows of the middle pane, without borders. */
const middle = (text: string) =>
	text
		.split('\n')
		.slice(2, -3)
		.map(line => line.split('│')[3] ?? '');

describe('talking', () => {
	test('what is typed goes to the open conversation, and the line is empty then', async () => {
		app = await renderApp({events: withPeers});
		app.write(`hello 你好${keys.enter}`);
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		await app.waitFor('› type');
		expect(app.engine.dispatched).toEqual([
			{type: 'chat/send', conversation: 'all', text: 'hello 你好', ref: 1},
		]);
	});

	test('a sent line says who has it', async () => {
		app = await renderApp({events: withPeers});
		app.engine.emit(sent('bob', 'm1', 'sending it now', ['bob']));
		await app.waitFor(/to bob: sending it now +… │/);
		const delivered = {type: 'chat/delivered', peer: peerKey('bob')} as const;
		app.engine.emit({...delivered, message: messageId('m1')});
		await app.waitFor(/to bob: sending it now +✓ │/);
		app.engine.emit(sent('all', 'm2', 'lunch?', ['bob', 'carol']), {
			...delivered,
			message: messageId('m2'),
		});
		await app.waitFor(/lunch\? +… 1\/2 │/);
		app.engine.emit({
			type: 'chat/failed',
			peer: peerKey('carol'),
			message: messageId('m2'),
			error: errorInfo('connectionReset'),
		});
		await app.waitFor(/lunch\? +✗ 1\/2 │/);
	});

	test('people are seen to come and go, with the reason', async () => {
		app = await renderApp({events: withPeers});
		await app.waitFor('bob joined  VERIFIED');
		app.engine.emit({
			type: 'peer/left',
			peer: peerKey('bob'),
			error: errorInfo('peerSilent', {peer: 'bob'}),
		});
		await app.waitFor('× bob left: ');
		app.engine.emit({type: 'peer/left', peer: peerKey('carol')});
		await app.waitFor(/× carol left *│/);
	});

	test('a line that cannot be run stays, with a sentence, until the next key', async () => {
		app = await renderApp({events: withPeers});
		app.write(`/nonsense${keys.enter}`);
		const text = await app.waitFor('There is no command /nonsense.');
		expect(text).toContain('› /nonsense');
		app.write('x');
		await app.waitFor('› /nonsensex');
		expect(app.text()).not.toContain('There is no command');
		expect(app.engine.dispatched).toEqual([]);
	});

	test('a line that the engine refuses comes back', async () => {
		app = await renderApp({events: withPeers});
		app.write(`hello${keys.enter}`);
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		await app.waitFor('› type');
		app.engine.emit({
			type: 'command/refused',
			ref: 1,
			command: 'chat/send',
			error: errorInfo('nobodyThere'),
		});
		await app.waitFor('› hello');
		expect(app.screen().at(-1)).toMatch(/^ \S.*\.$/);
	});

	test('lines sent before come back with ↑', async () => {
		app = await renderApp({events: withPeers});
		app.write(`one${keys.enter}two${keys.enter}`);
		await waitFor(() => app.engine.dispatched.length === 2, 'two commands');
		await app.waitFor('› type');
		app.write(keys.up);
		await app.waitFor('› two');
		app.write(keys.up);
		await app.waitFor('› one');
		app.write(keys.down + keys.down);
		await app.waitFor('› type');
	});

	test('each conversation keeps what is being typed in it', async () => {
		app = await renderApp({events: withPeers});
		app.write('for everybody');
		await app.waitFor('to All (2) › for everybody');
		app.write(keys.alt('2'));
		await app.waitFor('to bob › type');
		app.write('for bob');
		await app.waitFor('to bob › for bob');
		app.write(keys.alt('1'));
		await app.waitFor('to All (2) › for everybody');
	});

	test('the real cursor stands where the next character goes', async () => {
		app = await renderApp({events: withPeers});
		app.write('你好');
		await app.waitFor('› 你好');
		const label = ' to All (2) › '.length;
		expect(app.cursor()).toEqual({x: label + 4, y: 38, isVisible: true});
	});
});

describe('reading', () => {
	test('unread messages are counted beside their peer until it is opened', async () => {
		app = await renderApp({events: [...withPeers, ...many('carol', 3)]});
		await app.waitFor(/◌ carol +UNVER.* 3 │|◌ carol +3 │/);
		app.write(keys.alt('3'));
		await app.waitFor('to carol');
		expect(app.text()).toMatch(/▸ ◌ carol +(UNVERIFIED )?│/);
		app.engine.emit(...many('carol', 2));
		await app.waitFor(/All +2 │/);
		expect(app.text()).toMatch(/▸ ◌ carol +(UNVERIFIED )?│/);
	});

	test('Alt-A leads to the next conversation with news', async () => {
		app = await renderApp({events: [...withPeers, ...many('carol', 3)]});
		app.write(keys.alt('a'));
		await app.waitFor('to carol');
	});

	test('a message that arrives while one reads above leaves the view as it is', async () => {
		app = await renderApp({events: [...withPeers, ...many('bob', 200)]});
		await app.waitFor('message number 199.');
		app.write(keys.pageUp);
		const before = middle(await app.waitFor('34 below'));
		expect(before.at(-1)).toContain('message number 165.');
		app.engine.emit(...many('bob', 5, 200));
		const after = middle(await app.waitFor('39 below'));
		expect(after).toEqual(before);
		app.write(keys.pageDown);
		await app.waitFor('5 below');
		app.write(keys.pageDown);
		const text = await app.waitFor('message number 204.');
		expect(text).not.toContain('below');
	});

	test('g and G in the pane lead to the first and the last message', async () => {
		app = await renderApp({events: [...withPeers, ...many('bob', 200)]});
		app.write(keys.escape);
		await app.waitFor('choose');
		app.write(keys.tab);
		app.write('g');
		await app.waitFor('message number 0.');
		app.write('k');
		app.write('G');
		await app.waitFor('message number 199.');
	});

	test('a cleared conversation is followed again', async () => {
		app = await renderApp({events: [...withPeers, ...many('bob', 200)]});
		app.write(keys.pageUp);
		await app.waitFor('below');
		app.engine.emit({type: 'chat/cleared', conversation: 'all'});
		await app.waitFor('Nothing said yet');
		app.engine.emit(...many('bob', 50, 500));
		const text = await app.waitFor('message number 549.');
		expect(text).not.toContain('below');
	});

	test('sending leads back to the end', async () => {
		app = await renderApp({events: [...withPeers, ...many('bob', 200)]});
		app.write(keys.pageUp);
		await app.waitFor('below');
		app.write(`hi${keys.enter}`);
		await app.waitFor(text => !text.includes('below'));
		expect(app.text()).toContain('message number 199.');
	});

	test('a flood is shown in order, and what is typed meanwhile appears', async () => {
		app = await renderApp({events: withPeers});
		for (let batch = 0; batch < 20; batch++) {
			app.engine.emit(...many('bob', 500, batch * 500));
			if (batch === 5) app.write('typed');
		}

		const text = await app.waitFor('message number 9999.');
		const shown = middle(text).map(line =>
			Number(/number (\d+)/.exec(line)?.[1]),
		);
		expect(shown).toEqual(shown.map((_, index) => shown[0]! + index));
		await app.waitFor('› typed');
	});
});

describe('a conversation', () => {
	test('dialling opens the conversation: the next line goes to nobody else', async () => {
		const dial = peerKey('dial:1');
		app = await renderApp({events: started});
		await app.waitFor('to All');
		app.engine.emit({
			type: 'peer/appeared',
			peer: dial,
			name: safe('db:9090'),
			direction: 'out',
			target: {kind: 'peer', host: 'db', port: 9090},
		});
		await app.waitFor('to db:9090');
		app.engine.emit({...peerConnected('dora'), replaces: dial} as EventBody);
		await app.waitFor('to dora');
	});

	test('goes on under the name of who answered', async () => {
		const dial = peerKey('dial:1');
		app = await renderApp({
			events: [
				...started,
				{
					type: 'peer/appeared',
					peer: dial,
					name: safe('db:9090'),
					direction: 'out',
					target: {kind: 'peer', host: 'db', port: 9090},
				},
			],
		});
		app.write(keys.alt('2'));
		await app.waitFor('to db:9090');
		app.write('hi');
		app.engine.emit({...peerConnected('dora'), replaces: dial} as EventBody);
		await app.waitFor('to dora › hi');
	});

	test('that is forgotten leads back to everybody', async () => {
		app = await renderApp({events: withPeers});
		app.write(keys.alt('2'));
		await app.waitFor('to bob');
		app.engine.emit(
			{type: 'peer/left', peer: peerKey('bob')},
			{type: 'peer/forgotten', peer: peerKey('bob')},
		);
		await app.waitFor('to All (1)');
	});
});
