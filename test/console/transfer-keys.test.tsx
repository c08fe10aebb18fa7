import {afterEach, describe, expect, test} from 'vitest';
import type {Command, EventBody} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {
	accepted,
	aPeerId,
	begun,
	finished,
	moved,
	offered,
	peerConnected,
	peerKey,
	safe,
	saved,
	started,
	transferId,
} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp;
afterEach(async () => {
	await app.close();
});

const laneLost = errorInfo('laneLost', {name: 'bob'});
const failure = {kind: 'failed', saved: 0, failed: 1, error: laneLost} as const;
const withBob: readonly EventBody[] = [...started, peerConnected('bob')];

const sending = (id: string): EventBody[] => [
	offered(id, {
		peer: 'bob',
		direction: 'out',
		name: `${id}.bin`,
		sizeBytes: 1_000_000,
	}),
	accepted(id),
];

const failed = (id: string): EventBody[] => [
	...sending(id),
	{
		type: 'transfer/entryFailed',
		transfer: transferId(id),
		entry: 0,
		error: laneLost,
	},
	finished(id, failure),
];

const paused = (id: string, by: 'us' | 'peer'): EventBody => ({
	type: 'transfer/paused',
	transfer: transferId(id),
	by,
});

/** In the transfers pane, with the cursor on the first. */
async function inTransfers(
	events: readonly EventBody[],
	size: {readonly columns?: number; readonly rows?: number} = {},
) {
	app = await renderApp({events: [...withBob, ...events], ...size});
	app.write('/transfers\r');
	await app.waitFor(/▸ .*\.bin|Nothing|No transfers/);
}

async function dispatched(count = 1): Promise<readonly Command[]> {
	await waitFor(() => app.engine.dispatched.length >= count, 'a command');
	return app.engine.dispatched.map(({ref: _ref, ...command}) => command);
}

describe('p', () => {
	test('pauses the selected one, and lets it go on', async () => {
		await inTransfers([...sending('one'), begun('one'), ...sending('two')]);
		await app.waitFor('p pause');
		app.write('jp');
		expect(await dispatched()).toEqual([
			{type: 'transfer/pause', transfer: 'two'},
		]);
		app.engine.emit(paused('two', 'us'));
		await app.waitFor('p go on');
		app.write('p');
		expect((await dispatched(2))[1]).toEqual({
			type: 'transfer/goOn',
			transfer: 'two',
		});
	});

	test('says that what the peer paused is for the peer to let go on', async () => {
		await inTransfers([...sending('one'), paused('one', 'peer')]);
		app.write('p');
		await app.waitFor('only bob can let it go on');
		expect(app.engine.dispatched).toEqual([]);
	});

	test('has nothing to pause in an offer, or in what is over', async () => {
		await inTransfers([
			offered('ask', {peer: 'bob', name: 'ask.bin'}),
			...failed('gone'),
		]);
		app.write('p');
		await app.waitFor('It has not begun yet');
		app.write('jp');
		await app.waitFor('That transfer is over.');
		expect(app.engine.dispatched).toEqual([]);
	});
});

describe('P', () => {
	test('pauses all, and lets all go on where all are paused', async () => {
		await inTransfers([...sending('one'), begun('one'), ...sending('two')]);
		app.engine.emit(paused('one', 'us'));
		app.write('P');
		expect(await dispatched()).toEqual([{type: 'transfer/pause'}]);
		app.engine.emit(paused('two', 'us'));
		app.write('P');
		expect((await dispatched(2))[1]).toEqual({type: 'transfer/goOn'});
	});

	test('says where nothing runs', async () => {
		await inTransfers([]);
		app.write('P');
		await app.waitFor('No transfer is running now.');
	});
});

