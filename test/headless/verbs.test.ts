import {describe, expect, test} from 'vitest';
import {createSayVerb} from '../../source/headless/say.js';
import {createSendVerb} from '../../source/headless/send.js';
import {encodeText} from '../../source/protocol/text-decoding.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {createWorld, type World} from '../helpers/engine-under-test.js';
import {run, textsOf} from './run.js';

const nowhere = {host: '10.0.0.1', port: 1};

async function withReceiver(
	accepts: 'accept' | 'decline' | 'neither' = 'neither',
) {
	const world = createWorld();
	const script = world.engine('script', {role: 'script'});
	const bob = world.engine('bob');
	await bob.listen();
	bob.engine.on(event => {
		if (event.type !== 'transfer/offered' || accepts === 'neither') return;
		bob.dispatch({type: `transfer/${accepts}`, transfer: event.transfer});
	});
	const {host, port} = bob;
	return {world, script, bob, host, port};
}

/** A plain server that keeps what it gets. */
async function listenRaw(world: World) {
	const heard = Promise.withResolvers<ConnectionRecorder>();
	const {address} = await world.network('server').listenTcp(
		{port: 0},
		{
			incoming(incoming) {
				incoming.start({
					classified({connection}) {
						const recorder = new ConnectionRecorder(connection);
						heard.resolve(recorder);
						void recorder.saw('ended').then(() => {
							connection.end();
						});
					},
					closed: () => undefined,
				});
				incoming.claimAsRaw();
			},
			refused: () => undefined,
			failed: () => undefined,
		},
	);
	return {...address, heard: heard.promise};
}

describe('send', () => {
	test('exits 0 after the other side has saved everything', async () => {
		const {script, bob, host, port} = await withReceiver('accept');
		script.files.put('a.txt', new Uint8Array(1_000));
		script.files.put('b.txt', new Uint8Array(10));
		const verb = createSendVerb({
			paths: ['a.txt', 'b.txt'],
			to: [{host, port}],
		});
		const {code, stdout, stderr} = run(verb, script);
		expect(await code).toBe(0);
		expect([...bob.folder.saved.keys()]).toEqual(['a.txt', 'b.txt']);
		expect(stdout().split('\n')).toHaveLength(3);
		expect(stdout()).toContain('a.txt');
		expect(stderr()).not.toBe('');
	});

	test('says its events as NDJSON, and nothing else', async () => {
		const {script, host, port} = await withReceiver('accept');
		script.files.put('a.txt', new Uint8Array(1_000));
		const verb = createSendVerb({paths: ['a.txt'], to: [{host, port}]});
		const {code, types, stderr} = run(verb, script, {json: true});
		expect(await code).toBe(0);
		expect(types()).toContain('transfer/entrySaved');
		expect(types().filter(type => type === 'transfer/finished')).toHaveLength(
			1,
		);
		expect(stderr()).toBe('');
	});

	test('to two peers at once, each of which has everything then', async () => {
		const {world, script, bob, host, port} = await withReceiver('accept');
		const carol = world.engine('carol');
		await carol.listen();
		carol.engine.on(event => {
			if (event.type !== 'transfer/offered') return;
			carol.dispatch({type: 'transfer/accept', transfer: event.transfer});
		});
		script.files.put('a.txt', new Uint8Array(1_000));
		const to = [{host, port}, carol];
		const {code, stdout} = run(createSendVerb({paths: ['a.txt'], to}), script);
		expect(await code).toBe(0);
		for (const {folder} of [bob, carol]) {
			expect([...folder.saved.keys()]).toEqual(['a.txt']);
		}

		expect(stdout().split('\n').slice(0, -1).sort()).toEqual([
			expect.stringMatching(/^bob: Delivered a\.txt/),
			expect.stringMatching(/^carol: Delivered a\.txt/),
		]);
	});

	test('exits 3 where it is declined', async () => {
		const {script, host, port} = await withReceiver('decline');
		script.files.put('a.txt', new Uint8Array(1));
		const {code, stderr} = run(
			createSendVerb({paths: ['a.txt'], to: [{host, port}]}),
			script,
		);
		expect(await code).toBe(3);
		expect(stderr()).toContain('bob');
	});

	test('exits 1 where the file is missing, and offers nothing', async () => {
		const {script, bob, host, port} = await withReceiver('accept');
		const {code} = run(
			createSendVerb({paths: ['none'], to: [{host, port}]}),
			script,
		);
		expect(await code).toBe(1);
		expect(bob.of('transfer/offered')).toEqual([]);
	});

	test('exits 1 where nobody answers, without trying again', async () => {
		const world = createWorld();
		const script = world.engine('script', {role: 'script'});
		const verb = createSendVerb({paths: ['a'], to: [nowhere]});
		const {code, stderr} = run(verb, script);
		expect(await code).toBe(1);
		expect(stderr()).not.toBe('');
		expect(world.clock.pending()).toBe(0);
	});

	test('exits 1 where the entry fails over there', async () => {
		const {script, bob, host, port} = await withReceiver('accept');
		bob.folder.failWrites('a.txt', 'diskFull');
		script.files.put('a.txt', new Uint8Array(1_000));
		const verb = createSendVerb({paths: ['a.txt'], to: [{host, port}]});
		const {code, stderr} = run(verb, script);
		expect(await code).toBe(1);
		expect(stderr()).toContain('its disk is full');
	});

	test('exits 3 where one of several is refused by its name', async () => {
		const {script, bob, host, port} = await withReceiver('accept');
		script.files.put('/x/..', new Uint8Array(1));
		script.files.put('/x/b', new Uint8Array(1));
		const verb = createSendVerb({paths: ['/x/..', '/x/b'], to: [{host, port}]});
		expect(await run(verb, script).code).toBe(3);
		expect([...bob.folder.saved.keys()]).toEqual(['b']);
	});

	test('exits 1 where the connection is cut', async () => {
		const {world, script, bob, host, port} = await withReceiver();
		script.files.put('a.txt', new Uint8Array(1_000));
		const {code} = run(
			createSendVerb({paths: ['a.txt'], to: [{host, port}]}),
			script,
		);
		await bob.until('transfer/offered');
		world.hub.cut();
		expect(await code).toBe(1);
	});

	test('exits 130 when it is interrupted, and takes the offer back', async () => {
		const {script, bob, host, port} = await withReceiver();
		script.files.put('a.txt', new Uint8Array(1_000));
		const verb = createSendVerb({paths: ['a.txt'], to: [{host, port}]});
		const {code, interrupt} = run(verb, script);
		await bob.until('transfer/offered');
		interrupt();
		expect(await code).toBe(130);
		expect((await bob.until('transfer/finished')).outcome).toEqual({
			kind: 'cancelled',
			by: 'peer',
		});
	});

	test('declines what it is offered itself', async () => {
		const {script, bob, host, port} = await withReceiver('accept');
		script.files.put('a.txt', new Uint8Array(1_000));
		bob.files.put('b.txt', new Uint8Array(1));
		bob.engine.on(event => {
			if (event.type !== 'peer/connected') return;
			bob.dispatch({
				type: 'transfer/offer',
				peer: event.peer,
				paths: ['b.txt'],
			});
		});
		const verb = createSendVerb({paths: ['a.txt'], to: [{host, port}]});
		expect(await run(verb, script).code).toBe(0);
		const outcomes = await Promise.all(
			(['in', 'out'] as const).map(async direction => {
				const offer = await bob.until(
					'transfer/offered',
					event => event.direction === direction,
				);
				const {outcome} = await bob.until(
					'transfer/finished',
					({transfer}) => transfer === offer.transfer,
				);
				return outcome.kind;
			}),
		);
		expect(outcomes).toEqual(['saved', 'declined']);
	});
});

