/** What comes back after a restart, as the console folds it. */
import {describe, expect, test, vi, onTestFinished} from 'vitest';
import {createUiStore} from '../../source/console/store.js';
import {keepWorkplace} from '../../source/console/workplace/keep-workplace.js';
import type {Workplace} from '../../source/console/workplace/workplace.js';
import {
	defaultSending,
	type ListenerOptions,
	type PeerKey,
} from '../../source/engine/index.js';
import {limits} from '../../source/limits.js';
import {
	createFakeEngine,
	peerConnected,
	peerKey,
	started,
} from '../helpers/fake-engine.js';

const nothing: Workplace = {
	listeners: [],
	peers: [],
	pane: 'peers',
	datagrams: {inHex: false, bySender: false},
};

function keep(
	kept: Workplace | undefined,
	given: readonly ListenerOptions[] = [],
) {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const engine = createFakeEngine();
	const ui = createUiStore({columns: 120, rows: 40});
	const saved: Workplace[] = [];
	const opened: PeerKey[] = [];
	const workplace = keepWorkplace({
		kept,
		given,
		engine,
		ui,
		async save(next) {
			saved.push(next);
			return undefined;
		},
		openConversation: key => opened.push(key),
		notify: () => undefined,
	});
	return {engine, ui, saved, opened, workplace};
}

const bound = (port: number, listener: string) =>
	({
		type: 'listener/bound',
		listener: listener as never,
		kind: 'tcp',
		host: '::',
		port,
	}) as const;

const raw = (key = 'nc') => peerConnected(key, {kind: 'raw', key});
const open = (port: number) =>
	({type: 'listener/open', kind: 'tcp', port}) as const;

describe('listeners', () => {
	test('opened by hand are kept until they are closed by hand', async () => {
		const given = [{kind: 'tcp', port: 9090}] as const;
		const {engine, saved, workplace} = keep(undefined, given);
		engine.emit(...started);
		workplace.asked({...open(7000), framing: {kind: 'chunks'}, ref: 4});
		workplace.asked(open(0));
		engine.emit(bound(7000, 'tcp-2'), bound(41_234, 'tcp-3'));
		await vi.advanceTimersByTimeAsync(limits.workplaceMs);
		expect(saved.at(-1)?.listeners).toEqual([
			{kind: 'tcp', port: 7000, framing: {kind: 'chunks'}},
			{kind: 'tcp', port: 0},
		]);
		workplace.asked({type: 'listener/close', listener: 'tcp-3' as never});
		// The one of the flags is theirs.
		workplace.asked({type: 'listener/close', listener: 'tcp-1' as never});
		await workplace.close();
		expect(saved.at(-1)?.listeners).toMatchObject([{port: 7000}]);
	});

	test('one that could not be opened is not kept, unless it was kept before', async () => {
		const kept = {...nothing, listeners: [{kind: 'tcp', port: 7000}]} as const;
		const {engine, saved, workplace} = keep(kept);
		expect(engine.dispatched).toEqual([open(7000)]);
		workplace.asked(open(7001));
		const error = {code: 'portTaken', blame: 'local', details: {}} as never;
		engine.emit(
			{type: 'listener/failed', kind: 'tcp', port: 7000, error},
			{type: 'listener/failed', kind: 'tcp', port: 7001, error},
		);
		workplace.asked(open(7002));
		await workplace.close();
		expect(saved.at(-1)?.listeners.map(({port}) => port)).toEqual([7000, 7002]);
	});

	test('what a flag opens is not opened twice, and its closing is not the end of the other', async () => {
		const kept = {...nothing, listeners: [{kind: 'tcp', port: 7000}]} as const;
		const {engine, workplace, saved} = keep(kept, [{kind: 'tcp', port: 7000}]);
		expect(engine.dispatched).toEqual([]);
		engine.emit(bound(7000, 'tcp-1'));
		workplace.asked(open(7003));
		await workplace.close();
		expect(saved.at(-1)?.listeners.map(({port}) => port)).toEqual([7000, 7003]);
	});
});