describe('t and x', () => {
	test('t sends again what failed', async () => {
		await inTransfers(failed('one'));
		await app.waitFor('t retry');
		app.write('t');
		expect(await dispatched()).toEqual([
			{type: 'transfer/retry', transfer: 'one'},
		]);
	});

	test('what the engine refuses comes back as a sentence', async () => {
		await inTransfers([...sending('one'), begun('one')]);
		app.write('t');
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		const {ref = 0} = app.engine.dispatched[0]!;
		const error = errorInfo('nothingToRetry');
		const command = 'transfer/retry';
		app.engine.emit({type: 'command/refused', ref, command, error});
		await app.waitFor('There is nothing to send again');
	});

	test('x on what is over says so', async () => {
		await inTransfers(failed('one'));
		app.write('x');
		await app.waitFor('That transfer is over.');
		expect(app.engine.dispatched).toEqual([]);
	});
});

describe('the queue', () => {
	const waiting = [...sending('one'), ...sending('two'), ...sending('three')];
	const queued = (...ids: readonly string[]): EventBody => ({
		type: 'transfer/queued',
		order: ids.map(id => transferId(id)),
	});

	test('is walked up with K and down with J; the pane follows its order', async () => {
		await inTransfers([...waiting, queued('one', 'two', 'three')]);
		await app.waitFor('K earlier in the queue');
		app.write('jK');
		expect(await dispatched()).toEqual([
			{type: 'transfer/move', transfer: 'two', by: -1},
		]);
		app.engine.emit(queued('two', 'one', 'three'));
		const text = await app.waitFor(/▸ two\.bin.*\n.*1st in the queue/);
		expect(text.indexOf('two.bin → bob')).toBeLessThan(
			text.indexOf('one.bin → bob'),
		);
		app.write('+');
		app.write('J');
		app.write('-');
		const moves = (await dispatched(4)).slice(1);
		expect(moves).toMatchObject([{by: -1}, {by: 1}, {by: 1}]);
	});
});

describe('F', () => {
	test('shows only what failed, with a mark and a way back', async () => {
		await inTransfers([
			...sending('good'),
			saved('good', 0, 'good.bin'),
			finished('good', {kind: 'saved', saved: 1}),
			...failed('bad'),
			...sending('moving'),
			begun('moving'),
		]);
		await app.waitFor('F only failed');
		app.write('F');
		await app.waitFor('only failed, F shows all');
		await app.waitFor('▸ bad.bin');
		expect(app.text()).not.toContain('moving.bin → bob');
		app.write('jt');
		expect(await dispatched()).toMatchObject([{transfer: 'bad'}]);
		app.write('F');
		await app.waitFor('moving.bin → bob');
		expect(app.text()).not.toContain('only failed, F');
		app.write('i/transfers failed\r');
		await app.waitFor('only failed, F shows all');
	});

	test('says where nothing has, and how to go back', async () => {
		await inTransfers(sending('one'));
		app.write('F');
		await app.waitFor('Nothing has failed.');
		await app.waitFor('F shows all transfers again.');
	});
});

describe('the offer dialog', () => {
	const entries = ['a.txt', 'b.txt', '.bashrc'].map(name => ({
		name: safe(name),
		sizeBytes: 10,
		...(name.startsWith('.') ? {flagged: true} : {}),
	}));
	const offer: EventBody = {
		type: 'transfer/offered',
		transfer: transferId('t'),
		peer: peerKey('bob'),
		direction: 'in',
		entries,
		totalBytes: 30,
		freeBytes: 1_000,
		trust: 'UNVERIFIED',
	};

	test('opens with a where a name is risky, and takes what is marked', async () => {
		app = await renderApp({events: [...withBob, offer]});
		app.write(keys.escape);
		await app.waitFor('Enter choose');
		app.write('a');
		await app.waitFor('▸ ✓ .bashrc');
		expect(app.engine.dispatched).toEqual([]);
		app.write(' ');
		await app.waitFor('2 of 3 files, 20 B');
		app.write('o');
		await app.waitFor('Enter use it');
		app.write('/tmp/elsewhere\r');
		await app.waitFor('Into /tmp/elsewhere');
		app.write(keys.enter);
		expect(await dispatched()).toEqual([
			{
				type: 'transfer/accept',
				transfer: 't',
				skip: [2],
				folder: '/tmp/elsewhere',
			},
		]);
		await app.waitFor(text => !text.includes('Take these'));
	});

	test('that opened by itself is not accepted by an Enter meant for the pane', async () => {
		app = await renderApp({events: withBob});
		app.write(keys.escape);
		await app.waitFor('Enter choose');
		app.engine.emit(offer);
		await app.waitFor('Take these 3 files?');
		app.write(keys.enter + keys.enter);
		app.write('j');
		await app.waitFor('▸ ✓ a.txt');
		expect(app.engine.dispatched).toEqual([]);
		app.write('d');
		expect(await dispatched()).toEqual([
			{type: 'transfer/decline', transfer: 't'},
		]);
	});

	test('the hint line names no keys of the panes while it is open', async () => {
		app = await renderApp({events: withBob});
		app.write(keys.escape);
		await app.waitFor('Enter choose');
		app.engine.emit(offer);
		await app.waitFor('Take these 3 files?');
		const hints = app.screen().at(-1)!.trim();
		expect(hints).toBe('1 offer waiting');
	});
});

