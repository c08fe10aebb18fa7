import {describe, expect, test} from 'vitest';
import {transferCard} from '../../../source/console/format/transfer-card.js';
import {
	isWaitingOffer,
	transferStatus,
} from '../../../source/console/format/transfer-text.js';
import {createTheme} from '../../../source/console/theme.js';
import type {
	EntryOffer,
	EventBody,
	Transfer,
} from '../../../source/engine/index.js';
import {errorInfo} from '../../../source/errors.js';
import {cellWidth} from '../../../source/util/cells.js';
import {
	accepted,
	begun,
	createFakeEngine,
	finished,
	moved,
	offered,
	peerConnected,
	peerKey,
	safe,
	saved,
	startOfTest,
	transferId,
} from '../../helpers/fake-engine.js';

const theme = createTheme({colour: false, ascii: false, isDumb: true});
const MB = 1_000_000;
const transfer = transferId('t');

type Timed = EventBody & {readonly at?: number};

const sending = (name = 'report.iso'): Timed[] => [
	offered('t', {
		peer: 'bob',
		direction: 'out',
		name,
		sizeBytes: 1_000 * MB,
	}),
	accepted('t'),
];
const receiving: Timed[] = [
	offered('t', {peer: 'bob', sizeBytes: 1_000 * MB}),
	accepted('t'),
];

const offeredEntries = (entries: readonly EntryOffer[]): Timed => ({
	type: 'transfer/offered',
	transfer,
	peer: peerKey('bob'),
	direction: 'in',
	entries,
	totalBytes: entries.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
	trust: 'UNVERIFIED',
});

/** The card as its pane shows it, blanks at line ends cut; `now` in seconds after the last event. */
function card(
	events: readonly Timed[],
	options: {
		readonly width?: number;
		readonly now?: number;
		readonly queue?: readonly string[];
		readonly isSelected?: boolean;
	} = {},
): string {
	const engine = createFakeEngine();
	engine.emit(peerConnected('bob'), ...events);
	const shown = engine.getState().transfers.get(transfer)!;
	const {width = 60, now = 0, queue = [], isSelected = false} = options;
	const lines = transferCard(shown, {
		theme,
		width,
		isSelected,
		now: startOfTest + now * 1_000,
		queue: queue.map(id => transferId(id)),
	});
	for (const line of lines) expect(cellWidth(line)).toBe(width);
	return lines.map(line => line.trimEnd()).join('\n');
}