describe('plain peers', () => {
	const ways = {
		address: '10.0.0.7',
		framing: 'fixed 16',
		paceMs: 50,
		encoding: 'big5',
		lens: {hex: true, reads: false},
		notation: 'hex',
	} as const;

	test('what was said of one is said again when it comes, once', () => {
		const {engine, ui} = keep({...nothing, peers: [ways]});
		engine.emit(raw());
		const peer = peerKey('nc');
		expect(engine.dispatched).toEqual([
			{type: 'stream/setFraming', peer, framing: {kind: 'fixed', bytes: 16}},
			{
				type: 'stream/setSending',
				peer,
				sending: {...defaultSending, paceMs: 50},
			},
			{type: 'peer/setEncoding', peer, encoding: 'big5'},
		]);
		expect(ui.getState().lenses.get(peer)).toEqual(ways.lens);
		expect(ui.getState().notations.get(peer)).toBe('hex');
		engine.emit(raw());
		expect(engine.dispatched).toHaveLength(3);
	});

	test('is kept as it is now; one that is not here is not forgotten', async () => {
		const other = {address: '10.0.0.99', encoding: 'gbk'};
		const {engine, ui, saved, workplace} = keep({
			...nothing,
			peers: [ways, other],
		});
		engine.emit(raw(), {
			type: 'stream/framingChanged',
			peer: peerKey('nc'),
			framing: {kind: 'chunks'},
		});
		ui.dispatch({
			type: 'notation/changed',
			conversation: peerKey('nc'),
			notation: 'text',
		});
		await vi.advanceTimersByTimeAsync(limits.workplaceMs);
		expect(saved.at(-1)?.peers).toEqual([
			other,
			{address: '10.0.0.7', framing: 'chunks', lens: ways.lens},
		]);
		await workplace.close();
		expect(saved).toHaveLength(1);
	});

	test('a framing that is none is passed over', () => {
		const {engine} = keep({
			...nothing,
			peers: [{address: '10.0.0.7', framing: 'sideways'}],
		});
		engine.emit(raw());
		expect(engine.dispatched).toEqual([]);
	});
});

describe('where one was', () => {
	test('the conversation opens when its peer comes, unless something else is begun', () => {
		const kept = {...nothing, conversation: '10.0.0.7'};
		const first = keep(kept);
		first.engine.emit(raw());
		expect(first.opened).toEqual(['nc']);
		const second = keep(kept);
		second.ui.dispatch({
			type: 'draft/changed',
			conversation: 'all',
			text: 'hello',
		});
		second.engine.emit(raw());
		expect(second.opened).toEqual([]);
	});

	test('one that has not come yet stays remembered', async () => {
		const {saved, ui, workplace} = keep({...nothing, conversation: 'x'});
		ui.dispatch({type: 'datagrams/viewed', inHex: true});
		await workplace.close();
		expect(saved.at(-1)).toMatchObject({
			conversation: 'x',
			datagrams: {inHex: true},
		});
	});

	test('the composer keeps the keys; the pane and the datagrams are as they were', () => {
		const {ui, engine} = keep({
			...nothing,
			pane: 'datagrams',
			datagrams: {inHex: true, bySender: true, encoding: 'gbk'},
		});
		expect(ui.getState()).toMatchObject({
			focus: 'composer',
			pane: 'datagrams',
			datagramsInHex: true,
			datagramLook: {bySender: true},
		});
		expect(engine.dispatched).toEqual([
			{type: 'datagram/setEncoding', encoding: 'gbk'},
		]);
	});

	test('nothing is written where nothing has changed', async () => {
		const {ui, saved, workplace} = keep(nothing);
		ui.dispatch({type: 'notice/cleared'});
		ui.dispatch({type: 'quit/armed'});
		await vi.advanceTimersByTimeAsync(10 * limits.workplaceMs);
		await workplace.close();
		expect(saved).toEqual([]);
	});
});
