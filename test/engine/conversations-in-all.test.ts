/** What all conversations together hold: events folded, no engine. */
import {describe, expect, test} from 'vitest';
import type {EngineEvent, EngineState} from '../../source/engine/index.js';
import type {PeerKey, SafeText} from '../../source/engine/ids.js';
import {initialState, reduceAll} from '../../source/engine/reducer.js';
import {limits} from '../../source/limits.js';
import {packCuts} from '../../source/protocol/framing.js';

const MiB = 1024 * 1024;
const address = {host: '192.0.2.1', port: 4_000};
const keyOf = (index: number) => `raw:${index}` as PeerKey;

const joins = (index: number): EngineEvent => ({
	type: 'peer/connected',
	at: index,
	peer: keyOf(index),
	kind: 'raw',
	name: `peer ${index}` as SafeText,
	trust: 'PLAIN',
	encrypted: false,
	direction: 'in',
	address,
	local: address,
});

/** The same memory for all: only what is counted is large. */
const large = new Uint8Array(MiB);
const says = (index: number, bytes: Uint8Array): EngineEvent => ({
	type: 'stream/received',
	at: index,
	peer: keyOf(index),
	bytes,
	cuts: packCuts([{head: 0, content: bytes.length, tail: 0, ending: 'whole'}]),
});

const rowsOf = (state: EngineState, index: number) =>
	state.conversations.get(keyOf(index))!.rows;
const piecesOf = (state: EngineState, index: number) =>
	state.streams.get(keyOf(index))!.pieces;

describe('conversationsBytes', () => {
	const each = 10;
	const talkers = Math.ceil(limits.conversationsBytes / (each * MiB)) + 1;
	const quiet = talkers;
	const begun = reduceAll(initialState, [
		...Array.from({length: talkers + 1}, (_, index) => joins(index)),
		says(quiet, large.subarray(0, 100)),
	]);
	const full = Array.from({length: each}).reduce<EngineState>(
		state =>
			reduceAll(
				state,
				Array.from({length: talkers}, (_, index) => says(index, large)),
			),
		begun,
	);

	test('all conversations together stay below it, whoever talks', () => {
		expect(full.conversations.weight).toBeLessThanOrEqual(
			limits.conversationsBytes,
		);
		expect(full.streams.weight).toBeLessThanOrEqual(limits.conversationsBytes);
		// Not much less: it is a limit, and not a loss.
		const least = (limits.conversationsBytes * 3) / 4;
		expect(full.conversations.weight).toBeGreaterThan(least);
		expect(full.streams.weight).toBeGreaterThan(least);
		const values = full.conversations.values().filter(({key}) => key !== 'all');
		expect(full.conversations.weight).toBe(
			values.reduce((sum, {rows}) => sum + rows.weight, 0),
		);
	});

	test('the fullest give up their oldest, which are counted; who said little keeps it', () => {
		const rows = rowsOf(full, 0);
		expect(rows.firstId).toBeGreaterThan(0);
		expect(rows.nextId).toBe(each + 1);
		expect(rows.at(rows.length - 1)).toMatchObject({bytes: large});
		expect(piecesOf(full, 0).nextId).toBe(each);
		expect(piecesOf(full, 0).firstId).toBeGreaterThan(0);
		expect(rowsOf(full, quiet).firstId).toBe(0);
		expect(rowsOf(full, quiet).length).toBe(2);
		expect(piecesOf(full, quiet).length).toBe(1);
		// All has its own limit.
		expect(full.conversations.get('all')!.rows.length).toBeGreaterThan(10);
	});

	test('what is left can be cut again', () => {
		const again = reduceAll(full, [
			{
				type: 'stream/framingChanged',
				at: 1_000,
				peer: keyOf(0),
				framing: {kind: 'chunks'},
			},
		]);
		const frames = rowsOf(again, 0)
			.slice(0)
			.filter(({kind}) => kind === 'frame');
		expect(frames.length).toBeGreaterThanOrEqual(piecesOf(full, 0).length);
		expect(frames.at(-1)).toMatchObject({
			offset: (each - 1) * MiB,
			bytes: large,
		});
	});
});
