/** `send` by what the engine says: several peers, pipes, broken connections. */
import {describe, expect, test} from 'vitest';
import {errorInfo} from '../../source/errors.js';
import type {EngineEvent} from '../../source/engine/index.js';
import {createSendVerb} from '../../source/headless/send.js';
import {limits} from '../../source/limits.js';
import {peerKey, safe, transferId} from '../helpers/fake-engine.js';
import {
	accepted,
	dialled,
	file,
	finishedAs,
	offer,
	progressed,
	runOnFake,
	startedAt,
} from './fake-run.js';

const bob = {host: '10.0.0.1', port: 9090};
const carol = {host: '10.0.0.2', port: 9090};
const saved = {kind: 'saved', saved: 1} as const;

type Outcome = Extract<EngineEvent, {type: 'transfer/finished'}>['outcome'];

const failed: Outcome = {
	kind: 'failed',
	saved: 0,
	failed: 1,
	error: errorInfo('peerReported', {name: 'bob', code: 'diskFull'}),
};

/** `send a.bin` to bob, once it is offered. */
function sendToBob(entries = [file('a.bin', 50_000_000)]) {
	const run = runOnFake(createSendVerb({paths: ['a.bin'], to: [bob]}));
	run.emit(...dialled(bob.host, 'bob'), offer('out', 't', entries));
	return run;
}

/** `send a.bin` to bob and carol, once both are offered it. */
function sendToBoth() {
	const verb = createSendVerb({paths: ['a.bin'], to: [bob, carol]});
	const run = runOnFake(verb);
	run.emit(
		...dialled(bob.host, 'bob'),
		...dialled(carol.host, 'carol'),
		offer('out', 'tb', [file('a.bin')], 'bob'),
		offer('out', 'tc', [file('a.bin')], 'carol'),
	);
	return run;
}

describe('to several peers', () => {
	test('dials each, and offers each what it is sent', () => {
		const {dispatched} = sendToBoth();
		expect(dispatched).toMatchObject([
			{type: 'peer/dial', target: bob},
			{type: 'peer/dial', target: carol},
			{type: 'transfer/offer', peer: 'bob', paths: ['a.bin']},
			{type: 'transfer/offer', peer: 'carol', paths: ['a.bin']},
		]);
	});

	test.each<[string, Outcome, Outcome, number]>([
		['both have it', saved, saved, 0],
		['one does not want it', {kind: 'declined'}, saved, 3],
		['one fails, one does not want it', failed, {kind: 'declined'}, 1],
		['one cancels', saved, {kind: 'cancelled', by: 'peer'}, 1],
	])('%s', async (_, first, second, expected) => {
		const {code, isOver, emit} = sendToBoth();
		emit(accepted('tb'), finishedAs('tb', first));
		expect(await isOver()).toBe(false);
		emit(accepted('tc'), finishedAs('tc', second));
		expect(await isOver()).toBe(true);
		expect(await code).toBe(expected);
	});

	test('one that cannot be reached leaves the other alone', async () => {
		const verb = createSendVerb({paths: ['a.bin'], to: [bob, carol]});
		const {code, emit, stderr} = runOnFake(verb);
		const [appeared] = dialled(carol.host, 'carol');
		emit(
			...dialled(bob.host, 'bob'),
			appeared!,
			{
				type: 'peer/left',
				peer: peerKey(`dial:${carol.host}`),
				error: errorInfo('connectionRefused', carol),
			},
			offer('out', 'tb', [file('a.bin')]),
		);
		expect(stderr()).toContain('10.0.0.2:9090');
		emit(accepted('tb'), finishedAs('tb', saved));
		expect(await code).toBe(1);
	});

	test('what is wrong with the files is said once', async () => {
		const verb = createSendVerb({paths: ['none'], to: [bob, carol]});
		const {code, emit, stderr, dispatched} = runOnFake(verb);
		emit(...dialled(bob.host, 'bob'), ...dialled(carol.host, 'carol'));
		const refs = dispatched
			.filter(({type}) => type === 'transfer/offer')
			.map(({ref}) => ref!);
		expect(new Set(refs).size).toBe(2);
		for (const ref of refs) {
			emit({
				type: 'command/refused',
				ref,
				command: 'transfer/offer',
				error: errorInfo('fileMissing', {path: 'none'}),
			});
		}

		expect(await code).toBe(1);
		expect(stderr().split('none')).toHaveLength(2);
	});

	test('says whose each file is', async () => {
		const {emit, stdout} = sendToBoth();
		emit(accepted('tc'), {
			type: 'transfer/entrySaved',
			transfer: transferId('tc'),
			entry: 0,
			savedAs: safe('a (1).bin'),
			digest: 'd'.repeat(64),
		});
		expect(stdout()).toMatch(/carol.*a\.bin.*a \(1\)\.bin/);
	});

	test('two addresses of the same peer: it gets everything once', async () => {
		const verb = createSendVerb({paths: ['a.bin'], to: [bob, carol]});
		const {code, emit, asked} = runOnFake(verb);
		const [appeared] = dialled(carol.host, 'bob');
		emit(
			...dialled(bob.host, 'bob'),
			offer('out', 'tb', [file('a.bin')]),
			appeared!,
			{type: 'peer/forgotten', peer: peerKey(`dial:${carol.host}`)},
			accepted('tb'),
			finishedAs('tb', saved),
		);
		expect(await code).toBe(0);
		expect(asked()).toHaveLength(1);
	});
});

