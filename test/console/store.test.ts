import {describe, expect, test, vi} from 'vitest';
import {
	createUiStore,
	initialUiState,
	type UiAction,
	type UiState,
} from '../../source/console/store.js';
import {reduceUi} from '../../source/console/ui-reducer.js';
import {peerKey, transferId} from '../helpers/fake-engine.js';

const start = initialUiState({columns: 120, rows: 40});
const bob = peerKey('bob');
const after = (...actions: UiAction[]): UiState =>
	actions.reduce((state, action) => reduceUi(state, action), start);

describe('the console’s own state', () => {
	test('starts in the composer, with everybody', () => {
		expect(start).toMatchObject({focus: 'composer', conversation: 'all'});
	});

	test('Esc leads to the peers, Tab around the panes and back', () => {
		const panes = after({type: 'panes/focused'});
		expect(panes).toMatchObject({focus: 'panes', pane: 'peers'});
		const next: UiAction = {type: 'pane/moved', by: 1};
		const seen = [panes.pane];
		let state = panes;
		for (let step = 0; step < 4; step++) {
			state = reduceUi(state, next);
			seen.push(state.pane);
		}

		expect(seen).toEqual([
			'peers',
			'conversation',
			'transfers',
			'datagrams',
			'peers',
		]);
		expect(reduceUi(panes, {type: 'pane/moved', by: -1}).pane).toBe(
			'datagrams',
		);
	});

	test('a focused pane shows in the place that panes share; the peers leave it alone', () => {
		const transfers = after({type: 'panes/focused', pane: 'transfers'});
		expect(transfers.tab).toBe('transfers');
		const peers = reduceUi(transfers, {type: 'panes/focused', pane: 'peers'});
		expect(peers.tab).toBe('transfers');
	});

	test('who goes back to typing sees the conversation', () => {
		const state = after(
			{type: 'panes/focused', pane: 'datagrams'},
			{type: 'pane/zoomed'},
			{type: 'composer/focused'},
		);
		expect(state).toMatchObject({
			focus: 'composer',
			tab: 'conversation',
			isZoomed: false,
		});
	});

	test('a conversation that is left has been read up to there', () => {
		const state = after({
			type: 'conversation/opened',
			conversation: bob,
			received: 7,
		});
		expect(state.conversation).toBe(bob);
		expect(state.readMarks.get('all')).toBe(7);
	});

	test('who is scrolled up has read up to where that began', () => {
		const scrolled = after({
			type: 'conversation/scrolled',
			anchor: {row: 3, hiddenLines: 0},
			received: 5,
		});
		const further = reduceUi(scrolled, {
			type: 'conversation/scrolled',
			anchor: {row: 2, hiddenLines: 0},
			received: 9,
		});
		expect(further.readMarks.get('all')).toBe(5);
		const left = reduceUi(further, {
			type: 'conversation/opened',
			conversation: bob,
			received: 11,
		});
		expect(left.readMarks.get('all')).toBe(5);
		const back = reduceUi(further, {
			type: 'conversation/scrolled',
			anchor: undefined,
			received: 12,
		});
		expect(back.anchors.size).toBe(0);
	});

	test('drafts belong to their conversation', () => {
		const state = after(
			{type: 'draft/changed', conversation: 'all', text: 'to all'},
			{type: 'draft/changed', conversation: bob, text: 'to bob'},
			{type: 'draft/changed', conversation: 'all', text: ''},
		);
		expect([...state.drafts]).toEqual([[bob, 'to bob']]);
	});

	test('a peer that becomes known takes its draft and its reader along', () => {
		const dial = peerKey('dial:1');
		const state = after(
			{type: 'conversation/opened', conversation: dial, received: 0},
			{type: 'draft/changed', conversation: dial, text: 'hello'},
			{type: 'conversation/replaced', from: dial, to: bob},
		);
		expect(state.conversation).toBe(bob);
		expect([...state.drafts]).toEqual([[bob, 'hello']]);
	});

	test('a conversation that is gone leaves nothing behind', () => {
		const state = after(
			{type: 'conversation/opened', conversation: bob, received: 0},
			{type: 'draft/changed', conversation: bob, text: 'hello'},
			{type: 'conversation/gone', conversation: bob},
		);
		expect(state.conversation).toBe('all');
		expect(state.drafts.size).toBe(0);
	});

	test('a notice stays until the next key, and so does the first Ctrl-C', () => {
		const noticed = after(
			{type: 'notice/shown', notice: {tone: 'bad', text: 'no'}},
			{type: 'quit/armed'},
		);
		expect(noticed).toMatchObject({isQuitArmed: true, notice: {text: 'no'}});
		const cleared = reduceUi(noticed, {type: 'notice/cleared'});
		expect(cleared).toMatchObject({isQuitArmed: false, notice: undefined});
		expect(reduceUi(cleared, {type: 'notice/cleared'})).toBe(cleared);
	});

	test('one overlay at a time', () => {
		const state = after(
			{type: 'overlay/opened', overlay: {kind: 'help'}},
			{
				type: 'overlay/opened',
				overlay: {kind: 'offer', transfer: transferId('t')},
			},
		);
		expect(state.overlay).toEqual({kind: 'offer', transfer: 't'});
		expect(reduceUi(state, {type: 'overlay/closed'}).overlay).toBeUndefined();
	});

	test('listeners hear of changes only', () => {
		const store = createUiStore({columns: 80, rows: 24});
		const heard = vi.fn();
		const stop = store.subscribe(heard);
		store.dispatch({type: 'notice/cleared'});
		expect(heard).not.toHaveBeenCalled();
		store.dispatch({type: 'quit/armed'});
		expect(heard).toHaveBeenCalledOnce();
		stop();
		store.dispatch({type: 'notice/cleared'});
		expect(heard).toHaveBeenCalledOnce();
	});
});