describe('a card', () => {
	test('of ours in the queue says its place there', () => {
		const at = (queue: readonly string[]) => card(sending(), {queue});
		expect(at(['t'])).toContain('waiting, 1st in the queue');
		expect(at(['x', 't'])).toContain('waiting, 2nd in the queue');
		const third = Array.from({length: 10}, (_, index) => `x${index}`);
		expect(at([...third, 't'])).toContain('waiting, 11th in the queue');
		expect(at([])).toContain('beginning');
	});

	test("of theirs waits for the sender's queue", () => {
		expect(card(receiving)).toContain("waits for bob's queue");
	});

	test('counts what moved of what is wanted', () => {
		const text = card([
			offeredEntries([
				{name: safe('a'), sizeBytes: 400 * MB},
				{name: safe('b'), sizeBytes: 600 * MB},
			]),
			accepted('t', {skip: [1]}),
			begun('t'),
			moved('t', 100 * MB),
		]);
		expect(text).toMatch(/a and 1 more ← bob +400 MB/);
		expect(text).toMatch(/█+░+ +25% +100 MB\/s/);
		expect(text).toContain('100 MB of 400 MB  ETA 0:03');
	});

	test('of a stream shows bytes and rate, and no end', () => {
		const text = card([
			offeredEntries([{name: safe('all.tar'), kind: 'stream', sizeBytes: 0}]),
			accepted('t'),
			begun('t'),
			moved('t', 80 * MB),
		]);
		expect(text).toMatch(/all\.tar ← bob +size unknown/);
		expect(text).toContain('80 MB/s');
		expect(text).toContain('80 MB so far');
		expect(text).not.toMatch(/[█░%]|ETA/);
	});

	test('that went on says what was there, and what limit it has', () => {
		const text = card([
			...sending(),
			begun('t'),
			{type: 'transfer/resumed', transfer, entry: 0, heldBytes: 700 * MB},
			moved('t', 710 * MB),
			{type: 'transfer/limited', transfer, bytesPerSecond: 20 * MB},
		]);
		expect(text).toContain('71%');
		expect(text).toContain('700 MB of it was there already  limit 20 MB/s');
	});

	test.each([
		['receiver', 'the receiver takes no more'],
		['ownDisk', 'our disk is slow'],
		['sender', 'nothing comes from bob'],
	] as const)('stalled by %s says so, and for how long', (stalled, why) => {
		const events: Timed[] = [
			...sending(),
			begun('t'),
			{...moved('t', 10 * MB), at: startOfTest + 60_000},
			{
				type: 'transfer/progressed',
				transfer,
				entry: 0,
				movedBytes: 10 * MB,
				stalled,
				at: startOfTest + 63_000,
			},
		];
		expect(card(events, {now: 68})).toContain(`no bytes for 8 s: ${why}`);
		expect(card(events, {now: 660})).toContain(`no bytes for 10 min: ${why}`);
		expect(card(events, {now: 68})).not.toMatch(/MB\/s|ETA/);
		const again = [
			...events,
			{...moved('t', 20 * MB), at: startOfTest + 70_000},
		];
		expect(card(again)).not.toContain('no bytes');
	});

	const half = [begun('t'), moved('t', 500 * MB)];
	const paused = (by: 'us' | 'peer' | 'disk', facts?: object): Timed => ({
		type: 'transfer/paused',
		transfer,
		by,
		...(facts ? {error: errorInfo('diskFull', {...facts})} : {}),
	});

	test('that is paused says by whom, and how far it is', () => {
		const byUs = card([...sending(), ...half, paused('us')]);
		expect(byUs).toContain('paused by you');
		expect(byUs).toMatch(/█+░+ +50%/);
		expect(byUs).toContain('500 MB of 1 GB');
		expect(card([...sending(), paused('peer')])).toContain('paused by bob');
	});

	test('that waits for room says how much there is and how much it needs', () => {
		const full = {freeBytes: 12 * MB, neededBytes: 300 * MB};
		expect(
			card([...receiving, ...half, paused('disk', full)], {width: 80}),
		).toContain(
			'disk full: 12 MB free, 300 MB needed; goes on when there is room',
		);
		expect(card([...receiving, paused('disk')])).toContain(
			'disk full; goes on when there is room',
		);
		expect(card([...sending(), paused('disk')])).toContain(
			"bob's disk is full; goes on when there is room",
		);
	});

	test('whose connection is gone counts down, or waits for the peer', () => {
		const interrupted = (nextAt?: number): Timed => ({
			type: 'transfer/interrupted',
			transfer,
			...(nextAt === undefined ? {} : {nextAt}),
		});
		const counting = [
			...sending(),
			...half,
			interrupted(startOfTest + 100_000),
		];
		const again = 'the connection is gone, trying again';
		expect(card(counting, {now: 96})).toContain(`${again} in 4 s`);
		expect(card(counting, {now: 97.5})).toContain(`${again} in 3 s`);
		expect(card(counting, {now: 101})).toContain(`${again} now`);
		expect(card([...sending(), interrupted()])).toContain(
			'the connection is gone; goes on when bob is back',
		);
	});
});