describe('say', () => {
	test('to a peer exits 0 after the acknowledgements', async () => {
		const {script, bob, host, port} = await withReceiver();
		const verb = createSayVerb({
			target: {kind: 'peer', host, port},
			texts: textsOf('one', 'two', '三'),
		});
		expect(await run(verb, script).code).toBe(0);
		expect(bob.heard()).toEqual(['one', 'two', '三']);
	});

	test('a long input waits for its reader', async () => {
		const {world, script, bob, host, port} = await withReceiver();
		const lines = Array.from({length: 3_000}, (_, index) => `line ${index}`);
		const verb = createSayVerb({
			target: {kind: 'peer', host, port},
			texts: textsOf(...lines),
		});
		const {code} = run(verb, script);
		// Its reader looks at 1,000 a second of somebody who is not verified.
		while (bob.heard().length < lines.length) await world.pass(100);
		expect(await code).toBe(0);
		expect(bob.heard()).toEqual(lines);
	});

	test('nothing at all is done at once', async () => {
		const {script, host, port} = await withReceiver();
		const verb = createSayVerb({
			target: {kind: 'peer', host, port},
			texts: textsOf(),
		});
		expect(await run(verb, script).code).toBe(0);
	});

	test('to a plain server, in its encoding, exits 0 after the flush', async () => {
		const world = createWorld();
		const script = world.engine('script', {role: 'script'});
		const {host, port, heard} = await listenRaw(world);
		const verb = createSayVerb({
			target: {kind: 'raw', host, port},
			texts: textsOf('你好'),
			encoding: 'gbk',
		});
		expect(await run(verb, script).code).toBe(0);
		expect((await heard).bytes()).toEqual(
			new Uint8Array(encodeText('你好\n', 'gbk')),
		);
	});

	test('as datagrams', async () => {
		const world = createWorld();
		const script = world.engine('script', {role: 'script'});
		const bob = world.engine('bob');
		bob.dispatch({type: 'listener/open', kind: 'udp', port: 0});
		const {host, port} = await bob.until('listener/bound');
		const verb = createSayVerb({
			target: {kind: 'udp', host, port},
			texts: textsOf('one', 'two'),
		});
		expect(await run(verb, script).code).toBe(0);
		await bob.untilTrue(() => bob.of('datagram/received').length === 2);
	});

	test.each([
		['to nobody', 'peer', 'x', undefined],
		['to no plain server', 'raw', 'x', undefined],
		['in an encoding that is none', 'udp', 'x', 'klingon'],
		['what the encoding does not have', 'udp', '\u{1f600}', 'gbk'],
	] as const)('%s exits 1', async (_, kind, text, encoding) => {
		const world = createWorld();
		const script = world.engine('script', {role: 'script'});
		const verb = createSayVerb({
			target: {kind, ...nowhere},
			texts: textsOf(text),
			...(encoding ? {encoding} : {}),
		});
		const {code, stderr} = run(verb, script);
		expect(await code).toBe(1);
		expect(stderr()).not.toBe('');
	});

	test('something too long exits 1', async () => {
		const {script, host, port} = await withReceiver();
		const verb = createSayVerb({
			target: {kind: 'peer', host, port},
			texts: textsOf('x'.repeat(20_000)),
		});
		expect(await run(verb, script).code).toBe(1);
	});

	test('what cannot be read from stdin exits 1', async () => {
		const {script, host, port} = await withReceiver();
		const verb = createSayVerb({
			target: {kind: 'peer', host, port},
			texts: (async function* () {
				yield 'one';
				throw new Error('EIO');
			})(),
		});
		expect(await run(verb, script).code).toBe(1);
	});
});
