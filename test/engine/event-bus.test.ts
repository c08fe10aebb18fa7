import {expect, test} from 'vitest';
import {createEventBus} from '../../source/engine/context.js';
import type {EngineEvent} from '../../source/engine/index.js';
import {datagram} from '../helpers/fake-engine.js';

test('what a listener sets off comes after what it was told, for everybody', () => {
	const bus = createEventBus(() => 5);
	const heard: EngineEvent[][] = [[], []];
	bus.on(event => {
		heard[0]!.push(event);
		if (event.type === 'datagram/received')
			bus.emit({type: 'practice/started'});
	});
	bus.on(event => heard[1]!.push(event));
	bus.emit(datagram('x'));
	for (const events of heard) {
		expect(events.map(({type}) => type)).toEqual([
			'datagram/received',
			'practice/started',
		]);
		expect(events.map(({at}) => at)).toEqual([5, 5]);
	}

	expect(bus.state().practice).toBe(true);
});

test('a listener that throws keeps nothing from the next event', () => {
	const bus = createEventBus(() => 5);
	const heard: string[] = [];
	const stop = bus.on(() => {
		throw new Error('broken');
	});
	expect(() => {
		bus.emit(datagram('x'));
	}).toThrow('broken');
	stop();
	bus.on(({type}) => heard.push(type));
	bus.emit({type: 'practice/started'});
	expect(heard).toEqual(['practice/started']);
});

test('subscribers are called once for what happens at once', async () => {
	const bus = createEventBus(() => 5);
	let calls = 0;
	const stop = bus.subscribe(() => {
		calls++;
	});
	bus.emit(datagram('x'));
	bus.emit(datagram('y'));
	expect(calls).toBe(0);
	await Promise.resolve();
	expect(calls).toBe(1);
	stop();
	bus.emit(datagram('z'));
	await Promise.resolve();
	expect(calls).toBe(1);
});
