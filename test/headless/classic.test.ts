/** The classic file assistant without a screen: what it is told, and what it says. */
import {describe, expect, test} from 'vitest';
import {readCommandLine} from '../../source/command-line.js';
import type {EventBody} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {createClassicReceiveVerb} from '../../source/headless/classic-receive.js';
import {createClassicSendVerb} from '../../source/headless/classic-send.js';
import {openingCommands} from '../../source/opening-commands.js';
import {peerKey, safe, transferId} from '../helpers/fake-engine.js';
import {
	accepted,
	file,
	finishedAs,
	offer,
	progressed,
	runOnFake,
	startedAt,
} from './fake-run.js';

const read = (...args: string[]) => readCommandLine(args, '0.0.0');

describe('the command line', () => {
	test('listen --classic-receive opens one TCP listener for it', () => {
		const request = read('listen', '--classic-receive', '--tcp', '9191');
		expect(request).toMatchObject({
			kind: 'verb',
			settings: {role: 'console'},
			verb: {name: 'classicReceive'},
		});
		if (request.kind !== 'verb' || request.verb.name !== 'classicReceive')
			return;
		expect(openingCommands(request.verb.listen)).toEqual([
			{
				type: 'listener/open',
				kind: 'tcp',
				port: 9191,
				purpose: {kind: 'classic'},
			},
		]);
	});

	test('send --classic takes a file and an address', () => {
		const request = {
			kind: 'verb',
			settings: {role: 'script'},
			verb: {
				name: 'classicSend',
				path: '报告.txt',
				to: {host: '127.0.0.1', port: 9191},
			},
		};
		const to = ['--to', '127.0.0.1:9191'];
		expect(read('send', '--classic', '报告.txt', ...to)).toMatchObject(request);
		expect(
			read('send', '报告.txt', '--to', 'tcp://127.0.0.1:9191', '--classic'),
		).toMatchObject(request);
	});

	test.each([
		[['send', '--classic', '--to', 'h:1'], 'needs one file'],
		[['send', '--classic', '-', '--to', 'h:1'], 'needs one file'],
		[['send', '--classic', 'a', 'b', '--to', 'h:1'], 'one file at a time'],
		[['send', '--classic', 'a'], '--to'],
		[['send', '--classic', 'a', '--to', 'h:1', '--to', 'h:2'], 'one address'],
		[['send', '--classic', 'a', '--to', 'h'], 'port'],
		[['send', '--classic', 'a', '--to', '::1'], 'port'],
		[['send', '--classic', 'a', '--to', 'tls://h:1'], 'plain TCP'],
		[['listen', '--classic-receive', '--no-tcp'], '--no-tcp'],
		[['listen', '--classic-receive', '--hex'], '--hex'],
		[['listen', '--classic-receive', '--framing', 'lines'], '--framing'],
		[['listen', '--classic-receive', '--udp', '1'], '--udp'],
		[['listen', '--classic-receive', '--accept', 'all'], '--accept'],
	])('%j is misuse', (args, sentence) => {
		const request = read(...args);
		expect(request.kind).toBe('misuse');
		expect(request).toMatchObject({
			sentence: expect.stringContaining(sentence) as unknown,
		});
	});
});

const course: EventBody = {
	type: 'peer/connected',
	peer: peerKey('course'),
	kind: 'raw',
	name: safe('10.0.0.7:5000'),
	trust: 'PLAIN',
	encrypted: false,
	direction: 'in',
	address: {host: '10.0.0.7', port: 5000},
};

const plainOffer = (direction: 'in' | 'out'): EventBody =>
	({
		...offer(direction, 't', [file('报告.txt', 2_000_000)], 'course'),
		trust: 'PLAIN',
	}) as EventBody;

const savedEntry: EventBody = {
	type: 'transfer/entrySaved',
	transfer: transferId('t'),
	entry: 0,
	savedAs: safe('报告 (1).txt'),
	digest: 'ab'.repeat(32),
};

const incomplete = errorInfo('classicIncomplete', {
	host: '10.0.0.7',
	name: '报告.txt',
	movedBytes: 5,
	sizeBytes: 10,
});

const failed = {
	kind: 'failed',
	saved: 0,
	failed: 1,
	error: incomplete,
} as const;

