import {MessageChannel, type MessagePort} from 'node:worker_threads';
import fc from 'fast-check';
import {afterEach, describe, expect, test} from 'vitest';
import {createEventBus} from '../../../source/engine/context.js';
import type {HostedEngine} from '../../../source/engine/engine.js';
import type {Command, Engine, EventBody} from '../../../source/engine/index.js';
import {connectEngine} from '../../../source/engine/thread/worker-client.js';
import {hostEngine} from '../../../source/engine/thread/worker-host.js';
import type {
	FromEngine,
	Port,
	ToEngine,
} from '../../../source/engine/thread/worker-messages.js';
import {SocktermError, type ErrorInfo} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {createPair} from '../../helpers/engine-under-test.js';
import {createFakeClock} from '../../helpers/fake-clock.js';
import {datagram, peerConnected, peerKey} from '../../helpers/fake-engine.js';
import {anyEvents} from '../any-events.js';
import {plainState} from '../plain-state.js';

const ports: MessagePort[] = [];

afterEach(() => {
	for (const port of ports.splice(0)) port.close();
});

/** A real message channel: what crosses it is cloned. */
function createPorts() {
	const {port1, port2} = new MessageChannel();
	ports.push(port1, port2);
	const portOf = <Out, In>(port: MessagePort): Port<Out, In> => ({
		post(message) {
			port.postMessage(message);
		},
		onMessage(listener) {
			port.on('message', listener);
		},
	});
	return {
		engineSide: portOf<FromEngine, ToEngine>(port1),
		frontSide: portOf<ToEngine, FromEngine>(port2),
	};
}

/** An engine that says what it is told to say. */
function createParrot(close: () => Promise<void> = async () => undefined) {
	let at = 1_700_000_000_000;
	const bus = createEventBus(() => ++at);
	const commands: Command[] = [];
	const holds: boolean[] = [];
	const engine: HostedEngine = {
		dispatch(command) {
			commands.push(command);
		},
		getState: bus.state,
		subscribe: bus.subscribe,
		on: bus.on,
		start: () => undefined,
		hold(isHeld) {
			holds.push(isHeld);
		},
		close,
	};
	return {engine, emit: bus.emit, commands, holds};
}

function setUp(close?: () => Promise<void>) {
	const clock = createFakeClock();
	const parrot = createParrot(close);
	const {engineSide, frontSide} = createPorts();
	const batches: number[] = [];
	hostEngine(
		parrot.engine,
		{
			post(message) {
				if (message.kind === 'events') batches.push(message.events.length);
				engineSide.post(message);
			},
			onMessage: engineSide.onMessage,
		},
		clock,
	);
	const failures: ErrorInfo[] = [];
	const front = connectEngine(frontSide, error => {
		failures.push(error);
	});
	return {clock, ...parrot, front, batches, failures};
}

const folded = async (front: Engine) =>
	new Promise<void>(resolve => {
		const stop = front.subscribe(() => {
			stop();
			resolve();
		});
	});

/** Looks again whenever the ports have had their turn. */
async function eventually(check: () => boolean): Promise<void> {
	while (!check()) {
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}
}

describe('both sides of the boundary', () => {
	test('property: have the same state and hear the same events, in order', async () => {
		await fc.assert(
			fc.asyncProperty(anyEvents, async events => {
				fc.pre(events.length > 0);
				const {clock, engine, emit, front} = setUp();
				const heard: unknown[] = [];
				const said: unknown[] = [];
				front.on(event => heard.push(event));
				engine.on(event => said.push(event));
				for (const [index, {at: _, ...body}] of events.entries()) {
					emit(body);
					if (index % 7 === 6) clock.advance(limits.eventBatchMs);
				}

				clock.advance(limits.eventBatchMs);
				while (heard.length < events.length) await folded(front);
				expect(heard).toEqual(said);
				expect(plainState(front.getState())).toEqual(
					plainState(engine.getState()),
				);
			}),
			{numRuns: 30},
		);
	});

	test('talk about the real thing', async () => {
		const {world, alice, bob, bobKey} = await createPair();
		const {engineSide, frontSide} = createPorts();
		// Whoever connects later would have missed what was said before.
		const {events} = alice;
		hostEngine(
			{
				...alice.engine,
				on(listener) {
					for (const event of events) listener(event);
					return alice.engine.on(listener);
				},
			},
			engineSide,
			world.clock,
		);
		const front = connectEngine(frontSide, () => undefined);
		front.dispatch({type: 'chat/send', conversation: bobKey, text: 'hello'});
		await bob.until('chat/received');
		await world.settle();
		const last = Promise.withResolvers<void>();
		front.on(event => {
			if (event.type === 'chat/delivered') last.resolve();
		});
		world.clock.advance(limits.eventBatchMs);
		await last.promise;
		expect(plainState(front.getState())).toEqual(
			plainState(alice.engine.getState()),
		);
	});
});

