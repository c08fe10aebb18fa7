import {describe, expect, test} from 'vitest';
import type {
	EngineEvent,
	EngineState,
	EventBody,
} from '../../source/engine/index.js';
import {initialState, reduceAll} from '../../source/engine/index.js';
import {reduce} from '../../source/engine/reducer.js';
import {errorInfo} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {
	datagram,
	messageId,
	offered,
	peerConnected,
	peerKey,
	received,
	sent,
	started,
	transferId,
} from '../helpers/fake-engine.js';
import {plainState} from './plain-state.js';

let now = 1_700_000_000_000;

const stamp = (bodies: readonly EventBody[], stepMs = 1_000): EngineEvent[] =>
	bodies.map(body => ({...body, at: (now += stepMs)}));

const fold = (...bodies: readonly EventBody[]) =>
	reduceAll(initialState, stamp(bodies));

const rowsOf = (state: EngineState, key: string) =>
	state.conversations.get(key as never)?.rows.slice(0) ?? [];
const kindsOf = (state: EngineState, key: string) =>
	rowsOf(state, key).map(({kind}) => kind);

const left = (peer: string, code?: 'connectionReset'): EventBody => ({
	type: 'peer/left',
	peer: peerKey(peer),
	...(code ? {error: errorInfo(code)} : {}),
});

const waiting = (peer: string, attempt: number): EventBody => ({
	type: 'peer/waiting',
	peer: peerKey(peer),
	attempt,
	nextAt: now + 1_000,
	error: errorInfo('connectionRefused'),
});

const appeared = (peer: string): EventBody => ({
	type: 'peer/appeared',
	peer: peerKey(peer),
	name: peer as never,
	direction: 'out',
	target: {kind: 'peer', host: '10.0.0.1', port: 9090},
});

describe('rows', () => {
	test('of a conversation, and of All', () => {
		const state = fold(
			...started,
			peerConnected('bob'),
			received('bob', 'hi'),
			sent('bob', 'm1', 'hello', ['bob']),
			offered('t1', {peer: 'bob'}),
			left('bob'),
		);
		const kinds = ['joined', 'received', 'sent', 'transfer', 'left'];
		expect(kindsOf(state, 'bob')).toEqual(kinds);
		expect(kindsOf(state, 'all')).toEqual(kinds);
		expect(rowsOf(state, 'bob')[1]).toMatchObject({
			name: 'bob',
			trust: 'UNVERIFIED',
			text: 'hi',
			unfinished: false,
		});
		expect(rowsOf(state, 'bob')[2]).toMatchObject({to: 'bob', toName: 'bob'});
		expect(rowsOf(state, 'bob')[4]).toMatchObject({retrying: false});
	});

	test('of what goes to All stand with everybody it went to', () => {
		const state = fold(
			peerConnected('bob'),
			peerConnected('carol'),
			peerConnected('dave'),
			sent('all', 'm1', 'hello', ['bob', 'carol']),
		);
		expect(kindsOf(state, 'bob')).toEqual(['joined', 'sent']);
		expect(kindsOf(state, 'carol')).toEqual(['joined', 'sent']);
		expect(kindsOf(state, 'dave')).toEqual(['joined']);
		expect(rowsOf(state, 'all').at(-1)).toMatchObject({
			to: 'all',
			toName: undefined,
		});
		expect(kindsOf(state, 'all')).toHaveLength(4);
	});

	test('of a dial that keeps failing: the first failure only', () => {
		const state = fold(
			appeared('dial'),
			waiting('dial', 1),
			waiting('dial', 2),
			waiting('dial', 3),
		);
		expect(kindsOf(state, 'dial')).toEqual(['problem']);
	});

	test('of a cut say that it will be tried again', () => {
		const state = fold(
			peerConnected('bob'),
			waiting('bob', 1),
			waiting('bob', 2),
		);
		expect(rowsOf(state, 'bob')).toMatchObject([
			{kind: 'joined'},
			{kind: 'left', retrying: true},
		]);
	});

	test('of failures of an entry, and of refused connections', () => {
		const state = fold(
			peerConnected('bob'),
			offered('t1', {peer: 'bob'}),
			{
				type: 'transfer/entryFailed',
				transfer: transferId('t1'),
				entry: 0,
				error: errorInfo('diskFull'),
			},
			{type: 'peer/refused', count: 3, error: errorInfo('tlsFailed')},
		);
		expect(kindsOf(state, 'bob')).toEqual(['joined', 'transfer', 'problem']);
		expect(kindsOf(state, 'all').slice(-2)).toEqual(['problem', 'problem']);
	});

	test('are never made for strangers', () => {
		const state = fold(
			received('nobody', 'boo'),
			left('nobody', 'connectionReset'),
			waiting('nobody', 1),
			offered('t1', {peer: 'nobody'}),
		);
		expect(plainState(state)).toEqual(plainState({...initialState, folded: 4}));
	});

	test('are counted even when they are cleared or dropped', () => {
		const many = Array.from(
			{length: limits.conversationRows + 10},
			(_, index) => received('bob', `${index}`),
		);
		const full = fold(peerConnected('bob'), ...many);
		expect(full.conversations.get(peerKey('bob'))).toMatchObject({
			received: many.length,
			rows: {length: limits.conversationRows, firstId: 11},
		});
		const cleared = reduceAll(
			full,
			stamp([{type: 'chat/cleared', conversation: peerKey('bob')}]),
		);
		expect(cleared.conversations.get(peerKey('bob'))).toMatchObject({
			received: many.length,
			rows: {length: 0},
		});
		expect(cleared.conversations.get('all')?.rows.length).toBe(
			limits.conversationRows,
		);
	});
});

