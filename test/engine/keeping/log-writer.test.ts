import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createContext, createEventBus} from '../../../source/engine/context.js';
import {createLogItems} from '../../../source/engine/keeping/log-items.js';
import {createLogWriter} from '../../../source/engine/keeping/log-writer.js';
import type {EngineEvent, EventBody} from '../../../source/engine/index.js';
import type {LogFile, Ports} from '../../../source/engine/ports.js';
import {SocktermError} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {packCuts} from '../../../source/protocol/framing.js';
import {createFakeClock} from '../../helpers/fake-clock.js';
import {
	peerConnected,
	received,
	safe,
	sent,
} from '../../helpers/fake-engine.js';
import {waitFor} from '../../helpers/wait-for.js';
import {
	bytesOf,
	peerKey,
	piecesOf,
	stateWith,
	streamOf,
} from './export/kept-state.js';

function setup(append?: (lines: string) => Promise<void>) {
	const clock = createFakeClock();
	const written = new Map<string, string>();
	const closed: string[] = [];
	const bus = createEventBus(() => clock.now());
	const ports = {
		clock,
		random: (length: number) => new Uint8Array(length),
		logs: {
			async open(path: string): Promise<LogFile> {
				written.set(path, '');
				return {
					async append(lines) {
						await append?.(lines);
						written.set(path, written.get(path)! + lines);
					},
					async close() {
						closed.push(path);
					},
				};
			},
		},
		describe: (error: {code: string}) => `sentence for ${error.code}`,
	} as unknown as Ports;
	const context = createContext(
		ports,
		{nick: 'alice', peerId: 'ab' as never, role: 'console'},
		bus,
	);
	const log = createLogWriter(context, bus.on);
	/** Lines without their times. */
	const linesOf = (path: string) =>
		(written.get(path) ?? '')
			.split('\n')
			.slice(0, -1)
			.map(line => line.replace(/^[^\t]*\t/, ''));
	const emit = (...events: EventBody[]) => {
		for (const event of events) bus.emit(event);
	};

	return {clock, log, bus, emit, linesOf, closed, written};
}

describe('the log', () => {
	it('has a line for each one of a message, with all in front of it', async () => {
		const {clock, log, emit, linesOf} = setup();
		emit(peerConnected('bob'));
		await log.start('/a');
		emit(received('bob', 'one␍␊two'), sent('bob', 'm1', 'a␊b', ['bob']));
		clock.advance(limits.logBatchMs);
		await waitFor(() => linesOf('/a').length > 0, 'lines');
		expect(linesOf('/a')).toEqual([
			'in\tbob\tone',
			'in\tbob\ttwo',
			'out\tbob\ta',
			'out\tbob\tb',
		]);
	});

	it('tells what happens from then on, in batches', async () => {
		const {clock, log, emit, linesOf, bus} = setup();
		emit(peerConnected('bob'), received('bob', 'before'));
		await log.start('/a');
		expect(bus.state().log).toBe('/a');
		emit(received('bob', 'hi'), sent('bob', 'm1', 'hello', ['bob']));
		emit({type: 'peer/left', peer: 'bob' as never});
		expect(linesOf('/a')).toEqual([]);
		clock.advance(limits.logBatchMs);
		await waitFor(() => linesOf('/a').length > 0, 'lines');
		expect(linesOf('/a')).toEqual([
			'in\tbob\thi',
			'out\tbob\thello',
			'--\tbob\tleft',
		]);
		await log.stop();
		expect(bus.state().log).toBeUndefined();
		emit(received('bob', 'after'));
		expect(linesOf('/a')).toHaveLength(3);
	});

	it('writes what waits when it ends or goes to another file', async () => {
		const {log, emit, linesOf, closed} = setup();
		emit(peerConnected('bob'));
		await log.start('/a');
		emit(received('bob', 'one'));
		await log.start('/b');
		emit(received('bob', 'two'));
		await log.stop();
		expect(linesOf('/a')).toEqual(['in\tbob\tone']);
		expect(linesOf('/b')).toEqual(['in\tbob\ttwo']);
		expect(closed).toEqual(['/a', '/b']);
		await log.stop();
	});

	it('tells a failure once and ends', async () => {
		const {clock, log, emit, bus, closed} = setup(async () => {
			throw new SocktermError('logFailed', {path: '/a', what: 'ENOSPC'});
		});
		const told: EngineEvent[] = [];
		bus.on(event => {
			if (event.type === 'log/changed') told.push(event);
		});
		emit(peerConnected('bob'));
		await log.start('/a');
		emit(received('bob', 'one'));
		clock.advance(limits.logBatchMs);
		await waitFor(() => told.length === 2, 'the failure');
		emit(received('bob', 'two'));
		clock.advance(limits.logBatchMs);
		await log.stop();
		expect(told).toHaveLength(2);
		expect(told[1]).toMatchObject({error: {code: 'logFailed'}});
		expect(bus.state().log).toBeUndefined();
		expect(closed).toEqual(['/a']);
	});

	it('counts what a slow disk made it leave out', async () => {
		const gate = Promise.withResolvers<void>();
		const {clock, log, emit, linesOf} = setup(async () => gate.promise);
		emit(peerConnected('bob'));
		await log.start('/a');
		const long = 'x'.repeat(1024 * 1024);
		emit(received('bob', 'first'));
		clock.advance(limits.logBatchMs);
		for (let index = 0; index < 12; index++) emit(received('bob', long));
		gate.resolve();
		await log.stop();
		const lines = linesOf('/a');
		expect(lines).toHaveLength(9);
		expect(lines.at(-1)).toBe('--\t\tproblem sentence for logBehind');
	});
});

