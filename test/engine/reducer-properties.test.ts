import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {EngineState} from '../../source/engine/index.js';
import {initialState, reduceAll} from '../../source/engine/index.js';
import {reduce} from '../../source/engine/reducer.js';
import {anyEvents} from './any-events.js';
import {plainState} from './plain-state.js';

test('property: one by one or in batches, the same state', () => {
	fc.assert(
		fc.property(anyEvents, fc.nat(60), fc.nat(60), (all, one, two) => {
			const [first, second] = [Math.min(one, two), Math.max(one, two)];
			let state = initialState;
			for (const event of all) state = reduce(state, event);
			const batches = [
				all.slice(0, first),
				all.slice(first, second),
				all.slice(second),
			];
			let other = initialState;
			for (const batch of batches) other = reduceAll(other, batch);
			expect(plainState(other)).toEqual(plainState(state));
		}),
	);
});

test('property: what was before stays as it was', () => {
	fc.assert(
		fc.property(anyEvents, all => {
			const states = [initialState];
			const pictures = [plainState(initialState)];
			for (const event of all) {
				const next = reduce(states.at(-1)!, Object.freeze(event));
				states.push(next);
				pictures.push(plainState(next));
			}

			for (const [index, state] of states.entries()) {
				expect(plainState(state)).toEqual(pictures[index]);
			}
		}),
		{numRuns: 50},
	);
});

test('property: an event that says nothing to a slice keeps it', () => {
	fc.assert(
		fc.property(anyEvents, all => {
			const state = reduceAll(initialState, all);
			const next = reduceAll(state, [{type: 'command/done', ref: 1, at: 1}]);
			for (const key of Object.keys(state) as Array<keyof EngineState>) {
				if (key !== 'folded') expect(next[key]).toBe(state[key]);
			}
		}),
		{numRuns: 50},
	);
});

test('property: the numbers of a transfer make sense, whatever is said of it', () => {
	fc.assert(
		fc.property(anyEvents, all => {
			let state = initialState;
			for (const event of all) {
				state = reduce(state, event);
				for (const transfer of state.transfers.values()) {
					const {phase, wantedBytes, totalBytes, entries} = transfer;
					expect(wantedBytes).toBeGreaterThanOrEqual(0);
					expect(wantedBytes).toBeLessThanOrEqual(totalBytes);
					expect(entries.toArray()).toHaveLength(entries.length);
					if (phase.kind === 'offered') continue;
					expect(phase.movedBytes).toBeGreaterThanOrEqual(0);
					if (phase.kind !== 'active') continue;
					expect(Number.isFinite(phase.rate)).toBe(true);
					expect(phase.rate).toBeGreaterThanOrEqual(0);
				}
			}
		}),
	);
});

test('property: a transfer that is finished stays as it ended', () => {
	fc.assert(
		fc.property(anyEvents, all => {
			let state = initialState;
			for (const event of all) {
				const before = state.transfers;
				state = reduce(state, event);
				if (event.type === 'transfer/offered') continue;
				for (const {id, phase} of before.values()) {
					if (phase.kind !== 'finished') continue;
					expect(state.transfers.get(id)?.phase).toBe(phase);
				}
			}
		}),
	);
});
