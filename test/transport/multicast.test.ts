import {platform} from 'node:os';
import {afterEach, describe, expect, test} from 'vitest';
import type {Address, Membership} from '../../source/engine/ports.js';
import {
	findInterface,
	plainAddress,
	type NetworkInterface,
} from '../../source/transport/interfaces.js';
import {
	createMemberships,
	type Memberships,
} from '../../source/transport/multicast.js';
import {
	isMulticast,
	parseGroup,
} from '../../source/transport/multicast-group.js';
import {openUdp} from '../../source/transport/udp.js';
import {waitFor} from '../helpers/wait-for.js';

const closing: Array<() => unknown> = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

const eth0: NetworkInterface = {
	name: 'eth0',
	ipv4: ['10.0.0.5'],
	ipv6: ['2001:db8::5', 'fe80::5'],
	identity: 'first device',
};
const tun0: NetworkInterface = {
	name: 'tun0',
	ipv4: ['10.8.0.2'],
	ipv6: [],
	identity: 'tunnel',
};

async function refusal(promise: Promise<unknown>) {
	return promise.then(
		() => undefined,
		(error: {info: {code: string; details: object}}) => error.info,
	);
}

describe('groups as they are written', () => {
	test.each([
		['224.0.0.1', true],
		['239.255.255.255', true],
		['223.255.255.255', false],
		['240.0.0.1', false],
		['ff02::1', true],
		['FF15::7%eth0', true],
		['fe80::1', false],
		['::ff02', false],
		['ff02', false],
		['239.1.2', false],
		['239.1.2.3.4', false],
		['', false],
	])('%s: %s', (host, expected) => {
		expect(isMulticast(host)).toBe(expected);
	});

	test('are written as the system does, the interface apart', () => {
		expect(parseGroup({group: 'FF15:0:0::0007%eth0'})).toEqual({
			address: 'ff15::7',
			family: 6,
			on: 'eth0',
		});
		expect(parseGroup({group: '239.1.2.3', on: '10.0.0.5'})).toEqual({
			address: '239.1.2.3',
			family: 4,
			on: '10.0.0.5',
		});
		expect(() => parseGroup({group: '10.0.0.1'})).toThrow('notMulticast');
	});
});

test('interfaces are found by name and by any of their addresses', () => {
	const find = (wanted: string) => findInterface([tun0, eth0], wanted)?.name;
	for (const wanted of ['eth0', '10.0.0.5', '2001:DB8:0::5', 'fe80::5%eth0']) {
		expect(find(wanted)).toBe('eth0');
	}

	expect(find('tun0')).toBe('tun0');
	for (const wanted of ['eth', '10.0.0.6', 'fe80::5%tun1', '']) {
		expect(find(wanted)).toBeUndefined();
	}

	expect(plainAddress('no address')).toBe('no address');
});

