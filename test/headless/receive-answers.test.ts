/** `receive` by what the engine says: what is asked, what is chosen, stdout, broken transfers. */
import {describe, expect, test} from 'vitest';
import {errorInfo} from '../../source/errors.js';
import {createReceiveVerb} from '../../source/headless/receive.js';
import {
	type aPeerId,
	peerConnected,
	peerKey,
	safe,
	transferId,
} from '../helpers/fake-engine.js';
import {
	accepted,
	file,
	finishedAs,
	offer,
	progressed,
	runOnFake,
	startedAt,
} from './fake-run.js';

function receive(
	options: {
		readonly asks?: boolean;
		readonly keep?: boolean;
		readonly toStdout?: boolean;
	} = {},
) {
	const {asks = false, keep = false, toStdout = false} = options;
	let type: (line: string | undefined) => void = () => undefined;
	const verb = createReceiveVerb({
		commands: [],
		keep,
		toStdout,
		...(asks
			? {
					answers(callback) {
						type = callback;
					},
				}
			: {}),
	});
	const run = runOnFake(verb);
	run.emit(peerConnected('bob'));
	return {
		...run,
		type: (line: string | undefined) => {
			type(line);
		},
	};
}

const saved = {kind: 'saved', saved: 1} as const;
const transfer = transferId('t');

describe('the question', () => {
	test('says what is there already, what it is, and numbers what can be taken', () => {
		const {emit, stderr} = receive({asks: true});
		emit(
			offer('in', 't', [
				{...file('.bashrc'), flagged: true},
				{
					...file('big.iso', 1000),
					presence: {kind: 'partial', heldBytes: 719},
				},
				{...file('..'), refused: errorInfo('nameRefused')},
				{...file('same.txt'), presence: {kind: 'similar'}},
				{...file('other.txt'), presence: {kind: 'taken'}},
				{...file('photos/empty', 0), kind: 'folder'},
				{...file('x.tar', 0), kind: 'stream'},
			]),
		);
		const rows = stderr().split('\n');
		const under = (start: RegExp) =>
			rows[rows.findIndex(row => start.test(row)) + 1];
		expect(under(/^1 {3}1 kB {2}big\.iso$|^1 +1 kB {2}big\.iso$/)).toMatch(
			/^ +71% is here already/,
		);
		expect(under(/^2 +1 kB {2}same\.txt$/)).toMatch(/skipped if/);
		expect(under(/^3 +1 kB {2}other\.txt$/)).toMatch(/number/);
		expect(under(/^4 {3,}photos\/empty$/)).toMatch(/empty folder/);
		expect(under(/^5 {3,}x\.tar$/)).toMatch(/not known/);
		expect(under(/^6 +1 kB {2}\.bashrc$/)).toMatch(/^ +! /);
		expect(under(/^ +1 kB {2}\.\.$/)).toMatch(/^ +! is left out/);
		expect(stderr()).toMatch(/Accept\? \[y\/N, .*1-3,5\] $/);
	});

	test('of one file has no number', () => {
		const {emit, stderr} = receive({asks: true});
		emit(offer('in', 't', [file('a.txt')]));
		expect(stderr()).toMatch(/^ +1 kB {2}a\.txt$/m);
		expect(stderr()).toMatch(/Accept\? \[y\/N\] $/);
	});

	test.each([
		['y', {type: 'transfer/accept', transfer}],
		['1-3', {type: 'transfer/accept', transfer}],
		['2', {type: 'transfer/accept', transfer, skip: [0, 1]}],
		// Flagged ones stand last.
		['3', {type: 'transfer/accept', transfer, skip: [1, 3]}],
		['no', {type: 'transfer/decline', transfer}],
		[undefined, {type: 'transfer/decline', transfer}],
	])('%j', (line, command) => {
		const {emit, type, asked} = receive({asks: true});
		emit(
			offer('in', 't', [
				{...file('.bashrc'), flagged: true},
				file('a'),
				{...file('..'), refused: errorInfo('nameRefused')},
				file('b'),
			]),
		);
		type(line);
		expect(asked()).toEqual([command]);
	});

	test('is asked again where the numbers are none of it', () => {
		const {emit, type, asked, stderr} = receive({asks: true});
		emit(offer('in', 't', [file('a'), file('b')]));
		type('3');
		expect(asked()).toEqual([]);
		expect(stderr()).toMatch(/1 to 2.*\nAccept\? .*$/);
		type('2');
		expect(asked()).toEqual([{type: 'transfer/accept', transfer, skip: [0]}]);
	});

	test('what was chosen and saved is all that was wanted: 0', async () => {
		const {code, emit, type} = receive({asks: true});
		emit(offer('in', 't', [file('a'), file('b')]));
		type('1');
		emit(accepted('t', [1]), finishedAs('t', saved));
		expect(await code).toBe(0);
	});
});

