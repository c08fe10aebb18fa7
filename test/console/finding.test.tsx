/** Searching, filtering, senders and standing still, as somebody at the keyboard does it. */
import {afterEach, describe, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {
	datagram,
	peerConnected,
	received,
	started,
} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';

let app: RenderedApp;
afterEach(async () => app.close());

const many = (count: number): EventBody[] =>
	Array.from({length: count}, (_, index) =>
		received('bob', index % 50 === 0 ? `needle ${index}` : `hay ${index}`),
	);

async function open(events: readonly EventBody[], size = {}) {
	app = await renderApp({
		...size,
		events: [...started, peerConnected('bob'), ...events],
	});
}

const tabsTo = {peers: 0, conversation: 1, transfers: 2, datagrams: 3};

/** Into the panes, and to one of them. */
async function goTo(pane: keyof typeof tabsTo) {
	app.write(keys.escape);
	await app.waitFor('write');
	for (let count = 0; count < tabsTo[pane]; count++) app.write(keys.tab);
}

/** Texts that are drawn as hits now. */
function hits(): string[] {
	const {active} = app.model.buffer;
	return app.screen().flatMap((_, row) => {
		const line = active.getLine(active.baseY + row)!;
		let text = '';
		for (let column = 0; column < line.length; column++) {
			const cell = line.getCell(column)!;
			text += cell.isInverse() ? cell.getChars() : '\n';
		}

		return text.split('\n').filter(part => part !== '');
	});
}

describe('search', () => {
	test('goes from hit to hit and says which of how many', async () => {
		await open(many(500));
		await goTo('conversation');
		app.write('/');
		await app.waitFor('find in Conversation');
		app.write('needle');
		app.write(keys.enter);
		await app.waitFor('“needle”: 10 of 10');
		await app.waitFor('needle 450');
		expect(hits()).toEqual(['needle']);
		app.write('N');
		await app.waitFor('9 of 10');
		await app.waitFor('needle 400');
		app.write('nn');
		await app.waitFor('1 of 10, from the other end');
		await app.waitFor('needle 0');
	});

	test('stands still at a hit while more is said', async () => {
		await open(many(120));
		await goTo('conversation');
		app.write('/needle 100');
		app.write(keys.enter);
		await app.waitFor('1 of 1');
		app.engine.emit(...many(100));
		await app.waitFor('100 below');
		expect(app.text()).toContain('needle 100');
	});

	test('takes expressions and bytes, and says what is wrong with them', async () => {
		await open([received('bob', 'temp=21'), received('bob', 'temp=7')]);
		app.write('/search /temp=\\d\\d/');
		app.write(keys.enter);
		await app.waitFor('1 of 1');
		expect(hits()).toEqual(['temp=21']);
		app.write('/hex:3d37');
		app.write(keys.enter);
		await app.waitFor('“hex:3d37”: 1 of 1');
		app.write('/hex:3');
		app.write(keys.enter);
		await app.waitFor('no bytes in hex');
		app.write(keys.escape);
		await app.waitFor('next hit');
		app.write('//(a/');
		app.write(keys.enter);
		await app.waitFor('a ( is never closed');
	});

	test('finds nothing, and ends', async () => {
		await open(many(3));
		await goTo('conversation');
		app.write('n');
		await app.waitFor('Nothing was searched for yet');
		app.write('/nowhere');
		app.write(keys.enter);
		await app.waitFor('“nowhere” is nowhere here.');
		app.write('/hay');
		app.write(keys.enter);
		await app.waitFor(() => hits().length === 2);
		app.write(keys.escape);
		await app.waitFor(() => hits().length === 0);
	});

	test('goes through the names of peers', async () => {
		await open([peerConnected('carol'), peerConnected('carl')]);
		await goTo('peers');
		app.write('/CAR');
		app.write(keys.enter);
		await app.waitFor('“CAR”: 1 of 2');
		await app.waitFor('to carol');
		app.write('n');
		await app.waitFor('to carl');
		app.write('n');
		await app.waitFor('to carol');
	});
});

describe('a filter', () => {
	test('shows only what fits, says so, and lets all be seen again', async () => {
		await open(many(200));
		await goTo('conversation');
		app.write('&');
		await app.waitFor('show only in Conversation');
		app.write('needle');
		app.write(keys.enter);
		await app.waitFor('only needle');
		await app.waitFor(text => !text.includes('hay'));
		expect(app.text()).toContain('needle 0');
		app.engine.emit(received('bob', 'hay 1'), received('bob', 'needle x'));
		await app.waitFor('needle x');
		expect(app.text()).not.toContain('hay');
		app.write(keys.escape);
		await app.waitFor('hay 199');
	});

	test('keeps the place in the rows', async () => {
		await open(many(3000));
		await goTo('conversation');
		app.write('/needle 2000');
		app.write(keys.enter);
		await app.waitFor('1 of 1');
		app.write('&needle');
		app.write(keys.enter);
		await app.waitFor('only needle');
		await app.waitFor(text => !/hay|needle 2050/.test(text));
		expect(app.text()).toContain('needle 2000');
		app.write('&');
		await app.waitFor('show only');
		app.write(keys.enter);
		await app.waitFor('hay 1999');
		expect(app.text()).toContain('needle 2000');
	});

	test('says where nothing fits', async () => {
		await open(many(5));
		app.write('/filter out');
		app.write(keys.enter);
		await app.waitFor('Nothing of what is here fits the filter');
		app.write('/filter');
		app.write(keys.enter);
		await app.waitFor('Only sent is shown.');
		app.write('/filter off');
		app.write(keys.enter);
		await app.waitFor('hay 4');
	});

	test('is for one pane: datagrams of one host', async () => {
		await open([
			...many(3),
			datagram('one', '10.0.0.1'),
			datagram('two', '10.0.0.2'),
		]);
		await goTo('datagrams');
		app.write('&peer:10.0.0.2');
		app.write(keys.enter);
		await app.waitFor(text => !/one$/m.test(text) && text.includes('two'));
		expect(app.text()).toContain('hay 2');
	});
});

describe('datagrams', () => {
	const source = (host: string, received: number, meter = {}) => ({
		from: {host, port: 5353},
		received,
		receivedBytes: received * 10,
		lastAt: 0,
		...meter,
	});
	const counted: EventBody = {
		type: 'datagram/sourcesCounted',
		sources: [
			source('10.0.0.2', 20),
			source('10.0.0.1', 10, {
				meter: {
					received: 10,
					missing: 3,
					doubled: 1,
					late: 2,
					without: 0,
					last: 14n,
					jitterMs: 0.42,
				},
			}),
		],
		forgotten: 0,
	};

	test('stand still and go on', async () => {
		await open([datagram('first')]);
		await goTo('datagrams');
		app.write(' ');
		await app.waitFor('paused');
		app.engine.emit(datagram('second'), datagram('third'));
		await app.waitFor('paused, 2 new');
		expect(app.text()).not.toContain('second');
		app.write(' ');
		await app.waitFor('third');
		expect(app.text()).not.toContain('paused');
	});

	test('are grouped by sender, and one sender can be looked at alone', async () => {
		await open(
			[datagram('one', '10.0.0.1'), datagram('two', '10.0.0.2'), counted],
			{columns: 180},
		);
		await goTo('datagrams');
		app.write('s');
		await app.waitFor('by sender');
		await app.waitFor('2 senders');
		await app.waitFor('miss 3 dup 1 late 2 0.4 ms');
		app.write('z');
		await app.waitFor('missing 3  doubled 1  late 2  jitter 0.4 ms');
		app.write('z');
		app.write('j');
		app.write(keys.enter);
		await app.waitFor('only 10.0.0.2:5353');
		await app.waitFor(text => text.includes('two') && !/ one$/m.test(text));
		app.write('u');
		await app.waitFor('Send a datagram');
		expect(app.text()).toContain('10.0.0.2:5353');
	});
});