test('commands arrive as they are', async () => {
	const {front, commands, emit, clock} = setUp();
	front.dispatch({
		type: 'peer/dial',
		target: {kind: 'raw', host: 'h', port: 1},
	});
	emit(datagram('x'));
	clock.advance(0);
	await folded(front);
	expect(commands).toEqual([
		{type: 'peer/dial', target: {kind: 'raw', host: 'h', port: 1}},
	]);
});

describe('batches', () => {
	test('the first event goes at once, what follows within one interval goes together', () => {
		const {clock, emit, batches} = setUp();
		emit(datagram('1'));
		clock.advance(0);
		expect(batches).toEqual([1]);
		for (let step = 0; step < 40; step++) {
			emit(datagram('x'));
			clock.advance(1);
		}

		clock.advance(limits.eventBatchMs);
		expect(batches.reduce((sum, size) => sum + size, 0)).toBe(41);
		// 41 ms and a little: not more than one batch in each interval.
		expect(batches.length).toBeLessThanOrEqual(2 + 41 / limits.eventBatchMs);
	});

	test('nothing said, nothing sent, and no timer', () => {
		const {clock, batches} = setUp();
		clock.advance(10_000);
		expect(batches).toEqual([]);
		expect(clock.pending()).toBe(0);
	});
});

test('a front end that lags stops the readers until it has caught up', async () => {
	const {clock, emit, front, holds} = setUp();
	const batch = limits.eventsUnacknowledged / 4;
	for (let round = 0; round < 5; round++) {
		expect(holds).toEqual([]);
		for (let index = 0; index < batch; index++) emit(datagram('x'));
		clock.advance(limits.eventBatchMs);
	}

	expect(holds).toEqual([true]);
	await eventually(() => holds.includes(false));
	await eventually(() => front.getState().datagrams.rows.nextId === 5 * batch);
	expect(holds.filter(isHeld => isHeld)).toHaveLength(1);
});

test('a front end that lags is sent no more bytes than it can hold', async () => {
	const {clock, emit, front, holds} = setUp();
	const read = (): EventBody => ({
		type: 'stream/received',
		peer: peerKey('raw'),
		bytes: new Uint8Array(limits.eventBytesUnacknowledged / 4),
		cuts: new Int32Array(0),
	});
	emit(peerConnected('raw', {kind: 'raw'}));
	for (let count = 0; count < 4; count++) {
		emit(read());
		clock.advance(limits.eventBatchMs);
	}

	expect(holds).toEqual([]);
	emit(read());
	expect(holds).toEqual([true]);
	clock.advance(limits.eventBatchMs);
	await eventually(() => holds.includes(false));
	await eventually(
		() => front.getState().streams.get(peerKey('raw'))?.reads === 5,
	);
	expect(holds).toEqual([true, false]);
});

describe('closing', () => {
	test('tells everything first', async () => {
		const {front, emit} = setUp();
		emit(datagram('last words'));
		await front.close();
		expect(front.getState().datagrams.rows.length).toBe(1);
	});

	test('that fails is told, and does not hang', async () => {
		const {front, failures} = setUp(async () => {
			throw new SocktermError('storageFailed');
		});
		await front.close();
		expect(failures).toMatchObject([{code: 'storageFailed'}]);
	});
});
