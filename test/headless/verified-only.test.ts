/** `receive` and `listen` with `--accept verified`: what verified peers may send, and nothing else. */
import {describe, expect, test} from 'vitest';
import {createListenVerb} from '../../source/headless/listen.js';
import {createReceiveVerb} from '../../source/headless/receive.js';
import {createSendVerb} from '../../source/headless/send.js';
import type {Verb} from '../../source/headless/verb.js';
import {
	createWorld,
	peerIdOf,
	type World,
} from '../helpers/engine-under-test.js';
import {createMemoryTrust} from '../engine/trust/trust-helpers.js';
import {run} from './run.js';

const caps = {bytes: 1_000, entries: 1, dayBytes: 10_000};
const commands = [{type: 'listener/open', kind: 'tcp', port: 0}] as const;

/** One who knows bob, and what others send to it. */
async function startReceiving(world: World, verb: Verb) {
	const receiver = world.engine('receiver', {
		unasked: caps,
		trust: createMemoryTrust({
			pins: [{peerId: peerIdOf('bob'), petname: 'bob', addedAt: 1}],
			blockedKeys: [],
			blockedAddresses: [],
		}),
	});
	const running = run(verb, receiver);
	const {host, port} = await receiver.until('listener/bound');
	const send = (key: string, sizes: Readonly<Record<string, number>>) => {
		const sender = world.engine(key, {role: 'script'});
		for (const [path, size] of Object.entries(sizes))
			sender.files.put(path, new Uint8Array(size));
		const paths = Object.keys(sizes);
		return run(createSendVerb({paths, to: [{host, port}]}), sender);
	};

	return {...running, receiver, send};
}

describe('receive', () => {
	test('declines everybody else and waits on, until a verified peer has sent', async () => {
		const receiving = await startReceiving(
			createWorld(),
			createReceiveVerb({commands, keep: false, verifiedOnly: true}),
		);
		expect(await receiving.send('mallory', {'a.txt': 1}).code).toBe(3);
		expect(receiving.stderr()).toContain(
			'The offer of mallory was declined: it is UNVERIFIED',
		);
		expect(await receiving.send('bob', {'big.txt': 1_001}).code).toBe(3);
		expect(receiving.stderr()).toMatch(/1 kB is more than the 1 kB/);
		expect(await receiving.send('bob', {'.bashrc': 1}).code).toBe(3);
		expect([...receiving.receiver.folder.saved.keys()]).toEqual([]);
		expect(await receiving.send('bob', {'b.txt': 1}).code).toBe(0);
		expect(await receiving.code).toBe(0);
		expect([...receiving.receiver.folder.saved.keys()]).toEqual(['b.txt']);
	});

	test('ends with 4 where it has itself connected to somebody else', async () => {
		const world = createWorld();
		const mallory = world.engine('mallory');
		await mallory.listen();
		mallory.files.put('a.txt', new Uint8Array(1));
		const receiver = world.engine('receiver', {unasked: caps});
		const {host, port} = mallory;
		const {code, stderr} = run(
			createReceiveVerb({
				commands: [{type: 'peer/dial', target: {kind: 'peer', host, port}}],
				keep: false,
				verifiedOnly: true,
			}),
			receiver,
		);
		const {peer} = await mallory.until('peer/connected');
		mallory.dispatch({type: 'transfer/offer', peer, paths: ['a.txt']});
		expect(await code).toBe(4);
		expect(stderr()).toContain('only what verified peers send is taken');
		expect(receiver.of('transfer/accepted')).toEqual([]);
	});
});

test('listen takes from verified peers alone, and goes on', async () => {
	const listening = await startReceiving(
		createWorld(),
		createListenVerb({commands, accept: 'verified'}),
	);
	expect(await listening.send('mallory', {'a.txt': 1}).code).toBe(3);
	expect(await listening.send('bob', {'b.txt': 1}).code).toBe(0);
	expect([...listening.receiver.folder.saved.keys()]).toEqual(['b.txt']);
	expect(listening.stderr()).toContain('mallory');
	listening.interrupt();
	await listening.code;
});
