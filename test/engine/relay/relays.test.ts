import {describe, expect, test} from 'vitest';
import {
	noImpairment,
	type Command,
	type Row,
} from '../../../source/engine/index.js';
import {ConnectionRecorder} from '../../helpers/connection-recorder.js';
import {createWorld, type World} from '../../helpers/engine-under-test.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A server somewhere else; `accepted` gives its end of the next connection. */
async function serve(world: World) {
	const network = world.network('server');
	const waiting: Array<(recorder: ConnectionRecorder) => void> = [];
	const {address} = await network.listenTcp(
		{port: 0, classify: 'raw'},
		{
			incoming(incoming) {
				incoming.start({
					classified({connection}) {
						waiting.shift()?.(new ConnectionRecorder(connection));
					},
					closed: () => undefined,
				});
				incoming.claimAsRaw();
			},
			refused: () => undefined,
			failed: () => undefined,
		},
	);
	return {
		address,
		accepted: async () =>
			new Promise<ConnectionRecorder>(resolve => {
				waiting.push(resolve);
			}),
	};
}

/** A relay of alice's in front of a server. */
async function relaying(
	more: Partial<Extract<Command, {type: 'listener/open'}>> = {},
) {
	const world = createWorld();
	const alice = world.engine('alice');
	const server = await serve(world);
	alice.dispatch({
		type: 'listener/open',
		kind: 'tcp',
		port: 0,
		purpose: {kind: 'relay', target: {kind: 'raw', ...server.address}},
		...more,
	});
	const {port} = await alice.until('listener/bound');
	const dialler = world.network('client');
	const connect = async () =>
		new ConnectionRecorder(
			await dialler.dial(
				{host: alice.host, port},
				'raw',
				new AbortController().signal,
			),
		);
	return {world, alice, server, connect};
}

/** A client that is joined to the server through the relay. */
async function joined(...options: Parameters<typeof relaying>) {
	const all = await relaying(...options);
	const accepted = all.server.accepted();
	const connected = all.alice.next('peer/connected');
	const client = await all.connect();
	const there = await accepted;
	const {peer} = await connected;
	const rows = (): Row[] =>
		all.alice.engine.getState().conversations.get(peer)!.rows.slice(0);
	return {...all, client, there, peer, rows};
}

const inject = (peer: string, towards: 'client' | 'server', line: string) =>
	({
		type: 'relay/inject',
		peer: peer as never,
		towards,
		line,
		notation: 'escapes',
	}) as const;

describe('a relayed connection', () => {
	test('is one row: what the client says comes in, what the server says goes out', async () => {
		const {alice, client, there, server, peer, rows} = await joined();
		client.connection.write(utf8('one\ntwo\n'));
		await there.until(({receivedBytes}) => receivedBytes === 8);
		there.connection.write(utf8('answer'));
		await client.until(({receivedBytes}) => receivedBytes === 6);
		expect(alice.of('peer/connected')).toMatchObject([
			{kind: 'raw', trust: 'PLAIN', relay: {server: server.address}},
		]);
		expect(alice.engine.getState().peers.get(peer)?.relayedTo).toEqual(
			server.address,
		);
		expect(
			rows().flatMap(row =>
				row.kind === 'frame' || row.kind === 'written'
					? [[row.kind, text(row.bytes)]]
					: [],
			),
		).toEqual([
			['frame', 'one\n'],
			['frame', 'two\n'],
			['written', 'answer'],
		]);
	});

	test('begins where the server speaks first', async () => {
		const {client, there} = await joined();
		there.connection.write(utf8('220 ready\r\n'));
		await client.saw('data');
		expect(client.text()).toBe('220 ready\r\n');
	});

	test('passes on ends, and leaves', async () => {
		const {alice, client, there} = await joined();
		client.connection.write(utf8('x'));
		client.connection.end();
		await there.saw('ended');
		there.connection.write(utf8('y'));
		there.connection.end();
		await client.saw('closed');
		expect(client.text()).toBe('y');
		expect(await alice.until('peer/left')).not.toHaveProperty('error');
	});

	test('is broken off at one end as at the other', async () => {
		const {alice, client, there} = await joined();
		there.connection.reset();
		await client.saw('closed');
		expect(client.closes[0]?.code).toBe('connectionReset');
		expect((await alice.until('peer/left')).error?.code).toBe(
			'connectionReset',
		);
	});

	test('whose server is not there is told, and the client sees it', async () => {
		const {world, alice, connect} = await relaying();
		world.hub.refuseDials('connectionRefused');
		// The client of the relay still gets through to it.
		const refused = alice.next('peer/left');
		const dials = world.hub.dials.length;
		world.hub.onDial = () => {
			const isRelays = world.hub.dials.length > dials + 1;
			world.hub.refuseDials(isRelays ? 'connectionRefused' : undefined);
		};

		const client = await connect();
		expect((await refused).error?.code).toBe('connectionRefused');
		await client.saw('closed');
		expect(client.closes[0]?.code).toBe('connectionReset');
		expect(world.hub.openConnections()).toBe(0);
	});

	test('is closed with /disconnect, both ends', async () => {
		const {alice, client, there, peer} = await joined();
		alice.dispatch({type: 'peer/disconnect', peer});
		await Promise.all([client.saw('ended'), there.saw('ended')]);
	});

	test('that nothing moves on is given up', async () => {
		const {world, alice, client, there} = await joined({idleMs: 5_000});
		for (let times = 0; times < 3; times++) {
			there.connection.write(utf8('x'));
			await world.pass(4_000);
		}

		expect(alice.of('peer/left')).toEqual([]);
		expect(client.receivedBytes).toBe(3);
		await world.pass(10_000, 1_000);
		expect((await alice.until('peer/left')).error?.code).toBe('idleTimeout');
	});

	test('has the framing of its listener, and another one later', async () => {
		const {world, alice, client, there, peer, rows} = await joined({
			framing: {kind: 'fixed', bytes: 2},
		});
		const frames = () =>
			rows().flatMap(row => (row.kind === 'frame' ? [text(row.bytes)] : []));
		client.connection.write(utf8('abcd\n'));
		await there.saw('data');
		expect(frames()).toEqual(['ab', 'cd']);
		alice.dispatch({
			type: 'stream/setFraming',
			peer,
			framing: {kind: 'lines', ending: 'any'},
		});
		await world.settle();
		expect(frames()).toEqual(['abcd\n']);
	});
});

