import {expect, test} from 'vitest';
import type {Command, EventBody} from '../../../source/engine/index.js';
import {stateOf} from '../../helpers/engine-state.js';
import {runTyped} from '../../helpers/typed-line.js';

const joined = (group: string, on?: string): EventBody => ({
	type: 'datagram/joined',
	group,
	...(on === undefined ? {} : {on}),
	listener: 'udp-1' as never,
});

const inOne = stateOf([joined('239.1.2.3', 'eth0')]);
const inTwo = stateOf([joined('239.1.2.3', 'eth0'), joined('ff15::7')]);
const measured = stateOf([
	{
		type: 'datagram/meterChanged',
		meter: {bytes: 4, endian: 'big', offset: 0},
	},
]);
const nothing = stateOf([]);

test.each<[string, Command, typeof nothing]>([
	[
		'/join 239.1.2.3%eth0',
		{type: 'datagram/join', group: '239.1.2.3%eth0'},
		nothing,
	],
	['/leave ff15::7', {type: 'datagram/leave', group: 'ff15::7'}, nothing],
	['/leave', {type: 'datagram/leave', group: '239.1.2.3%eth0'}, inOne],
	[
		'/meter u16le@4',
		{
			type: 'datagram/setMeter',
			meter: {bytes: 2, endian: 'little', offset: 4},
		},
		nothing,
	],
	['/meter off', {type: 'datagram/setMeter'}, measured],
	[
		'/encoding gbk udp',
		{type: 'datagram/setEncoding', encoding: 'gbk'},
		nothing,
	],
	[
		'/udp -x 10.0.0.9:5353 01  ff',
		{
			type: 'datagram/send',
			host: '10.0.0.9',
			port: 5353,
			text: '01  ff',
			notation: 'hex',
		},
		nothing,
	],
	[
		'/udp --escapes [ff02::1%eth0]:9 a\\n',
		{
			type: 'datagram/send',
			host: 'ff02::1%eth0',
			port: 9,
			text: 'a\\n',
			notation: 'escapes',
		},
		nothing,
	],
])('%s', (line, command, state) => {
	const {result, dispatched} = runTyped(line, 'all', state);
	expect(result.ok).toBe(true);
	expect(dispatched).toEqual([command]);
});

test.each([
	['/join', nothing, 'Say which room'],
	['/leave', nothing, 'No group is joined'],
	['/leave', inTwo, '239.1.2.3%eth0, ff15::7'],
	['/meter u7', nothing, 'u7 names no number'],
	['/udp -x', nothing, 'host:port'],
	['/udp -x 10.0.0.9:1', nothing, 'Say what to send'],
] as const)('%s is a sentence', (line, state, hint) => {
	const {result, dispatched} = runTyped(line, 'all', state);
	expect(result).toMatchObject({
		ok: false,
		message: expect.stringContaining(hint) as unknown,
	});
	expect(dispatched).toEqual([]);
});

test('/meter alone says what is measured', () => {
	expect(runTyped('/meter', 'all', measured).ui[0]).toContain('u32be@0');
	expect(runTyped('/meter', 'all', nothing).ui[0]).toContain('Nothing');
});
