/** Capture files as another program reads them. */
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {
	conversationCapture,
	datagramsCapture,
} from '../../../../source/engine/keeping/export/pcapng-export.js';
import {
	initialState,
	type DatagramRow,
	type EngineState,
	type Row,
} from '../../../../source/engine/index.js';
import {concatBytes, toHex} from '../../../../source/util/bytes.js';
import {createLog} from '../../../../source/util/log.js';
import {createTemporaryFolder} from '../../../helpers/temporary-folder.js';
import {findTshark, readCapture} from '../../../helpers/tshark.js';
import {
	bytesOf,
	frameRow,
	listenerId,
	noon,
	peerKey,
	piecesOf,
	safe,
	stateWith,
	type Said,
} from './kept-state.js';

const missing = await findTshark();
if (missing) console.warn(missing);

const said = (direction: 'in' | 'out', text: string, after: number): Said => ({
	direction,
	bytes: bytesOf(text),
	after,
});

async function readBack<Field extends string>(
	file: Iterable<Uint8Array>,
	fields: readonly Field[],
) {
	const folder = createTemporaryFolder();
	try {
		const path = join(folder.path, 'capture.pcapng');
		await writeFile(path, concatBytes([...file]));
		return await readCapture(path, fields);
	} finally {
		folder.remove();
	}
}

const tcpFields = [
	'frame.time_epoch',
	'ip.src',
	'tcp.srcport',
	'ip.dst',
	'tcp.dstport',
	'tcp.flags.str',
	'tcp.seq_raw',
	'tcp.payload',
	'tcp.checksum.status',
	'ip.checksum.status',
	'frame.comment',
	'_ws.expert.message',
] as const;

/** What tshark finds worth a warning; the handshake and the end are chats of it. */
const complaints = (
	packets: ReadonlyArray<Record<'_ws.expert.message', string>>,
) =>
	packets
		.map(packet => packet['_ws.expert.message'])
		.filter(text =>
			/malformed|retransmi|out-of-order|not captured|bad|full|unseen/i.test(
				text,
			),
		);

const tcp = async (state: EngineState) =>
	readBack(conversationCapture(state, peerKey), tcpFields);