describe('lines of received bytes', () => {
	const texts = (
		items: ReturnType<typeof createLogItems>,
		event: EventBody,
		state = stateWith({}),
	) => items.of({...event, at: 1}, state).map(({text}) => text);

	it('are the frames, whatever the reads', () => {
		fc.assert(
			fc.property(
				fc.array(fc.stringMatching(/^[a-z]{0,6}$/), {minLength: 1}),
				fc.array(fc.nat(20)),
				(words, splits) => {
					const items = createLogItems(stateWith({}), error => error.code);
					const all = bytesOf(words.map(word => `${word}\n`).join(''));
					const cuts = splits.map(each => Math.min(each, all.length));
					const places = [0, ...cuts.toSorted((a, b) => a - b), all.length];
					let index = 0;
					let end = 0;
					const found: string[] = [];
					for (let at = 1; at < places.length; at++) {
						const whole: Parameters<typeof packCuts>[0][number][] = [];
						for (; index < words.length; index++) {
							const length = words[index]!.length;
							if (end + length + 1 > places[at]!) break;
							end += length + 1;
							whole.push({head: 0, content: length, tail: 1, ending: 'whole'});
						}

						const event: EventBody = {
							type: 'stream/received',
							peer: peerKey,
							bytes: all.subarray(places[at - 1], places[at]),
							cuts: packCuts(whole),
						};
						found.push(...texts(items, event));
					}

					expect(found).toEqual(words);
				},
			),
		);
	});

	it('begin with what was unfinished, and end with it', () => {
		const pieces = piecesOf([
			{direction: 'in', bytes: bytesOf('old\nhal'), after: 0},
			{direction: 'out', bytes: bytesOf('zz'), after: 1},
			{direction: 'in', bytes: bytesOf('f '), after: 2},
		]);
		const begin = stateWith({pieces});
		const stream = {
			...streamOf(pieces),
			unfinished: {
				...streamOf(pieces).unfinished,
				bytes: 5,
				parts: [bytesOf('hal'), bytesOf('f ')],
			},
		};
		const state = {...begin, streams: begin.streams.set(peerKey, stream)};
		const items = createLogItems(state, error => error.code);
		const cuts = packCuts([{head: 0, content: 9, tail: 1, ending: 'whole'}]);
		expect(
			texts(items, {
				type: 'stream/received',
				peer: peerKey,
				bytes: bytesOf('line\nrest'),
				cuts,
			}),
		).toEqual(['half line']);
		expect(texts(items, {type: 'peer/left', peer: peerKey}, state)).toEqual([
			'rest',
			'',
		]);
	});

	it('tell what another framing would have swallowed', () => {
		const items = createLogItems(stateWith({}), error => error.code);
		const none = new Int32Array(0);
		texts(items, {
			type: 'stream/received',
			peer: peerKey,
			bytes: bytesOf('abcd'),
			cuts: none,
		});
		const begin = stateWith({pieces: piecesOf([])});
		const stream = {
			...begin.streams.get(peerKey)!,
			unfinished: {...streamOf(piecesOf([])).unfinished, bytes: 1},
		};
		const state = {...begin, streams: begin.streams.set(peerKey, stream)};
		const changed: EventBody = {
			type: 'stream/framingChanged',
			peer: peerKey,
			framing: {kind: 'fixed', bytes: 3},
		};
		expect(texts(items, changed, state)).toEqual(['abc']);
	});

	it('are not told twice where a line of ours is meant', () => {
		const items = createLogItems(stateWith({}), error => error.code);
		const written = {
			type: 'stream/sent',
			peer: peerKey,
			bytes: bytesOf('x'),
		} as const;
		expect(texts(items, written)).toEqual(['x']);
		expect(texts(items, {...written, message: 'm' as never})).toEqual([]);
		const note = {
			type: 'stream/noted',
			conversation: 'all',
			text: safe('n'),
		} as const;
		expect(texts(items, note)).toEqual(['n']);
	});
});