describe('memberships', () => {
	function setUp(first: readonly NetworkInterface[], usual?: string) {
		let interfaces = first;
		let looks = 0;
		const calls: string[] = [];
		const told: string[] = [];
		let failure: Error | undefined;
		const memberships: Memberships = createMemberships({
			async ear({address}) {
				return {
					add(via) {
						if (failure) throw failure;
						calls.push(`add ${address} ${via}`);
					},
					drop(via) {
						calls.push(`drop ${address} ${via}`);
					},
					release: () => undefined,
				};
			},
			lost({group, on}, error) {
				told.push(`lost ${group} ${on} ${error.code}`);
			},
			regained({group, on}) {
				told.push(`regained ${group} ${on}`);
			},
			interfaces() {
				looks++;
				return interfaces;
			},
			lookMs: 5,
			...(usual === undefined ? {} : {usual}),
		});
		closing.push(() => {
			memberships.close();
		});
		return {
			calls,
			told,
			memberships,
			join: async (wanted: Membership) => memberships.join(wanted),
			become(next: readonly NetworkInterface[], failing?: Error) {
				interfaces = next;
				failure = failing;
			},
			async untilLooked() {
				const wanted = looks + 3;
				await waitFor(() => looks >= wanted, 'the interfaces to be looked at');
			},
			async untilTold(count: number) {
				await waitFor(() => told.length >= count, `${count} to be told`);
			},
		};
	}

	test('are joined once, by the address or the name of the interface', async () => {
		const {join, calls, memberships} = setUp([eth0]);
		const membership = {group: '239.1.2.3', on: 'eth0'};
		const same = ['239.1.2.3%eth0', '239.1.2.3%10.0.0.5'];
		const all = await Promise.all(same.map(async group => join({group})));
		expect(all).toEqual([membership, membership]);
		expect(await join({group: 'ff02::1', on: 'fe80::5'})).toEqual({
			group: 'ff02::1',
			on: 'eth0',
		});
		expect(await join({group: 'ff15::7'})).toEqual({group: 'ff15::7'});
		expect(calls).toEqual([
			'add 239.1.2.3 10.0.0.5',
			'add ff02::1 ::%eth0',
			'add ff15::7 undefined',
		]);
		memberships.leave(membership);
		memberships.leave(membership);
		expect(calls.slice(3)).toEqual(['drop 239.1.2.3 10.0.0.5']);
	});

	test('of a listener on one address are on its interface', async () => {
		const {join} = setUp([tun0, eth0], '10.0.0.5');
		expect(await join({group: '239.1.2.3'})).toMatchObject({on: 'eth0'});
		expect(await join({group: '239.1.2.3%tun0'})).toMatchObject({on: 'tun0'});
	});

	test('that cannot be are refused', async () => {
		const {join, become} = setUp([tun0]);
		expect(await refusal(join({group: '239.1.2.3%eth0'}))).toMatchObject({
			code: 'noSuchInterface',
			details: {host: 'eth0', interfaces: 'tun0'},
		});
		expect(await refusal(join({group: 'ff15::7%tun0'}))).toMatchObject({
			code: 'interfaceLacksFamily',
			details: {name: 'tun0', family: 'IPv6', group: 'ff15::7'},
		});
		become([tun0], Object.assign(new Error('x'), {code: 'ENOBUFS'}));
		expect(await refusal(join({group: '239.1.2.3%tun0'}))).toMatchObject({
			code: 'groupRefused',
			details: {group: '239.1.2.3', what: 'ENOBUFS'},
		});
	});

	test('are lost and regained with their interface, the others stay', async () => {
		const {join, told, calls, become, untilTold, untilLooked} = setUp([
			eth0,
			tun0,
		]);
		await join({group: '239.1.2.3%eth0'});
		await join({group: '239.1.2.3%tun0'});
		become([tun0]);
		await untilTold(1);
		// It is there, and cannot be joined yet: it stays lost without another word.
		become([tun0, eth0], new Error('not yet'));
		await untilLooked();
		become([tun0, eth0]);
		await untilTold(2);
		expect(told).toEqual([
			'lost 239.1.2.3 eth0 interfaceGone',
			'regained 239.1.2.3 eth0',
		]);
		expect(calls).toEqual([
			'add 239.1.2.3 10.0.0.5',
			'add 239.1.2.3 10.8.0.2',
			'drop 239.1.2.3 10.0.0.5',
			'add 239.1.2.3 10.0.0.5',
		]);
	});

	test('are joined anew, without a word, where the device is another one', async () => {
		const {join, told, calls, become} = setUp([eth0]);
		await join({group: '239.1.2.3%eth0'});
		become([{...eth0, ipv4: ['10.0.0.9'], identity: 'second device'}]);
		await waitFor(() => calls.length === 3, 'it to be joined again');
		expect(calls.slice(1)).toEqual([
			'drop 239.1.2.3 10.0.0.5',
			'add 239.1.2.3 10.0.0.9',
		]);
		expect(told).toEqual([]);
	});

	test('that were left are not joined again', async () => {
		const {join, told, calls, become, untilTold, memberships} = setUp([eth0]);
		const left = await join({group: '239.1.2.3%eth0'});
		await join({group: '239.1.2.4%eth0'});
		become([]);
		await untilTold(2);
		memberships.leave(left);
		become([eth0]);
		await untilTold(3);
		expect(told.at(-1)).toBe('regained 239.1.2.4 eth0');
		expect(calls.filter(call => call.startsWith('add'))).toHaveLength(3);
	});
});

describe.runIf(platform() === 'linux')('on the loopback interface', () => {
	async function open(host?: string) {
		const received: string[] = [];
		const from: Address[] = [];
		const socket = await openUdp(
			{port: 0, ...(host === undefined ? {} : {host})},
			{
				received(bytes, address) {
					received.push(Buffer.from(bytes).toString());
					from.push(address);
				},
				failed: () => undefined,
			},
		);
		closing.push(async () => socket.close());
		const {port} = socket.address;
		return {
			socket,
			port,
			from,
			received,
			async hears(text: string) {
				await waitFor(() => received.includes(text), `“${text}”`);
			},
			send: async (text: string, target: string, to: number) =>
				socket.send(Buffer.from(text), {host: target, port: to}),
		};
	}

	test.each([undefined, '127.0.0.1'])(
		'a group is heard until it is left, from the sender’s port (%s)',
		async host => {
			const [listener, sender] = [await open(host), await open('127.0.0.1')];
			const group = '239.5.6.7';
			const membership = await listener.socket.join({group, on: 'lo'});
			expect(membership).toEqual({group, on: 'lo'});
			await sender.send('to the group', `${group}%lo`, listener.port);
			await listener.hears('to the group');
			expect(listener.from).toEqual([{host: '127.0.0.1', port: sender.port}]);
			expect(await listener.socket.kernelDrops()).toBe(0);
			await listener.socket.leave(membership);
			await sender.send('too late', `${group}%lo`, listener.port);
			await sender.send('marker', '127.0.0.1', listener.port);
			await listener.hears('marker');
			expect(listener.received).not.toContain('too late');
		},
	);

	test('a broadcast is sent as soon as somebody asks for one', async () => {
		const [listener, sender] = [await open(), await open()];
		for (const text of ['first', 'second']) {
			await sender.send(text, '127.255.255.255', listener.port);
			await listener.hears(text);
		}

		expect(listener.from[0]).toEqual({host: '127.0.0.1', port: sender.port});
	});

	test('a group in another family, and a zone that is none, are refused', async () => {
		const {socket, send} = await open('127.0.0.1');
		expect(await refusal(socket.join({group: 'ff15::7'}))).toMatchObject({
			code: 'unreachable',
		});
		expect(await refusal(send('x', '239.5.6.7%nonsense', 9))).toMatchObject({
			code: 'noSuchInterface',
		});
		expect(await refusal(send('x', '127.0.0.1%lo', 9))).toMatchObject({
			code: 'badAddress',
		});
		await socket.close();
		expect(await refusal(socket.join({group: '239.5.6.7'}))).toMatchObject({
			code: 'udpNotListening',
		});
	});
});
