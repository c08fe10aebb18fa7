import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	initialState,
	parseFraming,
	type EngineEvent,
	type EngineState,
	type Framing,
	type Row,
} from '../../../source/engine/index.js';
import {reduceAll} from '../../../source/engine/reducer.js';
import {
	fallbackOf,
	framerFor,
	recut,
} from '../../../source/engine/streams/stream-cutting.js';
import {limits} from '../../../source/limits.js';
import {packCuts} from '../../../source/protocol/framing.js';
import {anyFraming} from '../../helpers/any-framing.js';
import {
	peerConnected,
	peerKey,
	received,
	sent,
} from '../../helpers/fake-engine.js';
import {plainState} from '../plain-state.js';

const raw = peerKey('raw:1');
const begin = 1_700_000_000_000;
const encode = (text: string) => new TextEncoder().encode(text);

/** What can happen to a raw conversation, and when. */
type Step =
	| {
			readonly kind: 'read';
			readonly bytes: Uint8Array;
			readonly afterMs: number;
	  }
	| {readonly kind: 'wait'; readonly afterMs: number}
	| {readonly kind: 'other' | 'clear' | 'end'; readonly afterMs: number}
	| {
			readonly kind: 'framing';
			readonly framing: Framing;
			readonly afterMs: number;
	  };

/** The events of one raw peer as its session would tell them: live, with a framer of its own. */
function tell(first: Framing, steps: readonly Step[]): EngineState {
	let atMs = begin;
	let state = reduceAll(initialState, [
		{...peerConnected('raw:1', {kind: 'raw'}), at: atMs},
		{...peerConnected('bob'), at: atMs},
		{type: 'stream/framingChanged', peer: raw, framing: first, at: atMs},
	]);
	let framer = framerFor(first, 'gb18030');
	const emit = (event: EngineEvent) => {
		state = reduceAll(state, [event]);
	};

	const say = (
		bytes: Uint8Array,
		cuts: ReturnType<typeof framer.push>,
		end: {readonly ended?: true} = {},
	) => {
		if (bytes.length + cuts.length === 0 && !end.ended) return;
		const {of} = framer.unfinished();
		emit({
			type: 'stream/received',
			peer: raw,
			bytes,
			cuts: packCuts(cuts),
			...(of === undefined ? {} : {unfinishedOf: of}),
			...end,
			at: atMs,
		});
	};

	const nothing = new Uint8Array(0);
	for (const step of steps) {
		atMs += step.afterMs;
		switch (step.kind) {
			case 'read': {
				say(step.bytes, framer.push(step.bytes, atMs));
				break;
			}

			case 'wait': {
				say(nothing, framer.quiet(atMs));
				break;
			}

			case 'other': {
				emit({...received('bob', 'between'), at: atMs});
				emit({...sent('raw:1', 'm', 'typed', ['raw:1']), at: atMs});
				emit({type: 'stream/sent', peer: raw, bytes: encode('x'), at: atMs});
				break;
			}

			case 'clear': {
				const cuts = [...framer.quiet(atMs), ...framer.end()];
				say(nothing, cuts, {ended: true});
				atMs += 700;
				framer = framerFor(state.streams.get(raw)!.framing, 'gb18030');
				emit({type: 'peer/left', peer: raw, at: atMs});
				emit({type: 'chat/cleared', conversation: raw, at: atMs});
				emit({...peerConnected('raw:1', {kind: 'raw'}), at: atMs});
				break;
			}

			case 'end': {
				const cuts = [...framer.quiet(atMs), ...framer.end()];
				say(nothing, cuts, {ended: true});
				atMs += 700;
				emit({type: 'peer/left', peer: raw, at: atMs});
				emit({...peerConnected('raw:1', {kind: 'raw'}), at: atMs});
				framer = framerFor(state.streams.get(raw)!.framing, 'gb18030');
				break;
			}

			case 'framing': {
				const {framing} = step;
				const stream = state.streams.get(raw)!;
				emit({type: 'stream/framingChanged', peer: raw, framing, at: atMs});
				({framer} = recut(stream, framing, fallbackOf(state, raw), atMs));
				break;
			}
		}
	}

	// Who started later has looked at silence as late.
	atMs += 5_000;
	say(nothing, framer.quiet(atMs));
	return state;
}

const afterMs = fc.constantFrom(0, 0, 1, 20, 60, 499, 500, 1000, 3000);
const read = fc.record({
	kind: fc.constant('read' as const),
	afterMs,
	bytes: fc.oneof(
		fc
			.constantFrom('ab', '\r', '\n', '\r\nx', '你好', 'END', 'a\nb\nc')
			.map(encode),
		fc
			.constantFrom([0, 0, 0, 2], [0xe4], [0xbd], [2, 97, 98, 1], [0])
			.map(each => Uint8Array.from(each)),
		fc.uint8Array({minLength: 1, maxLength: 12}),
	),
});
const steps = fc.array(
	fc.oneof(
		{weight: 6, arbitrary: read},
		fc.record({
			kind: fc.constantFrom('wait' as const, 'other' as const, 'end' as const),
			afterMs,
		}),
	),
	{maxLength: 25},
);
const change = fc.record({
	kind: fc.constant('framing' as const),
	framing: anyFraming,
	afterMs: fc.constant(0),
});

/** Rows of both conversations without how often the framing was changed, which counts as events. */
const rowsOf = (state: EngineState) =>
	[raw, 'all' as const].map(key => {
		const rows = state.conversations.get(key)!.rows.slice(0);
		return rows.map((row: Row) => ({...row, order: 0}));
	});

