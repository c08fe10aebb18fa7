/** What was said over real sockets, kept in files: exports, captures that another program reads, and the log. */
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import type {ExportFormat, PeerKey} from '../../source/engine/index.js';
import {waitFor} from '../helpers/wait-for.js';
import {findTshark, readCapture} from '../helpers/tshark.js';
import {compose, loopback, stopAll, type Composed} from './composed.js';

afterEach(stopAll);

const missing = await findTshark();
if (missing) console.warn(missing);

interface Talk {
	readonly alice: Composed;
	readonly peer: PeerKey;
	/** Of the client. */
	readonly port: number;
	leave(): Promise<void>;
}

/** A raw client that said three lines in one write and got an answer. */
async function talk(): Promise<Talk> {
	const alice = await compose('alice');
	const client = connect(alice.tcpPort, loopback);
	client.on('error', () => undefined);
	await once(client, 'connect');
	const {localPort: port = 0} = client;
	client.write('one\ntwo\nthree\n');
	const {peer} = await alice.until('peer/connected');
	await alice.untilTrue(
		() =>
			alice.engine
				.getState()
				.conversations.get(peer)!
				.rows.slice(0)
				.filter(({kind}) => kind === 'frame').length === 3,
	);
	alice.engine.dispatch({type: 'chat/send', conversation: peer, text: 'ok'});
	await once(client, 'data');
	return {
		alice,
		peer,
		port,
		async leave() {
			client.end();
			await alice.until('peer/left');
		},
	};
}

async function write(
	{alice, peer}: Talk,
	name: string,
	format: ExportFormat,
	what: PeerKey | 'all' | 'datagrams' = peer,
): Promise<string> {
	const path = join(alice.home, name);
	const written = alice.next('export/written');
	alice.engine.dispatch({type: 'export/write', what, format, path});
	const {sizeBytes} = await written;
	expect(statSync(path).size).toBe(sizeBytes);
	return path;
}

describe('an export', () => {
	it('of a conversation is text, CSV and NDJSON', async () => {
		const talked = await talk();
		const text = readFileSync(await write(talked, 'a.txt', 'text'), 'utf8');
		expect(
			text.split('\n').map(line => line.split('\t').slice(1).join(' ')),
		).toEqual([
			expect.stringMatching(/^-- .* joined .* PLAIN$/),
			expect.stringMatching(/^in .* one$/),
			expect.stringMatching(/^in .* two$/),
			expect.stringMatching(/^in .* three$/),
			expect.stringMatching(/^out .* ok$/),
			'',
		]);
		const csv = readFileSync(await write(talked, 'a.csv', 'csv'), 'utf8');
		expect(csv.split('\r\n')).toHaveLength(7);
		expect(csv).toContain(',6,three,74687265650a,\r\n');
		const ndjson = readFileSync(
			await write(talked, 'a.ndjson', 'ndjson'),
			'utf8',
		);
		const rows = ndjson
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line) as Record<string, unknown>);
		expect(rows.map(({type}) => type)).toEqual([
			'joined',
			'frame',
			'frame',
			'frame',
			'sent',
		]);
		expect(rows[3]).toMatchObject({text: 'three', offset: 8, tail: 1});
	});

	it('touches no file that is there, and says so', async () => {
		const {alice, peer} = await talk();
		const path = join(alice.home, 'there.txt');
		writeFileSync(path, 'mine');
		const refused = alice.next('command/refused');
		alice.engine.dispatch({
			type: 'export/write',
			what: peer,
			format: 'text',
			path,
			ref: 7,
		});
		expect(await refused).toMatchObject({
			ref: 7,
			error: {code: 'exportExists', details: {path}},
		});
		expect(readFileSync(path, 'utf8')).toBe('mine');
	});

	it('is refused where there is nothing to write, or only words', async () => {
		const alice = await compose('alice');
		const codeOf = async (
			what: PeerKey | 'all' | 'datagrams',
			format: ExportFormat,
		) => {
			const refused = alice.next('command/refused');
			const path = join(alice.home, 'x');
			alice.engine.dispatch({type: 'export/write', what, format, path});
			return (await refused).error.code;
		};

		expect(await codeOf('datagrams', 'csv')).toBe('nothingToExport');
		expect(await codeOf('all', 'text')).toBe('nothingToExport');
		expect(await codeOf('all', 'pcapng')).toBe('exportNeedsBytes');
		const bob = await compose('bob');
		alice.engine.dispatch({
			type: 'peer/dial',
			target: {kind: 'peer', host: loopback, port: bob.tcpPort},
		});
		const {peer} = await alice.until('peer/connected');
		expect(await codeOf(peer, 'pcapng')).toBe('exportNeedsBytes');
	});

	it.skipIf(missing !== undefined)(
		'as a capture has the payloads, ports and times of the conversation',
		async () => {
			const beganAt = Date.now() / 1000;
			const talked = await talk();
			await talked.leave();
			const {alice, port} = talked;
			const path = await write(talked, 'a.pcapng', 'pcapng');
			const packets = await readCapture(path, [
				'frame.time_epoch',
				'ip.src',
				'ip.dst',
				'tcp.srcport',
				'tcp.dstport',
				'tcp.payload',
				'tcp.checksum.status',
				'tcp.flags.fin',
				'frame.comment',
			]);
			const data = packets.filter(packet => packet['tcp.payload'] !== '');
			const said = (direction: 'in' | 'out') =>
				data
					.filter(
						packet =>
							(packet['tcp.srcport'] === String(port)) === (direction === 'in'),
					)
					.map(packet => Buffer.from(packet['tcp.payload'], 'hex').toString())
					.join('');
			expect(said('in')).toBe('one\ntwo\nthree\n');
			expect(said('out')).toBe('ok\n');
			for (const packet of packets) {
				const ports = [packet['tcp.srcport'], packet['tcp.dstport']];
				expect(ports.sort()).toEqual(
					[String(port), String(alice.tcpPort)].sort(),
				);
				expect([packet['ip.src'], packet['ip.dst']]).toEqual([
					loopback,
					loopback,
				]);
				expect(packet['tcp.checksum.status']).toBe('1');
				const at = Number(packet['frame.time_epoch']);
				expect(at).toBeGreaterThanOrEqual(Math.floor(beganAt));
				expect(at).toBeLessThanOrEqual(Date.now() / 1000);
			}

			expect(data[0]!['frame.comment']).toContain('frames (offset+bytes): 0+4');
			expect(
				packets.filter(packet => /1|True/.test(packet['tcp.flags.fin'])),
			).toHaveLength(2);
		},
	);

	it.skipIf(missing !== undefined)(
		'of datagrams has their payloads and ports',
		async () => {
			const alice = await compose('alice');
			const socket = createSocket('udp4');
			socket.bind(0, loopback);
			await once(socket, 'listening');
			const {port} = socket.address();
			for (const size of [0, 5, 60_000]) {
				socket.send(Buffer.alloc(size, 0x61), alice.udpPort, loopback);
			}

			await alice.untilTrue(() => alice.of('datagram/received').length === 3);
			alice.engine.dispatch({
				type: 'datagram/send',
				host: loopback,
				port,
				text: 'answer',
			});
			await once(socket, 'message');
			socket.close();
			await alice.until('datagram/sent');
			const path = await write(
				{alice} as Talk,
				'd.pcapng',
				'pcapng',
				'datagrams',
			);
			const packets = await readCapture(path, [
				'udp.srcport',
				'udp.dstport',
				'udp.length',
				'udp.payload',
				'udp.checksum.status',
			]);
			const ours = String(alice.udpPort);
			const theirs = String(port);
			expect(
				packets.map(packet => [
					packet['udp.srcport'],
					packet['udp.dstport'],
					Number(packet['udp.length']) - 8,
					packet['udp.checksum.status'],
				]),
			).toEqual([
				[theirs, ours, 0, '1'],
				[theirs, ours, 5, '1'],
				[theirs, ours, 60_000, '1'],
				[ours, theirs, 6, '1'],
			]);
			expect(packets[1]!['udp.payload']).toBe('6161616161');
		},
	);
});