describe.skipIf(missing !== undefined)('a capture file', () => {
	it('holds a TCP conversation with its handshake, bytes, ports and times', async () => {
		const packets = await tcp(
			stateWith({
				peer: {lifecycle: {phase: 'left', at: noon + 900, error: undefined}},
				pieces: piecesOf([
					said('in', 'one\ntwo\n', 0),
					said('out', 'ok\n', 250),
					said('in', 'three\n', 500),
				]),
				rows: [
					frameRow('one', {offset: 0, after: 0}, '\n'),
					frameRow('two', {offset: 4, after: 0}, '\n'),
					frameRow('three', {offset: 8, after: 500}, '\n'),
				],
			}),
		);
		const data = packets.filter(packet => packet['tcp.payload'] !== '');
		expect(
			data.map(packet => [
				packet['frame.time_epoch'],
				`${packet['ip.src']}:${packet['tcp.srcport']}`,
				`${packet['ip.dst']}:${packet['tcp.dstport']}`,
				Buffer.from(packet['tcp.payload'], 'hex').toString(),
			]),
		).toEqual([
			['1768478400.123000000', '10.0.0.5:50123', '10.0.0.1:9090', 'one\ntwo\n'],
			['1768478400.373000000', '10.0.0.1:9090', '10.0.0.5:50123', 'ok\n'],
			['1768478400.623000000', '10.0.0.5:50123', '10.0.0.1:9090', 'three\n'],
		]);
		expect(
			packets.map(packet => packet['tcp.flags.str'].replaceAll('·', '')),
		).toEqual(['S', 'AS', 'A', 'AP', 'AP', 'AP', 'AF', 'AF', 'A']);
		expect(packets[0]!['tcp.srcport']).toBe('50123');
		expect(packets.every(packet => packet['tcp.checksum.status'] === '1')).toBe(
			true,
		);
		expect(packets.every(packet => packet['ip.checksum.status'] === '1')).toBe(
			true,
		);
		expect(complaints(packets)).toEqual([]);
		expect(data[0]!['frame.comment']).toContain('peer: sensor');
		expect(data[0]!['frame.comment']).toContain('framing: lines');
		expect(data[0]!['frame.comment']).toContain(
			'frames (offset+bytes): 0+4, 4+4',
		);
		expect(data[1]!['frame.comment']).toBe('peer: sensor');
	});

	it('cuts what was read at once into segments that follow each other', async () => {
		const bytes = Uint8Array.from({length: 150_001}, (_, index) => index % 251);
		const packets = await tcp(
			stateWith({
				peer: {direction: 'out'},
				pieces: piecesOf([{direction: 'in', bytes, after: 0}]),
			}),
		);
		const data = packets.filter(packet => packet['tcp.payload'] !== '');
		expect(data.map(packet => packet['tcp.payload'].length / 2)).toEqual([
			65_000, 65_000, 20_001,
		]);
		expect(data.map(packet => packet['tcp.payload']).join('')).toBe(
			toHex(bytes),
		);
		expect(packets[0]!['tcp.srcport']).toBe('9090');
		expect(complaints(packets)).toEqual([]);
	});

	it('begins in the middle where the beginning is no longer held', async () => {
		const pieces = piecesOf(
			[
				said('in', 'gone', 0),
				said('out', 'gone too', 1),
				said('in', 'here', 2),
			],
			1,
		);
		const packets = await tcp(stateWith({pieces}));
		expect(
			packets.map(packet => [packet['tcp.seq_raw'], packet['tcp.payload']]),
		).toEqual([['5', Buffer.from('here').toString('hex')]]);
	});

	it('tells connections of one conversation apart', async () => {
		const joined = (order: number, port: number): Row => ({
			kind: 'joined',
			at: noon + order,
			order,
			peer: peerKey,
			name: safe('sensor'),
			trust: 'PLAIN',
			address: {host: '10.0.0.5', port},
		});
		const left: Row = {
			kind: 'left',
			at: noon + 1,
			order: 11,
			peer: peerKey,
			name: safe('sensor'),
			error: undefined,
			retrying: true,
		};
		const packets = await tcp(
			stateWith({
				pieces: piecesOf([said('in', 'one', 0), said('in', 'two', 2)])
					.slice(0)
					.map((piece, index) => ({...piece, order: 10 + index * 3}))
					.reduce((log, piece) => log.append(piece), piecesOf([])),
				rows: [joined(9, 1000), left, joined(12, 1001)],
			}),
		);
		expect(
			packets.map(packet => [
				packet['tcp.srcport'] === '9090'
					? packet['tcp.dstport']
					: packet['tcp.srcport'],
				packet['tcp.flags.str'].replaceAll('·', ''),
				packet['tcp.seq_raw'],
			]),
		).toEqual([
			['1000', 'S', '0'],
			['1000', 'AS', '0'],
			['1000', 'A', '1'],
			['1000', 'AP', '1'],
			['1000', 'AF', '4'],
			['1000', 'AF', '1'],
			['1000', 'A', '5'],
			['1001', 'S', '0'],
			['1001', 'AS', '0'],
			['1001', 'A', '1'],
			['1001', 'AP', '1'],
		]);
		expect(complaints(packets)).toEqual([]);
	});

	it('shows a broken connection as a reset, and IPv6', async () => {
		const path = [
			'frame.number',
			'ipv6.src',
			'ipv6.dst',
			'tcp.flags.reset',
			'tcp.checksum.status',
		] as const;
		const state = stateWith({
			peer: {
				address: {host: '2001:db8::5', port: 4000},
				local: {host: '2001:db8::1', port: 9090},
				lifecycle: {
					phase: 'left',
					at: noon + 5,
					error: {code: 'connectionReset', blame: 'network', details: {}},
				},
			},
			pieces: piecesOf([said('in', 'x', 0)]),
		});
		const packets = await readBack(conversationCapture(state, peerKey), path);
		expect(packets).toHaveLength(5);
		expect(packets.at(-1)).toMatchObject({
			'ipv6.src': '2001:db8::5',
			'ipv6.dst': '2001:db8::1',
			'tcp.checksum.status': '1',
		});
		expect(packets.at(-1)!['tcp.flags.reset']).toMatch(/1|True/);
	});

	it('puts the two ends of a relay where they are', async () => {
		const packets = await tcp(
			stateWith({
				peer: {relayedTo: {host: '10.0.0.9', port: 80}, direction: 'out'},
				pieces: piecesOf([said('in', 'GET', 0), said('out', '200', 1)]),
			}),
		);
		expect(
			packets
				.slice(3)
				.map(packet => `${packet['ip.src']} > ${packet['ip.dst']}`),
		).toEqual(['10.0.0.5 > 10.0.0.9', '10.0.0.9 > 10.0.0.5']);
	});

	it('holds all raw conversations in the order of their bytes', async () => {
		const one = stateWith({
			pieces: piecesOf([said('in', 'a', 0), said('in', 'c', 20)]),
		});
		const key = 'raw:2' as typeof peerKey;
		const peer = {
			...one.peers.get(peerKey)!,
			key,
			address: {host: '10.0.0.6', port: 1},
		};
		const [piece] = piecesOf([said('in', 'b', 10)]).slice(0);
		const stream = one.streams.get(peerKey)!;
		const pieces = createLog<typeof piece & {}>({maxItems: 5}).append({
			...piece!,
			order: 10.5,
		});
		const state = {
			...one,
			peers: one.peers.set(key, peer),
			streams: one.streams.set(key, {...stream, pieces}),
		};
		const packets = await readBack(
			conversationCapture(state, 'all'),
			tcpFields,
		);
		expect(
			packets
				.filter(packet => packet['tcp.payload'] !== '')
				.map(packet => Buffer.from(packet['tcp.payload'], 'hex').toString()),
		).toEqual(['a', 'b', 'c']);
	});

	it('holds datagrams of every size, from and to the listening port', async () => {
		const row = (
			direction: 'in' | 'out',
			bytes: Uint8Array,
			after: number,
			host = '10.0.0.9',
		): DatagramRow => ({
			at: noon + after,
			direction,
			address: {host, port: 5353},
			listener: listenerId,
			bytes,
			error: undefined,
		});
		let rows = createLog<DatagramRow>({maxItems: 10});
		const largest = new Uint8Array(65_507).fill(7);
		for (const each of [
			row('in', bytesOf('hello'), 0),
			row('out', bytesOf('answer'), 1),
			row('in', new Uint8Array(0), 2),
			row('in', largest, 3),
			row('in', bytesOf('six'), 4, '::1'),
			{
				...row('out', bytesOf(''), 5),
				error: {code: 'unreachable', blame: 'network', details: {}} as const,
			},
		]) {
			rows = rows.append(each);
		}

		const state: EngineState = {
			...initialState,
			listeners: initialState.listeners.set(listenerId, {
				id: listenerId,
				kind: 'udp',
				host: '::',
				port: 10_000,
				options: {},
			}),
			datagrams: {...initialState.datagrams, rows},
		};
		const packets = await readBack(datagramsCapture(state), [
			'frame.time_epoch',
			'ip.src',
			'ipv6.src',
			'udp.srcport',
			'udp.dstport',
			'udp.length',
			'udp.checksum.status',
			'data.data',
			'frame.packet_flags_direction',
		]);
		expect(
			packets.map(packet => [
				packet['frame.time_epoch'].slice(-9, -6),
				packet['ip.src'] || packet['ipv6.src'],
				packet['udp.srcport'],
				packet['udp.dstport'],
				Number(packet['udp.length']) - 8,
				packet['udp.checksum.status'],
			]),
		).toEqual([
			['123', '10.0.0.9', '5353', '10000', 5, '1'],
			['124', '0.0.0.0', '10000', '5353', 6, '1'],
			['125', '10.0.0.9', '5353', '10000', 0, '1'],
			['126', '10.0.0.9', '5353', '10000', 65_507, '1'],
			['127', '::1', '5353', '10000', 3, '1'],
		]);
	});
});
