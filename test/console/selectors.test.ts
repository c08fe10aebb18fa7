import {describe, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {
	peerList,
	selectedIndex,
	windowStart,
} from '../../source/console/peer-list.js';
import {
	fileReceiver,
	peerCounts,
	recentRates,
	unreadCount,
} from '../../source/console/selectors.js';
import {
	shownTransfers,
	transferAtCursor,
	transferSummary,
} from '../../source/console/transfer-selectors.js';
import {errorInfo} from '../../source/errors.js';
import {
	accepted,
	begun,
	createFakeEngine,
	datagram,
	finished,
	offered,
	peerConnected,
	peerKey,
	received,
	startOfTest,
	transferId,
} from '../helpers/fake-engine.js';

const stateOf = (...events: Array<EventBody & {readonly at?: number}>) => {
	const engine = createFakeEngine();
	engine.emit(...events);
	return engine.getState();
};

const nc = peerConnected('nc', {kind: 'raw'});

describe('who takes a file', () => {
	test('is the peer of the conversation, or the only one that can', () => {
		const bob = peerConnected('bob');
		const two = stateOf(bob, peerConnected('carol'), nc);
		expect(fileReceiver(two, peerKey('carol'))).toEqual({
			kind: 'peer',
			peer: 'carol',
		});
		expect(fileReceiver(two, 'all')).toEqual({kind: 'several'});
		expect(fileReceiver(stateOf(bob, nc), peerKey('nc'))).toEqual({
			kind: 'peer',
			peer: 'bob',
		});
	});

	test('is nobody where only PLAIN peers are, or those who left', () => {
		expect(fileReceiver(stateOf(nc), 'all')).toEqual({kind: 'nobody'});
		expect(fileReceiver(stateOf(nc), peerKey('nc'))).toEqual({
			kind: 'raw',
			name: 'nc',
		});
		const gone = stateOf(peerConnected('bob'), {
			type: 'peer/left',
			peer: peerKey('bob'),
		});
		expect(fileReceiver(gone, peerKey('bob'))).toEqual({kind: 'nobody'});
	});
});

describe('the list of peers', () => {
	test('keeps the places of sockterm peers, and has where datagrams come from last', () => {
		const state = stateOf(
			peerConnected('bob'),
			peerConnected('carol'),
			{type: 'peer/left', peer: peerKey('bob')},
			datagram('x', '10.0.0.9'),
			datagram('y', '10.0.0.8'),
			datagram('z', '10.0.0.9'),
		);
		const rows = peerList(state);
		expect(rows).toEqual([
			{kind: 'conversation', key: 'all'},
			{kind: 'conversation', key: 'bob'},
			{kind: 'conversation', key: 'carol'},
			{kind: 'source', address: '10.0.0.8:5353'},
			{kind: 'source', address: '10.0.0.9:5353'},
		]);
		expect(peerList(state)).toBe(rows);
		expect(peerCounts(state.peers)).toMatchObject({reachable: 1, waiting: 0});
		const conversation = peerKey('bob');
		expect(selectedIndex(rows, {conversation, source: undefined})).toBe(1);
		const source = '10.0.0.9:5353';
		expect(selectedIndex(rows, {conversation, source})).toBe(4);
		expect(selectedIndex(rows, {conversation, source: 'gone:1'})).toBe(1);
	});

	test('has other peers behind them, those who are there first', () => {
		const state = stateOf(
			peerConnected('nc', {kind: 'raw'}),
			peerConnected('telnet', {kind: 'raw'}),
			peerConnected('bob'),
			{type: 'peer/left', peer: peerKey('nc')},
		);
		expect(peerCounts(state.peers).ordered.map(({key}) => key)).toEqual([
			'bob',
			'telnet',
			'nc',
		]);
	});

	test('shows the window around the chosen one', () => {
		expect(windowStart(5, 10, 4)).toBe(0);
		expect(windowStart(100, 10, 0)).toBe(0);
		expect(windowStart(100, 10, 50)).toBe(45);
		expect(windowStart(100, 10, 99)).toBe(90);
	});
});

describe('unread messages', () => {
	test('are those received since the conversation was left', () => {
		const bob = peerKey('bob');
		const state = stateOf(
			peerConnected('bob'),
			received('bob', 'one'),
			received('bob', 'two'),
		);
		const reader = {
			conversation: 'all',
			anchors: new Map(),
			readMarks: new Map(),
		} as const;
		expect(unreadCount(state, reader, bob)).toBe(2);
		expect(unreadCount(state, reader, 'all')).toBe(0);
		const seen = {...reader, readMarks: new Map([[bob, 1]])};
		expect(unreadCount(state, seen, bob)).toBe(1);
		const anchors = new Map([[bob, {row: 0, hiddenLines: 0}]]);
		const above = {...reader, conversation: bob, anchors};
		expect(unreadCount(state, above, bob)).toBe(2);
	});
});

describe('transfers', () => {
	test('are in the order in which they matter', () => {
		const state = stateOf(
			peerConnected('bob'),
			offered('old', {peer: 'bob'}),
			{
				type: 'transfer/finished',
				transfer: transferId('old'),
				outcome: {kind: 'declined'},
			},
			offered('out', {peer: 'bob', direction: 'out'}),
			offered('in', {peer: 'bob'}),
			offered('new', {peer: 'bob'}),
			{
				type: 'transfer/finished',
				transfer: transferId('new'),
				outcome: {kind: 'declined'},
			},
		);
		const summary = transferSummary(state);
		expect(summary.ordered.map(({id}) => id)).toEqual([
			'in',
			'out',
			'new',
			'old',
		]);
		expect(summary).toMatchObject({running: 2, begun: [], upRate: 0});
		expect(transferSummary(state)).toBe(summary);
	});

	test('that wait for their turn are in the order of the queue, behind those that move', () => {
		const waiting = ['one', 'two', 'three'].flatMap(id => [
			offered(id, {peer: 'bob', direction: 'out'}),
			accepted(id),
		]);
		const events = [peerConnected('bob'), ...waiting, begun('two', 0)];
		const order = [transferId('three'), transferId('one')];
		const state = stateOf(...events, {type: 'transfer/queued', order});
		const ids = transferSummary(state).ordered.map(({id}) => id);
		expect(ids).toEqual(['two', 'three', 'one']);
		const before = stateOf(...events);
		expect(transferSummary(before).ordered.map(({id}) => id)).toEqual([
			'one',
			'two',
			'three',
		]);
	});

	test('that have failed can be looked at alone', () => {
		const error = errorInfo('laneLost');
		const state = stateOf(
			peerConnected('bob'),
			offered('good', {peer: 'bob'}),
			finished('good', {kind: 'saved', saved: 1}),
			offered('bad', {peer: 'bob'}),
			finished('bad', {kind: 'failed', saved: 0, failed: 1, error}),
			offered('new', {peer: 'bob'}),
		);
		const failed = shownTransfers(state, {showsFailed: true});
		expect(failed.map(({id}) => id)).toEqual(['bad']);
		expect(shownTransfers(state, {showsFailed: false})).toHaveLength(3);
		const transfer = transferId('new');
		const cursor = (showsFailed: boolean) =>
			transferAtCursor(state, {transfer, showsFailed})?.id;
		expect([cursor(false), cursor(true)]).toEqual(['new', 'bad']);
	});

	test('need the clock only for what counts up or down', () => {
		const waiting = [
			peerConnected('bob'),
			offered('t', {peer: 'bob'}),
			accepted('t'),
		];
		const transfer = transferId('t');
		const needsClock = (...more: EventBody[]) =>
			transferSummary(stateOf(...waiting, ...more)).needsClock;
		expect(needsClock()).toBe(false);
		expect(needsClock(begun('t'))).toBe(true);
		expect(needsClock({type: 'transfer/interrupted', transfer})).toBe(false);
		const nextAt = startOfTest;
		expect(needsClock({type: 'transfer/interrupted', transfer, nextAt})).toBe(
			true,
		);
	});
});

describe('the rate of datagrams', () => {
	test('falls to zero when nothing is counted any more', () => {
		const at = startOfTest;
		const {datagrams} = stateOf({
			type: 'datagram/counted',
			at,
			perSecond: 7,
			received: 7,
			shown: 7,
			droppedByUs: 0,
			sent: 0,
		});
		expect(recentRates(datagrams, at + 1000)).toEqual([7]);
		expect(recentRates(datagrams, at + 3600)).toEqual([7, 0, 0, 0]);
		expect(recentRates(datagrams, at + 1e9)).toHaveLength(60);
		expect(recentRates(datagrams, at + 1e9)).not.toContain(7);
	});
});