describe('what is piped in', () => {
	test('is offered under its name', () => {
		const verb = createSendVerb({paths: [], input: 'x.tar', to: [bob]});
		const {emit, asked} = runOnFake(verb);
		emit(...dialled(bob.host, 'bob'));
		expect(asked()).toMatchObject([
			{type: 'transfer/offerInput', peer: 'bob', name: 'x.tar'},
		]);
	});

	test('is not said to be kept where it is interrupted', async () => {
		const stream = [{...file('x.tar', 0), kind: 'stream' as const}];
		const {code, emit, stderr, interrupt} = sendToBob(stream);
		emit(accepted('t'), startedAt('t'), progressed('t', 5e6));
		interrupt();
		expect(await code).toBe(130);
		expect(stderr()).toMatch(/Interrupted\.\n$/);
	});
});

describe('a connection that is gone', () => {
	const reset = errorInfo('connectionReset');

	test('before anything was accepted: failed', async () => {
		const {code, emit} = sendToBob();
		emit({type: 'peer/left', peer: peerKey('bob'), error: reset});
		expect(await code).toBe(1);
	});

	test('afterwards: it is waited for, and offered by the engine alone', async () => {
		const {code, isOver, emit, asked, stderr} = sendToBob();
		const transfer = transferId('t');
		emit(
			accepted('t'),
			startedAt('t'),
			progressed('t', 20e6),
			{type: 'peer/left', peer: peerKey('bob'), error: reset},
			{type: 'transfer/interrupted', transfer, error: reset},
			{type: 'transfer/interrupted', transfer, error: reset, nextAt: 9e12},
		);
		expect(await isOver()).toBe(false);
		expect(stderr().match(/connection to bob is gone/g)).toHaveLength(1);
		emit(
			dialled(bob.host, 'bob')[1]!,
			startedAt('t', 19e6),
			{type: 'transfer/resumed', transfer, entry: 0, heldBytes: 19e6},
			finishedAs('t', saved),
		);
		expect(await code).toBe(0);
		expect(stderr()).toContain('a.bin goes on from 19 MB');
		expect(asked()).toHaveLength(1);
	});

	test('and does not come back: failed when the engine says so', async () => {
		const {code, isOver, emit, stderr} = sendToBob();
		const transfer = transferId('t');
		emit(
			accepted('t'),
			{type: 'transfer/interrupted', transfer},
			{type: 'peer/left', peer: peerKey('bob')},
		);
		expect(await isOver()).toBe(false);
		const error = errorInfo('peerDidNotReturn', {name: 'bob', minutes: 10});
		emit(finishedAs('t', {kind: 'failed', saved: 0, failed: 1, error}));
		expect(await code).toBe(1);
		expect(stderr()).toContain('10 minutes');
	});

	test('Ctrl-C meanwhile says that what arrived is kept, where something is', async () => {
		for (const [moved, expected] of [
			[limits.blockBytes, /kept/],
			[limits.blockBytes - 1, /^(?![^]*kept)/],
		] as const) {
			const {code, emit, stderr, interrupt} = sendToBob();
			emit(accepted('t'), startedAt('t'), progressed('t', moved), {
				type: 'transfer/interrupted',
				transfer: transferId('t'),
			});
			interrupt();
			expect(await code).toBe(130);
			expect(stderr()).toContain('Interrupted.');
			expect(stderr()).toMatch(expected);
		}
	});
});

test.each<[string, Outcome]>([
	['as the engine counts it', {kind: 'saved', saved: 2}],
	[
		'as a failure',
		{kind: 'failed', saved: 2, failed: 1, error: errorInfo('declined')},
	],
])('a receiver that takes only some of it (%s): 3', async (_, outcome) => {
	const {code, emit, stderr} = sendToBob([file('a'), file('b'), file('c')]);
	emit(accepted('t', [1]), finishedAs('t', outcome));
	expect(await code).toBe(3);
	expect(stderr()).toContain('bob took 2 of 3');
});

test('one that takes some of it, and fails with some: 1, with what failed', async () => {
	const {code, emit, stderr} = sendToBob([file('a'), file('b')]);
	const error = errorInfo('fileUnreadable', {path: 'b'});
	emit(
		accepted('t', [0]),
		{type: 'transfer/entryFailed', transfer: transferId('t'), entry: 1, error},
		finishedAs('t', {
			kind: 'failed',
			saved: 0,
			failed: 2,
			error: errorInfo('declined'),
		}),
	);
	expect(await code).toBe(1);
	expect(stderr()).toContain('b cannot be read');
});

test('what the receiver had already is said to be there', async () => {
	const {emit, stdout} = sendToBob();
	emit(accepted('t'), {
		type: 'transfer/entrySaved',
		transfer: transferId('t'),
		entry: 0,
		savedAs: safe('a.bin'),
		digest: 'd'.repeat(64),
		existed: true,
	});
	expect(stdout()).toMatch(/a\.bin is there already/);
});

test('a command that is not about a peer fails it', async () => {
	const {code, emit} = sendToBob();
	emit({
		type: 'command/refused',
		ref: 0,
		command: 'transfer/limit',
		error: errorInfo('noSuchTransfer'),
	});
	expect(await code).toBe(1);
});