describe('peers', () => {
	test('go through their phases', () => {
		const phases: string[] = [];
		let state = initialState;
		for (const event of stamp([
			appeared('dial'),
			{type: 'peer/dialing', peer: peerKey('dial'), attempt: 1},
			waiting('dial', 1),
			{type: 'peer/dialing', peer: peerKey('dial'), attempt: 2},
			{...peerConnected('dial')},
			left('dial', 'connectionReset'),
		])) {
			state = reduce(state, event);
			phases.push(state.peers.get(peerKey('dial'))!.lifecycle.phase);
		}

		expect(phases).toEqual([
			'dialing',
			'dialing',
			'waiting',
			'dialing',
			'ready',
			'left',
		]);
	});

	test('that answer take the place of the row that was dialled', () => {
		const state = fold(appeared('dial'), waiting('dial', 1), {
			...peerConnected('bob'),
			replaces: peerKey('dial'),
		} as EventBody);
		expect(state.peers.values().map(({key}) => key)).toEqual(['bob']);
		expect(state.conversations.get(peerKey('dial'))).toBeUndefined();
	});

	test('are renamed, keep their encoding over a reconnect, and are forgotten', () => {
		const bob = peerKey('bob');
		const state = fold(
			peerConnected('bob', {kind: 'raw'}),
			{type: 'peer/encodingChanged', peer: bob, encoding: 'gbk'},
			{type: 'peer/renamed', peer: bob, name: 'robert' as never},
			left('bob'),
			peerConnected('bob', {kind: 'raw'}),
		);
		expect(state.peers.get(bob)).toMatchObject({encoding: 'gbk', name: 'bob'});
		const after = reduceAll(
			state,
			stamp([{type: 'peer/forgotten', peer: bob}, left('bob')]),
		);
		expect(after.peers.size).toBe(0);
		expect(after.departed).toEqual([]);
		expect(after.conversations.get(bob)).toBeUndefined();
	});

	test('that left are forgotten beyond the limit, oldest first, with their conversations', () => {
		const names = Array.from(
			{length: limits.departedPeers + 3},
			(_, index) => `p${index}`,
		);
		const state = fold(
			...names.map(name => peerConnected(name)),
			...names.slice(0, 2).map(name => left(name)),
			// The first comes back and leaves last.
			peerConnected('p0'),
			...names.slice(2).map(name => left(name)),
			left('p0'),
		);
		expect(state.peers.size).toBe(limits.departedPeers);
		expect(state.departed).toHaveLength(limits.departedPeers);
		for (const gone of ['p1', 'p2', 'p3']) {
			expect(state.peers.has(peerKey(gone))).toBe(false);
			expect(state.conversations.has(peerKey(gone))).toBe(false);
		}

		expect(state.peers.has(peerKey('p0'))).toBe(true);
		expect(state.conversations.size).toBe(limits.departedPeers + 1);
	});
});

