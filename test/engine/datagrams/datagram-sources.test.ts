import {expect, test} from 'vitest';
import {createDatagramSources} from '../../../source/engine/datagrams/datagram-sources.js';
import type {ListenerId} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';

const listener = 'udp:1' as ListenerId;
const addressOf = (port: number) => ({host: '10.0.0.9', port});

function createTable() {
	const sources = createDatagramSources();
	let at = 0;
	return {
		sources,
		hear(port: number, sizeBytes = 1) {
			at++;
			sources.heard(
				addressOf(port),
				new Uint8Array(sizeBytes),
				listener,
				at,
				at,
			);
		},
		tell: () => sources.takeUntold().map(({from}) => from.port),
	};
}

test('counts each sender, and tells of those that were heard since', () => {
	const {sources, hear} = createTable();
	for (const port of [1, 2, 1, 1]) hear(port, 10);
	expect(sources.takeUntold()).toEqual([
		{from: addressOf(1), received: 3, receivedBytes: 30, lastAt: 4},
		{from: addressOf(2), received: 1, receivedBytes: 10, lastAt: 2},
	]);
	hear(2, 5);
	expect(sources.takeUntold()).toEqual([
		{from: addressOf(2), received: 2, receivedBytes: 15, lastAt: 5},
	]);
	expect(sources.takeUntold()).toEqual([]);
});

test('tells of the busiest first, and of the others in the end', () => {
	const {sources, hear, tell} = createTable();
	const count = limits.datagramSourcesTold + 10;
	for (let port = 1; port <= count; port++) hear(port);
	hear(count);
	const first = tell();
	expect(first).toHaveLength(limits.datagramSourcesTold);
	expect(first[0]).toBe(count);
	expect(sources.untold).toBe(10);
	const rest = tell();
	expect(new Set([...first, ...rest]).size).toBe(count);
	expect(sources.untold).toBe(0);
});

test('the least recently heard one is forgotten, and counted', () => {
	const {sources, hear, tell} = createTable();
	const all = limits.datagramSources;
	for (let port = 1; port <= all; port++) hear(port);
	hear(1);
	hear(3);
	expect(sources.forgotten).toBe(0);
	hear(all + 1);
	hear(all + 2);
	expect(sources.forgotten).toBe(2);
	const isKnown = (port: number) =>
		sources.listenerOf(addressOf(port)) !== undefined;
	expect([1, 2, 3, 4, 5, all + 1, all + 2].filter(isKnown)).toEqual([
		1,
		3,
		5,
		all + 1,
		all + 2,
	]);
	// Who was forgotten is told of no more, and begins anew.
	const told: number[] = [];
	while (sources.untold > 0) told.push(...tell());
	expect(told).toHaveLength(all);
	expect(told).not.toContain(2);
	hear(2);
	expect(sources.takeUntold()).toMatchObject([{received: 1}]);
	expect(sources.forgotten).toBe(3);
});

test('each sender has a meter of its own from the moment it is set', () => {
	const sources = createDatagramSources();
	const hear = (port: number, number: number) => {
		sources.heard(addressOf(port), Uint8Array.of(number), listener, 1, 1);
	};

	hear(1, 9);
	sources.setMeter({bytes: 1, endian: 'big', offset: 0});
	for (const number of [1, 2, 4]) hear(1, number);
	for (const number of [7, 7]) hear(2, number);
	const counts = sources.takeUntold();
	expect(counts).toMatchObject([
		{received: 4, meter: {received: 3, missing: 1, doubled: 0, last: 4n}},
		{received: 2, meter: {received: 2, missing: 0, doubled: 1, last: 7n}},
	]);
	sources.setMeter({bytes: 1, endian: 'big', offset: 0});
	hear(1, 5);
	expect(sources.takeUntold()).toMatchObject([
		{received: 5, meter: {received: 1, missing: 0}},
	]);
	sources.setMeter(undefined);
	hear(1, 6);
	expect(sources.takeUntold()[0]).not.toHaveProperty('meter');
});

test('what is cleared is counted anew', () => {
	const {sources, hear} = createTable();
	for (const port of [1, 2]) hear(port);
	sources.clear();
	expect(sources.untold).toBe(0);
	hear(2);
	expect(sources.takeUntold()).toMatchObject([{received: 1}]);
	expect(sources.listenerOf(addressOf(1))).toBeUndefined();
});
