import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {isLinear} from '../../source/console/linear/is-linear.js';
import {runLinear} from '../../source/console/linear/run-linear.js';
import type {ConsoleSummary} from '../../source/console/summary.js';
import {
	accepted,
	begun,
	createFakeEngine,
	datagram,
	finished,
	moved,
	offered,
	peerConnected,
	received,
	sent,
	started,
	type FakeEngine,
} from '../helpers/fake-engine.js';
import {limits} from '../../source/limits.js';
import {formatSize} from '../../source/util/quantities.js';
import {
	createFakeTerminal,
	type FakeTerminal,
} from '../helpers/fake-terminal.js';
import {keys} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let terminal: FakeTerminal;
let engine: FakeEngine;
let ended: Promise<ConsoleSummary>;

beforeEach(async () => {
	terminal = createFakeTerminal(100, 60);
	engine = createFakeEngine();
	engine.emit(...started);
	ended = runLinear({
		engine,
		version: '0.0.0-test',
		env: {TERM: 'dumb'},
		addresses: ['192.168.1.20'],
		stdin: terminal.stdin,
		stdout: terminal.stdout,
	});
	await terminal.waitFor('/help lists the commands');
});

afterEach(async () => {
	terminal.stdin.push(null);
	await ended;
});

const linesWith = (text: string) =>
	terminal.screen().filter(line => line.includes(text));