describe('a finished transfer', () => {
	const cancelled = (by: 'us' | 'peer') =>
		finished('t', {kind: 'cancelled', by});

	test('that was cancelled says that what arrived is kept', () => {
		const half = [begun('t'), moved('t', 5 * MB)];
		const ours = card([...sending(), ...half, cancelled('us')]);
		expect(ours).toContain('cancelled');
		expect(ours).toContain(
			'what arrived is kept: send it again and it goes on',
		);
		const theirs = card([...receiving, ...half, cancelled('peer')]);
		expect(theirs).toContain('bob cancelled');
		expect(theirs).toContain('it goes on when bob sends it again');
		expect(card([...sending(), cancelled('us')])).not.toContain('kept');
	});

	test('counts what was there before, and what was not wanted', () => {
		const text = card([
			offeredEntries(
				['a', 'b', 'c', 'd'].map(name => ({name: safe(name), sizeBytes: 1})),
			),
			accepted('t', {skip: [3], folder: '/tmp/elsewhere'}),
			saved('t', 0, 'a', {existed: true}),
			saved('t', 1, 'b'),
			saved('t', 2, 'c', {existed: true}),
			finished('t', {kind: 'saved', saved: 3}),
		]);
		expect(text).toContain('3 saved, 2 of them there already, 1 not wanted');
		expect(text).toContain('in /tmp/elsewhere');
	});

	test('of one file that was there says so', () => {
		const text = card([
			...receiving,
			saved('t', 0, 'report.iso', {existed: true}),
			finished('t', {kind: 'saved', saved: 1}),
		]);
		expect(text).toContain('the same file was there already  b3 1a2b3c4d');
	});

	test('that failed shows its reasons first, and whole under the cursor', () => {
		const error = errorInfo('peerDidNotReturn', {name: 'bob', minutes: 10});
		const events: Timed[] = [
			...sending(),
			{type: 'transfer/entryFailed', transfer, entry: 0, error},
			finished('t', {kind: 'failed', saved: 0, failed: 1, error}),
		];
		const narrow = card(events, {width: 34});
		expect(narrow).toContain('bob did not come back in 10');
		expect(narrow).not.toContain('from there.');
		expect(card(events, {width: 34, isSelected: true})).toContain(
			'from there.',
		);
	});
});

test('wide names and narrow panes keep every line as wide as the pane', () => {
	const name = '季度报告👨‍👩‍👧'.repeat(6);
	const at = startOfTest + 60_000;
	const phases: ReadonlyArray<readonly Timed[]> = [
		[],
		[begun('t'), moved('t', 400 * MB)],
		[begun('t'), {type: 'transfer/paused', transfer, by: 'us'}],
		[begun('t'), {type: 'transfer/interrupted', transfer, nextAt: at}],
		[saved('t', 0, `${name} (1)`), finished('t', {kind: 'saved', saved: 1})],
	];
	for (const width of [12, 20, 33, 60]) {
		for (const phase of phases) card([...sending(name), ...phase], {width});
	}
});

test('says while it runs why nobody was asked, and asks nobody', () => {
	const engine = createFakeEngine();
	const [offer] = sending();
	const event = {...offer!, direction: 'in', byItself: 'accepted'} as const;
	engine.emit(peerConnected('bob'), event);
	const shown = engine.getState().transfers.get(transfer)!;
	expect(isWaitingOffer(shown)).toBe(false);
	expect(transferStatus(shown).text).toBe('waiting');
	const lines = card([event]);
	expect(lines).toContain('accepted by itself, as bob may send');
});

test('in a conversation it is a few words that do not change with the time', () => {
	const words = (...events: readonly Timed[]) => {
		const engine = createFakeEngine();
		engine.emit(peerConnected('bob'), ...sending(), ...events);
		const shown: Transfer = engine.getState().transfers.get(transfer)!;
		return transferStatus(shown).text;
	};
	expect(words()).toBe('waiting');
	expect(words(begun('t'), moved('t', 250 * MB))).toBe('25%  250 MB/s');
	expect(words({type: 'transfer/paused', transfer, by: 'disk'})).toBe('paused');
	expect(words({type: 'transfer/interrupted', transfer})).toBe('interrupted');
	expect(words(finished('t', {kind: 'declined'}))).toBe('bob declined');
});
