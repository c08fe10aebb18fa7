/** The classic file assistant in the console: what is typed, and how its transfers look. */
import {describe, expect, test} from 'vitest';
import {completeLine} from '../../source/console/input/completion.js';
import {transferCard} from '../../source/console/format/transfer-card.js';
import {createTheme} from '../../source/console/theme.js';
import type {EventBody} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {connected, stateOf} from '../helpers/engine-state.js';
import {
	accepted,
	begun,
	createFakeEngine,
	finished,
	moved,
	offered,
	peerConnected,
	startOfTest,
	transferId,
} from '../helpers/fake-engine.js';
import {runTyped} from '../helpers/typed-line.js';

const state = stateOf([connected('bob')]);
const run = (line: string) => runTyped(line, 'all', state);

describe('/send --classic', () => {
	test.each([
		['127.0.0.1:9191', {host: '127.0.0.1', port: 9191}],
		['tcp://lab:7000', {host: 'lab', port: 7000}],
		['[::1]:9191', {host: '::1', port: 9191}],
	])('to %s', (address, target) => {
		const {result, dispatched} = run(`/send --classic ${address} "/a b.txt"`);
		expect(result.ok).toBe(true);
		expect(dispatched).toEqual([
			{type: 'classic/send', target, path: '/a b.txt'},
		]);
	});

	test.each([
		['', 'host:port file'],
		['127.0.0.1:9191', 'host:port file'],
		['127.0.0.1:9191 a b', 'one file at a time'],
		['127.0.0.1 a', 'port'],
		['::1 a', 'port'],
		['tls://127.0.0.1:9191 a', 'plain TCP'],
		['host:0 a', 'host:port'],
	])('%j says what is missing', (rest, sentence) => {
		const {result, dispatched} = run(`/send --classic ${rest}`);
		expect(result).toMatchObject({
			ok: false,
			message: expect.stringContaining(sentence) as unknown,
		});
		expect(dispatched).toEqual([]);
	});

	test('is completed', async () => {
		const text = '/send --cl';
		const line = {text, caret: text.length};
		const completed = await completeLine(line, {state});
		expect(JSON.stringify(completed)).toContain('--classic');
	});

	test('and /listen --classic opens a listener for it', () => {
		expect(run('/listen tcp 9191 --classic').dispatched).toMatchObject([
			{
				type: 'listener/open',
				kind: 'tcp',
				port: 9191,
				purpose: {kind: 'classic'},
			},
		]);
	});
});

const theme = createTheme({colour: false, ascii: false, isDumb: true});

function card(...events: ReadonlyArray<EventBody & {readonly at?: number}>) {
	const engine = createFakeEngine();
	engine.emit(peerConnected('10.0.0.7:5000'), ...events);
	const transfer = engine.getState().transfers.get(transferId('t'))!;
	return transferCard(transfer, {
		theme,
		width: 70,
		isSelected: false,
		now: startOfTest,
		queue: [],
	})
		.map(line => line.trimEnd())
		.join('\n');
}

const plain = (direction: 'in' | 'out'): EventBody =>
	({
		...offered('t', {
			peer: '10.0.0.7:5000',
			direction,
			name: '报告.txt',
			sizeBytes: 2_000_000,
		}),
		trust: 'PLAIN',
	}) as EventBody;

describe('a card', () => {
	test('says PLAIN, size and progress', () => {
		const text = card(
			plain('in'),
			accepted('t'),
			begun('t'),
			moved('t', 1_000_000),
		);
		expect(text).toMatch(/↓ · PLAIN 报告\.txt ← 10\.0\.0\.7:5000 +2 MB/);
		expect(text).toContain('50%');
		expect(text).toContain('1 MB of 2 MB');
	});

	const end = {
		...finished('t', {kind: 'saved', saved: 1}),
		at: startOfTest + 2_500,
	};

	test.each([
		['in', 'saved, 2.5 s'],
		['out', 'sent, 2.5 s'],
	] as const)('of %s says how long it took', (direction, status) => {
		const text = card(
			plain(direction),
			accepted('t'),
			{...begun('t'), at: startOfTest},
			end,
		);
		expect(text).toContain(status);
		expect(text).not.toContain('delivered');
	});

	test('says why it failed', () => {
		const error = errorInfo('nameFlagged', {name: '.bashrc'});
		const text = card(
			plain('in'),
			{
				type: 'transfer/entryFailed',
				transfer: transferId('t'),
				entry: 0,
				error,
			},
			finished('t', {kind: 'failed', saved: 0, failed: 0, error}),
		);
		expect(text).toContain('failed');
		expect(text).toContain('is one that programs obey');
	});

	test('promises nothing of what was cancelled', () => {
		const text = card(
			plain('in'),
			accepted('t'),
			begun('t'),
			moved('t', 1_000_000),
			finished('t', {kind: 'cancelled', by: 'us'}),
		);
		expect(text).toContain('cancelled');
		expect(text).not.toContain('kept');
	});
});
