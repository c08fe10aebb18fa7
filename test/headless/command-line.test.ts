/** From arguments to requests, without starting anything. */
import {afterEach, describe, expect, test, vi} from 'vitest';
import {readCommandLine} from '../../source/command-line.js';

const read = (...args: string[]) => readCommandLine(args, '0.0.0');

afterEach(() => {
	vi.unstubAllEnvs();
});

const to = ['--to', '10.0.0.1'];

describe('send', () => {
	test('takes several peers and paths', () => {
		expect(read('send', 'a', 'b', ...to, '--to=[::1]:7000')).toMatchObject({
			kind: 'verb',
			verb: {
				name: 'send',
				paths: ['a', 'b'],
				to: [
					{kind: 'peer', host: '10.0.0.1', port: 9090},
					{kind: 'peer', host: '::1', port: 7000},
				],
			},
		});
	});

	test('takes what is piped in, under a name', () => {
		expect(read('send', '-', '--as', 'x.tar', ...to)).toMatchObject({
			verb: {name: 'send', input: 'x.tar', paths: [], to: [{}]},
		});
	});

	test.each([
		[['-', ...to], '--as'],
		[['-', 'a', '--as', 'x', ...to], 'alone'],
		[['-', '--as', 'x', ...to, '--to', '10.0.0.2'], 'one peer'],
		[['-', '--as', '', ...to], '--as'],
		[['-', '--as', '..', ...to], '--as'],
		[['-', '--as', 'a/b', ...to], '--as'],
		[['-', '--as', 'a\\b', ...to], '--as'],
		[['a', '--as', 'x', ...to], '--as'],
		[['a', ...to, '--to', '10.0.0.1:9090'], 'twice'],
		[['a', ...to, '--to', 'tcp://10.0.0.2:1'], 'tcp://10.0.0.2:1'],
		[['a'], '--to'],
		[to, 'send'],
		[['a', ...to, '--limit', '0'], '--limit'],
		[['a', ...to, '--limit', 'fast'], '--limit'],
		[['a', ...to, '--at-once', '0'], '--at-once'],
		[['a', ...to, '--limit', '1', '--limit', '2'], '--limit'],
	])('%j is a sentence', (args, hint) => {
		expect(read('send', ...args)).toEqual({
			kind: 'misuse',
			sentence: expect.stringContaining(hint) as unknown,
		});
	});
});

describe('receive', () => {
	test('--stdout', () => {
		expect(read('receive', '--stdout', '--yes')).toMatchObject({
			verb: {name: 'receive', stdout: true, yes: true, keep: false},
		});
		expect(read('recv')).toMatchObject({verb: {stdout: false, yes: false}});
	});

	test.each([['--json'], ['--keep'], ['--dir', 'x']])(
		'--stdout with %s is a sentence',
		(...flags) => {
			expect(read('receive', '--stdout', ...flags)).toEqual({
				kind: 'misuse',
				sentence: expect.stringContaining(flags[0]) as unknown,
			});
		},
	);

	test('a folder for every run does not stand in the way of --stdout', () => {
		vi.stubEnv('SOCKTERM_DIR', '/tmp/x');
		expect(read('receive', '--stdout')).toMatchObject({kind: 'verb'});
	});
});

describe('--accept verified', () => {
	test('is of listen and receive, with caps', () => {
		const autoAccept = {caps: {bytes: 2e9, entries: 7, dayBytes: 3e9}};
		for (const verb of ['listen', 'receive']) {
			const flags = ['--accept', 'verified', '--at-most', '2GB 7 3GB'];
			expect(read(verb, ...flags)).toMatchObject({settings: {autoAccept}});
		}

		expect(read('receive', '--accept', 'verified')).toMatchObject({
			verb: {verifiedOnly: true},
			settings: {
				autoAccept: {caps: {bytes: 1e9, entries: 100, dayBytes: 1e10}},
			},
		});
		// Nothing else takes anything by itself but the console, as the pins say.
		for (const args of [
			['receive', '--yes'],
			['listen', '--accept', 'all'],
		])
			expect(read(...args)).not.toHaveProperty('settings.autoAccept');
		expect(read()).toHaveProperty('settings.autoAccept', {});
	});

	test.each([
		[['listen', '--accept', 'some'], 'verified'],
		[['receive', '--accept', 'all'], '--yes'],
		[['receive', '--accept', 'verified', '--yes'], '--yes'],
		[['receive', '--accept', 'verified', '--stdout'], '--stdout'],
		[['listen', '--accept', 'verified', '--at-most', '2GB many'], '2GB many'],
		[['listen', '--accept', 'all', '--at-most', '2GB'], '--accept verified'],
		[['receive', '--at-most', '2GB'], '--accept verified'],
	])('%j is a sentence', (args, about) => {
		expect(read(...args)).toEqual({
			kind: 'misuse',
			sentence: expect.stringContaining(about) as unknown,
		});
	});
});

test('say speaks to one address', () => {
	expect(read('say', 'x', ...to)).toMatchObject({
		verb: {name: 'say', to: {host: '10.0.0.1'}},
	});
	expect(read('say', 'x', ...to, '--to', '10.0.0.2')).toMatchObject({
		kind: 'misuse',
	});
});

describe('--limit and --at-once', () => {
	test('are settings of the console and of verbs', () => {
		const flags = ['--limit', '1.5MB', '--at-once', '5'];
		const settings = {rateLimit: 1_500_000, transfersAtOnce: 5};
		expect(read(...flags)).toMatchObject({kind: 'console', settings});
		expect(read('send', 'a', ...to, ...flags)).toMatchObject({settings});
		expect(read('send', 'a', ...to)).not.toHaveProperty('settings.rateLimit');
	});

	test('stand in the environment, too; a flag is stronger', () => {
		vi.stubEnv('SOCKTERM_LIMIT', '64KiB');
		vi.stubEnv('SOCKTERM_AT_ONCE', '3');
		expect(read('--limit', '20MB')).toMatchObject({
			settings: {rateLimit: 20_000_000, transfersAtOnce: 3},
		});
		expect(read()).toMatchObject({settings: {rateLimit: 65_536}});
		vi.stubEnv('SOCKTERM_LIMIT', 'much');
		expect(read()).toMatchObject({kind: 'misuse'});
	});
});