test('deliveries count for each receiver, and only as often as there are any', () => {
	const delivered = (peer: string): EventBody => ({
		type: 'chat/delivered',
		peer: peerKey(peer),
		message: messageId('m1'),
	});
	const bodies: EventBody[] = [
		sent('all', 'm1', 'hello', ['a', 'b', 'c']),
		delivered('a'),
		{
			type: 'chat/failed',
			peer: peerKey('b'),
			message: messageId('m1'),
			error: errorInfo('queueFull'),
		},
	];
	expect(fold(...bodies).deliveries.get(messageId('m1'))).toEqual({
		pending: 1,
		delivered: 1,
		failed: 1,
	});
	const all = fold(...bodies, delivered('c'), delivered('c'), delivered('d'));
	expect(all.deliveries.get(messageId('m1'))).toEqual({
		pending: 0,
		delivered: 2,
		failed: 1,
	});
});

test('deliveries are remembered as long as their rows', () => {
	const messages = Array.from(
		{length: limits.conversationRows + 5},
		(_, index) => sent('bob', `m${index}`, 'x', ['bob']),
	);
	const state = fold(peerConnected('bob'), ...messages);
	expect(state.deliveries.size).toBe(limits.conversationRows);
	expect(state.deliveries.has(messageId('m4'))).toBe(false);
	expect(state.deliveries.has(messageId('m5'))).toBe(true);
});

describe('datagrams', () => {
	const counted = (perSecond: number): EventBody => ({
		type: 'datagram/counted',
		perSecond,
		received: 10,
		shown: 8,
		droppedByUs: 2,
		sent: 0,
	});

	test('the quiet seconds in between are zeros', () => {
		const state = reduceAll(initialState, [
			...stamp([counted(5), counted(0)]),
			...stamp([counted(7)], 4_000),
			...stamp([counted(1)]),
		]);
		expect(state.datagrams.perSecond).toEqual([5, 0, 0, 0, 0, 7, 1]);
		expect(state.datagrams).not.toHaveProperty('droppedByKernel');
	});

	test('a minute is kept', () => {
		const seconds = Array.from({length: 100}, (_, index) => counted(index));
		const {perSecond} = fold(...seconds).datagrams;
		expect(perSecond).toHaveLength(60);
		expect(perSecond.at(0)).toBe(40);
		const late = reduceAll(fold(...seconds), stamp([counted(3)], 3_600_000));
		expect(late.datagrams.perSecond).toEqual([...Array<number>(59).fill(0), 3]);
	});

	test('rows of every kind, at most so many', () => {
		const state = fold(
			datagram('hi'),
			{
				type: 'datagram/sent',
				to: {host: 'h', port: 1},
				listener: 'udp:1' as never,
				bytes: Uint8Array.of(121, 111),
			},
			{
				type: 'datagram/failed',
				to: {host: 'h', port: 1},
				error: errorInfo('unreachable'),
			},
		);
		expect(state.datagrams.rows.slice(0)).toMatchObject([
			{direction: 'in', bytes: Uint8Array.of(104, 105)},
			{direction: 'out', bytes: Uint8Array.of(121, 111)},
			{direction: 'out', error: {code: 'unreachable'}},
		]);
		const many = Array.from({length: limits.datagramRows + 1}, () =>
			datagram('x'),
		);
		expect(fold(...many).datagrams.rows.length).toBe(limits.datagramRows);
	});
});

test('listeners come, go and fail', () => {
	const failure: EventBody = {
		type: 'listener/failed',
		kind: 'tcp',
		port: 9090,
		error: errorInfo('portTaken'),
	};
	const failures = Array.from({length: 30}, () => failure);
	expect(fold(...failures).failedListeners).toHaveLength(20);
	const state = fold(failure, ...started);
	expect(state.self).toMatchObject({nick: 'alice'});
	expect(state.listeners.size).toBe(2);
	expect(state.failedListeners).toEqual([]);
	const closed = reduceAll(
		state,
		stamp([{type: 'listener/closed', listener: 'tcp-1' as never}]),
	);
	expect(closed.listeners.values().map(({kind}) => kind)).toEqual(['udp']);
});