describe('the log', () => {
	it('has everything from its start to its end', async () => {
		const alice = await compose('alice');
		const path = join(alice.home, 'all.log');
		const changed = alice.next('log/changed');
		alice.engine.dispatch({type: 'log/start', path});
		await changed;
		const client = connect(alice.tcpPort, loopback);
		client.on('error', () => undefined);
		await once(client, 'connect');
		client.write('hello ');
		const {peer} = await alice.until('peer/connected');
		client.write('there\nbye\n');
		await alice.untilTrue(
			() => alice.engine.getState().conversations.get(peer)!.received >= 2,
		);
		client.end('rest');
		await alice.until('peer/left');
		const ended = alice.next('log/changed');
		alice.engine.dispatch({type: 'log/stop'});
		await ended;
		const lines = readFileSync(path, 'utf8')
			.trimEnd()
			.split('\n')
			.map(line => line.split('\t').slice(1))
			.map(([direction, , text]) => `${direction} ${text}`);
		expect(lines.at(0)).toMatch(/^-- joined /);
		expect(lines.slice(1).join('\n')).toBe(
			['in hello there', 'in bye', 'in rest', '-- left'].join('\n'),
		);
		expect(statSync(path).mode & 0o777).toBe(0o600);
	});

	it('is whole when the engine ends', async () => {
		const alice = await compose('alice');
		const path = join(alice.home, 'all.log');
		alice.engine.dispatch({type: 'log/start', path});
		await alice.until('log/changed');
		const client = connect(alice.tcpPort, loopback);
		client.on('error', () => undefined);
		client.end('last words\n');
		await alice.until('peer/left');
		await alice.engine.close();
		expect(readFileSync(path, 'utf8')).toContain('\tlast words\n');
		await waitFor(() => client.destroyed, 'the client to end');
	});

	it('says where it cannot be', async () => {
		const alice = await compose('alice');
		const refused = alice.next('command/refused');
		alice.engine.dispatch({type: 'log/start', path: alice.home});
		expect((await refused).error).toMatchObject({
			code: 'logFailed',
			details: {what: 'EISDIR'},
		});
		expect(alice.engine.getState().log).toBeUndefined();
	});
});