describe('cutting again', () => {
	test('property: switching back and forth gives the rows of having started with it', () => {
		fc.assert(
			fc.property(
				anyFraming,
				anyFraming,
				fc.array(
					fc.oneof(
						{weight: 3, arbitrary: steps},
						change.map(each => [each]),
					),
					{
						maxLength: 5,
					},
				),
				(first, last, parts) => {
					const all: Step[] = parts.flat();
					const ending: Step = {kind: 'framing', framing: last, afterMs: 0};
					const switched = tell(first, [...all, ending]);
					const started = tell(
						last,
						all.filter(({kind}) => kind !== 'framing'),
					);
					expect(rowsOf(switched)).toEqual(rowsOf(started));
					const streams = [switched, started].map(state => {
						const {pieces: _, unfinished, ...rest} = state.streams.get(raw)!;
						const {lastOrder: __, parts: ___, ...open} = unfinished;
						return {...rest, open};
					});
					expect(streams[0]).toEqual(streams[1]);
				},
			),
			{numRuns: 1500},
		);
	});

	test('property: rows stand in their order, and the bytes of frames are those received', () => {
		fc.assert(
			fc.property(anyFraming, steps, (framing, all) => {
				const state = tell(framing, all);
				for (const {rows} of state.conversations.values()) {
					const orders = rows.slice(0).map(({order}) => order);
					expect(orders).toEqual(orders.toSorted((a, b) => a - b));
				}

				const bytes = all.flatMap(step =>
					step.kind === 'read' ? [...step.bytes] : [],
				);
				for (const row of state.conversations.get(raw)!.rows.slice(0)) {
					if (row.kind !== 'frame') continue;
					const {offset, reads} = row;
					expect([...row.bytes]).toEqual(
						bytes.slice(offset, offset + row.bytes.length),
					);
					const {pieces} = state.streams.get(raw)!;
					const within = pieces
						.slice(0)
						.filter(({direction}) => direction === 'in')
						.filter(
							piece =>
								piece.offset < offset + row.bytes.length &&
								piece.offset + piece.bytes.length > offset,
						);
					expect(reads.first).toBe(within[0]!.number);
					expect(reads.splits).toEqual(
						within.slice(1).map(piece => piece.offset - offset),
					);
				}
			}),
			{numRuns: 500},
		);
	});

	test('what was cleared stays away', () => {
		const state = tell(parseFraming('lines'), [
			{kind: 'read', bytes: encode('old\nhalf'), afterMs: 0},
			{kind: 'clear', afterMs: 10},
			{kind: 'read', bytes: encode('new\n'), afterMs: 10},
			{kind: 'framing', framing: parseFraming('fixed 1'), afterMs: 0},
		]);
		const [own, all] = rowsOf(state);
		const framesIn = (rows: typeof own) =>
			rows!.filter(({kind}) => kind === 'frame').length;
		expect(framesIn(own)).toBe(4);
		expect(framesIn(all)).toBe(12);
	});

	test('of more frames than a conversation keeps the newest are made', () => {
		const state = tell(parseFraming('lines'), [
			{
				kind: 'read',
				bytes: encode('x\n'.repeat(limits.conversationRows + 5)),
				afterMs: 0,
			},
		]);
		const {rows, received: count} = state.conversations.get(raw)!;
		expect(rows.length).toBe(limits.conversationRows);
		expect(count).toBe(limits.conversationRows + 5);
		expect(rows.at(0)).toMatchObject({kind: 'frame', offset: 10});
		expect(rows.at(rows.length - 1)).toMatchObject({
			reads: {index: limits.conversationRows + 5},
		});
	});

	test('bytes are held up to the limit, however small the reads', () => {
		let state = tell(parseFraming('fixed 1000000'), []);
		const pieces = 80_000;
		for (let index = 0; index < pieces; index++) {
			state = reduceAll(state, [
				{
					type: 'stream/received',
					peer: raw,
					bytes: Uint8Array.of(index),
					cuts: new Int32Array(0),
					unfinishedOf: 1_000_000,
					at: begin,
				},
			]);
		}

		const stream = state.streams.get(raw)!;
		expect(stream.pieces.length).toBeLessThan(pieces);
		expect(stream.unfinished).toMatchObject({
			bytes: pieces,
			of: 1_000_000,
			firstRead: 1,
		});
		expect(stream.unfinished.parts.length).toBeLessThan(20);
	});
});

test('an encoding that moves cuts has all cut again', () => {
	// In UTF-16 the line feed of the first line is half of a character.
	const bytes = Uint8Array.of(0x61, 0, 0x0a, 0x01, 0x62, 0, 0x0a, 0);
	const before = tell(parseFraming('lines'), [
		{kind: 'read', bytes, afterMs: 0},
	]);
	const after = reduceAll(before, [
		{
			type: 'peer/encodingChanged',
			peer: raw,
			encoding: 'utf-16le',
			fallback: 'utf-16le',
			at: begin + 10_000,
		},
	]);
	const lengths = (state: EngineState) =>
		state.conversations
			.get(raw)!
			.rows.slice(0)
			.flatMap(row => (row.kind === 'frame' ? [row.bytes.length] : []));
	expect(lengths(before)).toEqual([3, 4, 1]);
	expect(lengths(after)).toEqual([8]);
	expect(plainState(before)).toEqual(plainState(before));
});
