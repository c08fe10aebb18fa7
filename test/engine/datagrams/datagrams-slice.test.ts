import {describe, expect, test} from 'vitest';
import type {DatagramSource, EventBody} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {createFakeEngine} from '../../helpers/fake-engine.js';

function fold(...events: EventBody[]) {
	const engine = createFakeEngine();
	engine.emit(...events);
	return engine.getState().datagrams;
}

const source = (port: number, received = 1): DatagramSource => ({
	from: {host: '10.0.0.9', port},
	received,
	receivedBytes: received,
	lastAt: received,
});

const counted = (...sources: DatagramSource[]): EventBody => ({
	type: 'datagram/sourcesCounted',
	sources,
	forgotten: 7,
});

describe('senders', () => {
	test('are those that were told of, by address, the newest last', () => {
		const {sources, sourcesForgotten} = fold(
			counted(source(1), source(2)),
			counted(source(1, 5)),
		);
		expect(sources.values()).toEqual([source(2), source(1, 5)]);
		expect(sources.get('10.0.0.9:1')?.received).toBe(5);
		expect(sourcesForgotten).toBe(7);
	});

	test('are at most so many: the least recent go', () => {
		const count = limits.datagramSources + 3;
		const events = Array.from({length: count}, (_, port) =>
			counted(source(port)),
		);
		const {sources} = fold(...events);
		expect(sources.size).toBe(limits.datagramSources);
		expect(sources.values()[0]).toEqual(source(3));
		expect(sources.values().at(-1)).toEqual(source(count - 1));
	});
});

describe('groups', () => {
	const joined = (on: string | undefined, listener = 'udp:1'): EventBody => ({
		type: 'datagram/joined',
		group: '239.1.2.3',
		...(on === undefined ? {} : {on}),
		listener: listener as never,
	});
	const places = (...events: EventBody[]) =>
		fold(...events).groups.map(({on, listener}) => `${listener} ${on}`);

	test('are one for each listener and interface', () => {
		const all = [joined('eth0'), joined(undefined), joined('eth0', 'udp:2')];
		const expected = ['udp:1 eth0', 'udp:1 undefined', 'udp:2 eth0'];
		expect(places(...all, ...all)).toEqual(expected);
		expect(
			places(...all, {...joined('eth0'), type: 'datagram/left'} as EventBody),
		).toEqual(expected.slice(1));
		expect(
			places(...all, {type: 'listener/closed', listener: 'udp:1' as never}),
		).toEqual(expected.slice(2));
	});
});
