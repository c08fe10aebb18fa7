/**
 * Looks through rows for what is searched for and what the filters let through,
 * in turns, so that a key never waits for more than one.
 */
import type {EngineState} from '../../engine/index.js';
import {limits} from '../../limits.js';
import type {Readable} from '../external-store.js';
import type {UiStore} from '../store.js';
import {
	advanceView,
	conversationRows,
	datagramRows,
	type RowView,
} from './row-views.js';
import type {RowPane} from './search-state.js';

export interface Scanner {
	/** A pane's rows with what is known of them. */
	viewOf(pane: RowPane): RowView | undefined;
	/** Calls once the pane's rows have been looked through; a later call takes the place of an earlier one. */
	whenLooked(pane: RowPane, callback: () => void): void;
	cancel(): void;
}

/** Where rows come faster than they can be looked at, what is known must do. */
const mostTurns = 100;
const leastGapMs = 50;

export function createScanner(
	paced: Readable<EngineState>,
	ui: UiStore,
): Scanner {
	let isScheduled = false;
	let toldAt = 0;
	let awaited: {pane: RowPane; callback: () => void; turns: number} | undefined;

	const viewOf = (pane: RowPane): RowView | undefined => {
		const state = paced.getState();
		const {conversation, finding, datagramLook} = ui.getState();
		return pane === 'conversation'
			? conversationRows(state, conversation, finding)
			: datagramRows(state, finding, datagramLook);
	};

	/** Not after every turn: a frame costs more than a turn does. */
	const tell = () => {
		const now = performance.now();
		if (isScheduled && now < toldAt + leastGapMs) return;
		toldAt = now;
		ui.dispatch({type: 'search/looked'});
	};

	/** Looks through a portion of the rows; schedules the next. */
	const turn = () => {
		const endsAt = performance.now() + limits.searchTurnMs;
		let left: number = limits.searchRowsAtOnce;
		const isOutOfTime = () => {
			left--;
			// Asking for the time costs as much as a row.
			return left < 0 || (left % 16 === 0 && performance.now() > endsAt);
		};

		let isAwaitedKnown = true;
		let isDone = true;
		for (const pane of ['conversation', 'datagrams'] as const) {
			const view = viewOf(pane);
			if (!view || advanceView(view, isOutOfTime)) continue;
			isDone = false;
			if (awaited?.pane === pane) isAwaitedKnown = false;
		}

		if (!isDone && !isScheduled) {
			isScheduled = true;
			setImmediate(() => {
				isScheduled = false;
				turn();
				tell();
			});
		}

		if (!awaited) return;
		awaited.turns++;
		if (!isAwaitedKnown && awaited.turns < mostTurns) return;
		const {callback} = awaited;
		awaited = undefined;
		callback();
	};

	const isNeeded = () => {
		const {search, filters} = ui.getState().finding;
		const {sender} = ui.getState().datagramLook;
		return search || filters.conversation || filters.datagrams || sender;
	};

	// Before a pane draws the same state.
	paced.subscribe(() => {
		if (isNeeded()) turn();
	});
	let seen: readonly unknown[] = [];
	ui.subscribe(() => {
		const {conversation, finding, datagramLook} = ui.getState();
		const {search, filters} = finding;
		const now = [conversation, search, filters, datagramLook];
		if (now.every((each, index) => each === seen[index])) return;
		seen = now;
		if (isNeeded()) turn();
	});

	return {
		viewOf,
		whenLooked(pane, callback) {
			awaited = {pane, callback, turns: 0};
			turn();
		},
		cancel() {
			awaited = undefined;
		},
	};
}
