import {afterEach, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {peerConnected, peerKey, safe, started} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp;

afterEach(async () => {
	await app.close();
});

const bob = peerKey('bob');
const peerId = 'ab'.repeat(32) as never;
const called = () =>
	app.engine.dispatched.flatMap(each =>
		each.type === 'trust/callPeer' ? [each.petname] : [],
	);
const about = {peer: bob, attemptsLeft: 3} as const;
const opened = (screen: 'ours' | 'theirs'): EventBody => ({
	type: 'trust/codeOpened',
	...about,
	screen,
	expiresAt: 1e15,
});

/** With the conversation of bob, and the dialog that `v` opens. */
async function pairing() {
	app = await renderApp({events: [...started, peerConnected('bob')]});
	app.write(keys.alt('2'));
	await app.waitFor('to bob');
	app.write(keys.escape);
	await app.waitFor('i write');
	app.write('v');
	await app.waitFor('Verify bob');
	const shown = await waitFor(
		() => app.engine.dispatched.find(each => each.type === 'trust/showCode'),
		'a code',
	);
	if (shown.type !== 'trust/showCode') throw new Error('no code');
	return shown;
}

test('v shows six digits, of which no event knows', async () => {
	const {peer, code} = await pairing();
	expect(peer).toBe(bob);
	expect(code).toMatch(/^\d{6}$/);
	app.engine.emit(opened('ours'));
	await app.waitFor(`${code.slice(0, 3)} ${code.slice(3)}`);
	app.engine.emit({
		type: 'trust/codeFailed',
		peer: bob,
		screen: 'ours',
		attemptsLeft: 1,
	});
	await app.waitFor('1 attempt left');
	app.write(keys.escape);
	await waitFor(
		() => app.engine.dispatched.find(each => each.type === 'trust/hideCode'),
		'hidden',
	);
});

test('what the other screen shows is typed, and success closes the dialog', async () => {
	await pairing();
	app.engine.emit(opened('ours'));
	app.write(`12345${keys.enter}`);
	await app.waitFor('A code has six digits.');
	app.write(`123456${keys.enter}`);
	await app.waitFor('bob shows no code now.');
	app.engine.emit(opened('theirs'));
	await app.waitFor('Or type the code that bob shows you');
	app.write(`314 159${keys.enter}`);
	await waitFor(
		() =>
			app.engine.dispatched.find(
				each => each.type === 'trust/enterCode' && each.code === '314159',
			),
		'the code',
	);
	app.engine.emit(
		{type: 'trust/codeTried', peer: bob, screen: 'theirs', attemptsLeft: 2},
		{
			type: 'trust/judged',
			peer: bob,
			trust: 'VERIFIED',
			name: safe('robert'),
		},
		{
			type: 'trust/paired',
			peer: bob,
			peerId: 'ab'.repeat(32) as never,
			petname: safe('robert'),
		},
	);
	const screen = await app.waitFor('robert is VERIFIED from now on');
	expect(screen).not.toContain('Verify bob');
	// The notice passes; the conversation keeps it, with its time, and so does All.
	const row = /\d\d:\d\d:\d\d ✓ robert is VERIFIED/;
	await app.waitFor(row);
	app.write(keys.alt('1'));
	await app.waitFor('to All');
	await app.waitFor(row);
	const {conversations} = app.engine.getState();
	for (const key of [bob, 'all'] as const) {
		const rows = conversations.get(key)!.rows;
		expect(rows.at(rows.length - 1)).toMatchObject({
			kind: 'trust',
			what: 'verified',
			name: 'robert',
		});
	}
});

test('a code that is burnt closes the dialog with what it can mean', async () => {
	await pairing();
	app.engine.emit(opened('ours'));
	await app.waitFor('Let bob type this code');
	app.engine.emit({
		type: 'trust/codeEnded',
		peer: bob,
		screen: 'ours',
		reason: 'burnt',
		attemptsLeft: 0,
	});
	const screen = await app.waitFor('The code is burnt');
	expect(screen).not.toContain('Verify bob');
});

test('what another one shows, and who is not who it seems, is told', async () => {
	app = await renderApp({events: [...started, peerConnected('bob')]});
	app.engine.emit(opened('theirs'));
	await app.waitFor('bob shows a code');
	app.engine.emit({
		type: 'trust/warned',
		peer: bob,
		warning: 'lookalike',
		petname: safe('Bob'),
	});
	await app.waitFor('somebody else: another key');
	// Beside the peer, and in the title of its conversation; glyph and word.
	await app.waitFor('! look-alike');
	app.write(keys.alt('2'));
	await app.waitFor('bob ◌ UNVERIFIED ! look-alike');
});

test('the name to call it by is there to be changed, and is told of where it changes', async () => {
	app = await renderApp({
		events: [
			...started,
			{...peerConnected('bob'), peerId} as EventBody,
			{
				type: 'trust/changed',
				book: {
					pins: [
						{peerId: 'cd'.repeat(32) as never, petname: 'bob', addedAt: 1},
					],
					blockedKeys: [],
					blockedAddresses: [],
				},
			},
		],
	});
	app.write(keys.alt('2'));
	await app.waitFor('to bob');
	app.write(keys.escape);
	await app.waitFor('i write');
	app.write('v');
	// Somebody else has the name that it gives itself.
	await app.waitFor('Call it: bob-2');
	app.engine.emit(opened('ours'), opened('theirs'));
	await app.waitFor('Or type the code that bob shows you');
	app.write('\t\u007F\u007F');
	await app.waitFor('looks like bob, whom you know already');
	app.write(`${keys.enter}314159${keys.enter}`);
	await app.waitFor('Choose another name first');
	expect(called()).toEqual([]);
	app.write('\t\u007F');
	await waitFor(() => called().at(-1) === 'bo', 'the name');
	app.write('ris');
	await waitFor(() => called().at(-1) === 'boris', 'the name');
	app.write(`${keys.enter}314159${keys.enter}`);
	await waitFor(
		() =>
			app.engine.dispatched.find(
				each => each.type === 'trust/enterCode' && each.petname === 'boris',
			),
		'the code with the name',
	);
});