test('/transfers partial lists what is left, and x deletes one', async () => {
	app = await renderApp({events: withBob});
	app.write('/transfers partial\r');
	await app.waitFor('Nothing is left of broken transfers.');
	expect(await dispatched()).toEqual([{type: 'transfer/listPartials'}]);
	app.engine.emit({
		type: 'transfer/partialsListed',
		partials: [
			{
				id: 'p' as never,
				peerId: aPeerId,
				name: safe('big.iso'),
				sizeBytes: 100,
				heldBytes: 71,
				writtenAt: 0,
				expiresAt: Date.now() + 7 * 86_400_000,
			},
		],
	});
	await app.waitFor('▸ big.iso');
	await app.waitFor('71 B of 100 B, 71%  from bob');
	app.write('x');
	expect((await dispatched(3)).slice(1)).toEqual([
		{type: 'transfer/deletePartial', partial: 'p'},
		{type: 'transfer/listPartials'},
	]);
});

test('the limit of all stands at the edge of the pane, in every layout', async () => {
	for (const size of [{}, {columns: 80, rows: 24}, {columns: 60, rows: 20}]) {
		await inTransfers(
			[
				...sending('one'),
				{type: 'transfer/limited', bytesPerSecond: 20_000_000},
			],
			size,
		);
		await app.waitFor('limit 20 MB/s ─╯');
		await app.close();
	}
});

test('a countdown goes on while nothing else happens', async () => {
	await inTransfers([
		...sending('one'),
		begun('one'),
		moved('one', 10),
		{
			type: 'transfer/interrupted',
			transfer: transferId('one'),
			nextAt: Date.now() + 3_000,
		},
	]);
	await app.waitFor(/again in 2 s/);
	await app.waitFor(/again in 1 s/);
});

test('at the end, files that were there count, and each folder is named', async () => {
	app = await renderApp({
		events: [
			...withBob,
			offered('here', {peer: 'bob', name: 'here.bin'}),
			accepted('here'),
			saved('here', 0, 'here.bin', {existed: true}),
			finished('here', {kind: 'saved', saved: 1}),
			offered('there', {peer: 'bob', name: 'there.bin'}),
			accepted('there', {folder: '/tmp/elsewhere'}),
			saved('there', 0, 'there.bin'),
			finished('there', {kind: 'saved', saved: 1}),
			...sending('one'),
			...failed('two'),
		],
	});
	app.write('/quit\r');
	await app.waitFor('What has arrived is kept: it goes on');
	app.write('y');
	const {lines, ...counts} = await app.ended;
	expect(lines).toEqual([
		'1 file saved in /home/alice/Downloads/sockterm (there already).',
		'1 file saved in /tmp/elsewhere.',
		'1 file failed:',
		expect.stringContaining('two.bin: '),
		'1 transfer was still under way. What has arrived is kept: it goes on when it is sent again.',
	]);
	expect(counts).toMatchObject({saved: 2, failed: 1, unfinished: 1});
});