describe('receiving', () => {
	const open = {
		type: 'listener/open',
		kind: 'tcp',
		port: 9191,
		purpose: {kind: 'classic'},
	} as const;
	const start = (options: {json?: boolean; columns?: number} = {}) =>
		runOnFake(createClassicReceiveVerb({commands: [open]}), options);

	test('says who sends what, and where it is saved, and goes on', async () => {
		const run = start();
		expect(run.dispatched).toEqual([open]);
		run.emit(course, plainOffer('in'), accepted('t'), startedAt('t'));
		run.emit(savedEntry, finishedAs('t', {kind: 'saved', saved: 1}));
		expect(run.stderr()).toContain('10.0.0.7:5000 sends 报告.txt (2 MB).');
		expect(run.stdout()).toMatch(
			/^Saved 报告 \(1\)\.txt in .*: 2 MB in \d+\.\d s \(BLAKE3 abab/,
		);
		expect(run.asked()).toEqual([]);
		expect(await run.isOver()).toBe(false);
		run.interrupt();
		expect(await run.code).toBe(130);
	});

	test('draws a bar', () => {
		const run = start({columns: 80});
		run.emit(course, plainOffer('in'), accepted('t'), startedAt('t'));
		run.emit(progressed('t', 1_000_000));
		expect(run.stderr()).toContain('50%');
	});

	test('says why a file did not come, and what was wrong before there was one', () => {
		const run = start();
		run.emit(course, plainOffer('in'), accepted('t'), startedAt('t'));
		run.emit(finishedAs('t', failed), {
			type: 'stream/problem',
			peer: peerKey('course'),
			error: errorInfo('classicSizeWrong', {name: '10.0.0.7:5000', size: '-5'}),
		});
		expect(run.stderr()).toContain('broke off after 5 B of 10 B of 报告.txt');
		expect(run.stderr()).toContain('announced a size of -5 bytes');
	});

	test('says events where they are asked for, and nothing else', async () => {
		const run = start({json: true});
		run.emit(
			course,
			plainOffer('in'),
			accepted('t'),
			startedAt('t'),
			savedEntry,
		);
		// Those that follow each other at once are written together.
		expect(await run.isOver()).toBe(false);
		const lines = run.stdout().trim().split('\n');
		expect(lines.map(line => (JSON.parse(line) as EventBody).type)).toEqual([
			'peer/connected',
			'transfer/offered',
			'transfer/accepted',
			'transfer/started',
			'transfer/entrySaved',
		]);
		expect(run.stderr()).toBe('');
	});

	test('ends where it cannot listen', async () => {
		const run = start();
		run.emit({
			type: 'listener/failed',
			kind: 'tcp',
			port: 9191,
			error: errorInfo('portTaken', {port: 9191, kind: 'tcp'}),
		});
		expect(await run.code).toBe(1);
	});
});

describe('sending', () => {
	const to = {host: '10.0.0.7', port: 5000};
	const start = () => {
		const run = runOnFake(createClassicSendVerb({path: '/报告.txt', to}));
		run.emit(course, plainOffer('out'));
		return run;
	};

	test('is done when all is sent, and says that nobody confirms it', async () => {
		const run = start();
		expect(run.dispatched).toEqual([
			{type: 'classic/send', target: to, path: '/报告.txt', ref: 1},
		]);
		run.emit(accepted('t'), startedAt('t'), savedEntry);
		run.emit(finishedAs('t', {kind: 'saved', saved: 1}));
		expect(await run.code).toBe(0);
		expect(run.stdout()).toMatch(/^Sent 报告.* to 10\.0\.0\.7:5000: 2 MB in /);
		expect(run.stdout()).toContain('does not confirm');
	});

	test('warns beforehand where the way leaves this machine', () => {
		const run = start();
		const error = errorInfo('classicMayLose', to);
		run.emit({type: 'stream/problem', peer: peerKey('course'), error});
		expect(run.stderr()).toContain('may keep less than it is sent');
	});

	test('fails with the sentence, once', async () => {
		const run = start();
		run.emit(finishedAs('t', failed));
		expect(await run.code).toBe(1);
		expect(run.stderr().match(/broke off/g)).toHaveLength(1);
	});

	test('fails where the file cannot be sent', async () => {
		const run = runOnFake(createClassicSendVerb({path: '/x', to}));
		run.emit({
			type: 'command/refused',
			ref: 1,
			command: 'classic/send',
			error: errorInfo('fileMissing', {path: '/x'}),
		});
		expect(await run.code).toBe(1);
		expect(run.stderr()).toContain('/x does not exist');
	});
});