describe('in between', () => {
	test('injects into either side', async () => {
		const {alice, client, there, peer, rows} = await joined();
		alice.dispatch(inject(peer, 'client', 'to the client\\r\\n'));
		alice.dispatch(inject(peer, 'server', '\\x00\\xff'));
		await Promise.all([client.saw('data'), there.saw('data')]);
		expect(client.text()).toBe('to the client\r\n');
		expect(there.bytes()).toEqual(Uint8Array.of(0, 255));
		expect(rows()).toContainEqual(
			expect.objectContaining({kind: 'written', note: 'injected'}),
		);
		expect(rows()).toContainEqual(
			expect.objectContaining({
				kind: 'note',
				text: expect.stringContaining('injected ⇢') as string,
			}),
		);
	});

	test('what is typed in the row goes to the client', async () => {
		const {alice, client, peer} = await joined();
		alice.dispatch({type: 'chat/send', conversation: peer, text: 'hi'});
		await alice.until('chat/delivered');
		await client.saw('data');
		expect(client.text()).toBe('hi\n');
	});

	test('rules see what the client says', async () => {
		const {alice, client, there} = await joined();
		alice.dispatch({
			type: 'rule/add',
			rule: {
				match: {kind: 'contains', text: 'PING'},
				action: {kind: 'answer', line: 'PONG\\n', notation: 'escapes'},
				dryRun: false,
			},
		});
		client.connection.write(utf8('PING\n'));
		await client.saw('data');
		expect(client.text()).toBe('PONG\n');
		await there.saw('data');
	});

	test('delays one direction and not the other, and says so', async () => {
		const {world, alice, client, there, peer} = await joined();
		const impairment = {...noImpairment, delayMs: 1_000};
		alice.dispatch({type: 'relay/impair', peer, towards: 'server', impairment});
		await alice.until('relay/impaired');
		const {impairments} = alice.engine.getState();
		expect(impairments.get(peer)).toEqual({
			client: noImpairment,
			server: impairment,
		});
		client.connection.write(utf8('slow'));
		there.connection.write(utf8('quick'));
		await world.settle();
		expect(client.text()).toBe('quick');
		expect(there.has('data')).toBe(false);
		await world.pass(999);
		expect(there.has('data')).toBe(false);
		await world.pass(1);
		expect(there.text()).toBe('slow');
	});

	test('drops everything until it is switched off', async () => {
		const {world, alice, client, there, peer} = await joined();
		const lost = {...noImpairment, dropChance: 5};
		alice.dispatch({type: 'relay/impair', peer, impairment: lost});
		await alice.untilTrue(() => alice.of('relay/impaired').length === 2);
		expect(alice.of('relay/impaired')[0]?.impairment.dropChance).toBe(1);
		client.connection.write(utf8('a'));
		there.connection.write(utf8('b'));
		await world.settle();
		alice.dispatch({type: 'relay/impair', peer, impairment: noImpairment});
		await world.settle();
		client.connection.write(utf8('c'));
		there.connection.write(utf8('d'));
		await world.settle();
		expect([client.text(), there.text()]).toEqual(['d', 'c']);
	});

	test('half-close and reset do what they say', async () => {
		const {alice, client, there, peer} = await joined();
		alice.dispatch({type: 'relay/halfClose', peer, towards: 'server'});
		await there.saw('ended');
		there.connection.write(utf8('still here'));
		await client.saw('data');
		alice.dispatch({type: 'relay/reset', peer});
		await Promise.all([client.saw('closed'), there.saw('closed')]);
		await alice.until('peer/left');
		alice.dispatch({type: 'relay/reset', peer, ref: 3});
		expect((await alice.until('command/refused')).error.blame).toBe('user');
	});

	test('nothing of it is done to what is no relay', async () => {
		const {world, alice} = await relaying();
		alice.dispatch({type: 'listener/open', kind: 'tcp', port: 0});
		const {port} = await alice.until(
			'listener/bound',
			({options}) => options?.purpose === undefined,
		);
		const network = world.network('other');
		const client = new ConnectionRecorder(
			await network.dial(
				{host: alice.host, port},
				'raw',
				new AbortController().signal,
			),
		);
		client.connection.write(utf8('x\n'));
		const {peer} = await alice.until('peer/connected');
		alice.dispatch({...inject(peer, 'client', 'x'), ref: 4});
		expect((await alice.until('command/refused')).error.code).toBe(
			'notRelayed',
		);
	});
});