describe('a transfer that is broken off', () => {
	const broken = [
		offer('in', 't', [file('a', 50e6)]),
		accepted('t'),
		startedAt('t'),
		progressed('t', 20e6),
		{type: 'peer/left', peer: peerKey('bob')},
		{type: 'transfer/interrupted', transfer},
	] as const;

	test('is waited for, and said to be kept on Ctrl-C', async () => {
		const {code, isOver, emit, stderr, interrupt} = receive();
		emit(...broken);
		expect(await isOver()).toBe(false);
		expect(stderr()).toContain('connection to bob is gone');
		interrupt();
		expect(await code).toBe(130);
		expect(stderr()).toMatch(/Interrupted\..*kept/);
	});

	test('goes on when it is back', async () => {
		const {code, emit} = receive();
		emit(...broken, startedAt('t', 20e6), finishedAs('t', saved));
		expect(await code).toBe(0);
	});

	test('is given up for what the same peer offers anew', async () => {
		const {code, isOver, emit, asked} = receive();
		const again = peerConnected('bob', {key: 'bob again'});
		emit(...broken, again, offer('in', 'u', [file('a', 50e6)], 'bob again'));
		expect(asked()).toEqual([
			{type: 'transfer/accept', transfer},
			{type: 'transfer/cancel', transfer},
			{type: 'transfer/accept', transfer: 'u'},
		]);
		emit(finishedAs('t', {kind: 'cancelled', by: 'us'}));
		expect(await isOver()).toBe(false);
		emit(accepted('u'), finishedAs('u', saved));
		expect(await code).toBe(0);
	});

	test('not for what another peer offers, nor while it runs', () => {
		const {emit, asked} = receive();
		const connected = peerConnected('carol');
		if (connected.type !== 'peer/connected') throw new Error('no connection');
		const peerId = 'cd'.repeat(32) as typeof aPeerId;
		emit({...connected, peerId}, ...broken.slice(0, 4));
		emit(offer('in', 'u', [file('x')], 'bob'));
		emit(...broken.slice(4), offer('in', 'v', [file('x')], 'carol'));
		expect(asked().slice(1)).toEqual([
			{type: 'transfer/decline', transfer: 'u'},
			{type: 'transfer/decline', transfer: 'v'},
		]);
	});
});

test.each([
	['before it was accepted', [], /took the offer back/],
	['while it waits for its turn', [accepted('t')], /cancelled/],
] as const)('cancelled %s', async (_, events, expected) => {
	const {code, emit, stderr} = receive({asks: true});
	emit(offer('in', 't', [file('a')]), ...events);
	emit(finishedAs('t', {kind: 'cancelled', by: 'peer'}));
	expect(await code).toBe(1);
	expect(stderr()).toMatch(expected);
});

describe('--stdout', () => {
	test.each([
		['several files', [file('a'), file('b')]],
		['a folder', [{...file('a', 0), kind: 'folder' as const}]],
		['a file in a folder', [file('x/a')]],
	])('declines %s with a sentence, and goes on waiting', async (_, entries) => {
		const {code, emit, asked, stderr} = receive({toStdout: true});
		emit(offer('in', 't', entries), finishedAs('t', {kind: 'declined'}));
		expect(asked()).toEqual([{type: 'transfer/decline', transfer}]);
		expect(stderr()).toMatch(/bob was declined/);
		emit(offer('in', 'u', [file('a')]), accepted('u'), finishedAs('u', saved));
		expect(await code).toBe(0);
	});

	test.each([
		['a stream', {...file('x.tar', 0), kind: 'stream' as const}],
		['a name that does nothing in a pipe', {...file('.env'), flagged: true}],
	])('takes %s', (_, entry) => {
		const {emit, asked} = receive({toStdout: true});
		emit(offer('in', 't', [entry]));
		expect(asked()).toEqual([{type: 'transfer/accept', transfer}]);
	});

	test('says where it goes instead of a folder and its room', () => {
		const {emit, stderr} = receive({toStdout: true, asks: true});
		emit(offer('in', 't', [file('a')]));
		expect(stderr()).toContain('goes to stdout');
		expect(stderr()).not.toMatch(/free|into/);
	});

	test.each([
		['is cancelled', {kind: 'cancelled', by: 'peer'}],
		[
			'arrives damaged',
			{
				kind: 'failed',
				saved: 0,
				failed: 1,
				error: errorInfo('digestMismatch'),
			},
		],
	] as const)('where it %s: 1, and not to be used', async (_, outcome) => {
		const {code, emit, stderr} = receive({toStdout: true});
		emit(offer('in', 't', [file('a')]), accepted('t'), startedAt('t'));
		emit(progressed('t', 500), finishedAs('t', outcome));
		expect(await code).toBe(1);
		expect(stderr()).toMatch(/do not use it\.\n$/);
	});

	test('half a file cannot go on: 1; before its first byte it can', async () => {
		const {code, isOver, emit, stderr} = receive({toStdout: true});
		const interrupted = {type: 'transfer/interrupted', transfer} as const;
		emit(offer('in', 't', [file('a')]), accepted('t'), interrupted);
		expect(await isOver()).toBe(false);
		emit(startedAt('t'), progressed('t', 500), interrupted);
		expect(await code).toBe(1);
		expect(stderr()).toMatch(/do not use it\.\n$/);
	});
});

test('a file that was there is said to be; one that went elsewhere is said to be there', () => {
	const {emit, stdout} = receive();
	const entrySaved = {
		type: 'transfer/entrySaved',
		transfer,
		savedAs: safe('a'),
		digest: 'd'.repeat(64),
	} as const;
	emit(
		offer('in', 't', [file('a'), file('b')]),
		{type: 'transfer/accepted', transfer, skip: [], folder: '/elsewhere'},
		{...entrySaved, entry: 0, existed: true},
		{...entrySaved, entry: 1},
	);
	const [first, second] = stdout().split('\n');
	expect(first).toContain('is there already');
	expect(second).toContain('in /elsewhere');
});