describe('the linear console', () => {
	test('says each line of a message, and who said it', async () => {
		engine.emit(
			peerConnected('bob', {trust: 'VERIFIED'}),
			received('bob', 'one␊  two␊bob: three'),
		);
		await terminal.waitFor('three');
		expect(linesWith('bob: ').map(line => line.slice(9))).toEqual([
			'bob: one',
			'bob:   two',
			'bob: bob: three',
		]);
	});

	test('says what happens as lines, and writes no control sequence', async () => {
		engine.emit(
			peerConnected('bob', {trust: 'VERIFIED'}),
			peerConnected('10.0.0.5:51234', {kind: 'raw'}),
			received('bob', 'hi, the build is up 你好'),
			received('10.0.0.5:51234', 'temp=21.5'),
			datagram('ping'),
		);
		const text = await terminal.waitFor('ping');
		expect(text).toContain('Listening: tcp :9090.');
		expect(text).toMatch(/\d\d:\d\d:\d\d bob joined {2}VERIFIED/);
		expect(text).toMatch(/\d\d:\d\d:\d\d bob: hi, the build is up 你好/);
		// A name that nobody verified never stands alone.
		expect(text).toMatch(/10\.0\.0\.5:51234 \(PLAIN\): temp=21\.5/);
		expect(text).toMatch(/datagram from 10\.0\.0\.9:5353, 4 B: ping/);
		expect(terminal.output()).not.toContain(keys.escape);
		expect(terminal.output()).not.toMatch(/[╭│─]/);
		expect(terminal.isRaw()).toBe(false);
	});

	test('sends what is typed to the conversation that it says', async () => {
		engine.emit(peerConnected('bob'));
		terminal.write('hello\n');
		await waitFor(() => engine.dispatched.length > 0, 'a command');
		expect(engine.dispatched).toMatchObject([
			{type: 'chat/send', conversation: 'all', text: 'hello'},
		]);
		// What was typed stands there already.
		engine.emit(sent('all', 'm', 'hello', ['bob']), received('bob', 'yes'));
		await terminal.waitFor('bob (UNVERIFIED): yes');
		expect(linesWith('hello')).toEqual([]);
	});

	test('runs commands, and says what is wrong with one', async () => {
		terminal.write('/nosuch\n');
		await terminal.waitFor('There is no command /nosuch');
		engine.emit(peerConnected('bob'));
		terminal.write('/peers\n');
		await terminal.waitFor('bob (UNVERIFIED)');
	});

	test('says a window as lines without its frame', async () => {
		terminal.write('/limits\n');
		const text = await terminal.waitFor('message');
		expect(text).toContain('Limits');
		expect(terminal.output()).not.toContain(keys.escape);
		expect(terminal.output()).not.toMatch(/[╭╮╰╯│─]/);
		expect(text).not.toContain('Esc');
	});

	test('a window that waits for keys is a sentence with its command', async () => {
		terminal.write('/help\n');
		await terminal.waitFor('/connect');
		terminal.write('/framing\n');
		await terminal.waitFor(/\/framing|Choose|peer/);
		expect(terminal.output()).not.toMatch(/[╭│]/);
	});

	test('says an offer and its end, and no progress', async () => {
		engine.emit(
			peerConnected('bob'),
			offered('t', {peer: 'bob', sizeBytes: 1000}),
		);
		await terminal.waitFor('bob offers report.iso');
		terminal.write('/accept\n');
		await waitFor(() => engine.dispatched.length > 0, 'a command');
		expect(engine.dispatched).toMatchObject([{type: 'transfer/accept'}]);
		engine.emit(accepted('t'), begun('t'), moved('t', 300), moved('t', 600));
		engine.emit(finished('t', {kind: 'saved', saved: 1}));
		await terminal.waitFor(/report\.iso: (?!\d)/);
		expect(linesWith('30%')).toEqual([]);
		expect(linesWith('report.iso:')).toHaveLength(1);
	});

	test('counts datagrams that nobody could listen to', async () => {
		engine.emit(
			...Array.from({length: 50}, (_, index) => datagram(`n${index}.`)),
		);
		await terminal.waitFor('30 more datagrams.');
		expect(linesWith('datagram from')).toHaveLength(20);
	});

	test('datagramPreviewBytes: says the beginning of a larger one, and its whole size', async () => {
		const most = limits.datagramPreviewBytes;
		engine.emit(
			datagram('a'.repeat(most) + '#'.repeat(1_000)),
			datagram('end'),
		);
		await terminal.waitFor('3 B: end');
		expect(terminal.output()).toContain(': ' + 'a'.repeat(most) + '\n');
		expect(terminal.output()).not.toContain('#');
		expect(terminal.output()).toContain(formatSize(most + 1_000));
	});

	test('asks before it quits while a transfer runs', async () => {
		engine.emit(
			peerConnected('bob'),
			offered('t', {peer: 'bob'}),
			accepted('t'),
			begun('t'),
		);
		terminal.write('/quit\n');
		await terminal.waitFor('Quit all the same?');
		terminal.write('no\n');
		await terminal.waitFor('Nothing is done.');
		terminal.write('/quit\ny\n');
		expect((await ended).exitCode).toBe(0);
	});

	test('verifies a peer: a code is shown, and what is typed next is the other one', async () => {
		engine.emit(peerConnected('bob'));
		terminal.write('/pair bob\n');
		await terminal.waitFor(/To verify bob: the code \d{6}/);
		expect(engine.dispatched).toMatchObject([{type: 'trust/showCode'}]);
		terminal.write('12ab\n');
		await terminal.waitFor(/six digits/);
		terminal.write('\n');
		await terminal.waitFor('Verifying is stopped.');
		expect(engine.dispatched.at(-1)).toMatchObject({type: 'trust/hideCode'});
		terminal.write('hello again\n');
		await waitFor(
			() => engine.dispatched.at(-1)?.type === 'chat/send',
			'the line after it',
		);
	});
});

test('is chosen by its setting, by a terminal that can only print, and by who uses a screen reader', () => {
	expect(isLinear({TERM: 'xterm-256color'}, 'off')).toBe(false);
	expect(isLinear({TERM: 'xterm-256color'}, 'on')).toBe(true);
	expect(isLinear({TERM: 'dumb'}, 'off')).toBe(true);
	expect(isLinear({INK_SCREEN_READER: 'true'}, undefined)).toBe(true);
});
