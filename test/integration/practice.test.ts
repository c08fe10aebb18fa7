import {readdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {afterAll, afterEach, beforeAll, expect, test, vi} from 'vitest';
import {strings} from '../../source/strings/index.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';
import {waitFor} from '../helpers/wait-for.js';
import {compose, outcomeOf, stopAll} from './composed.js';

// Of this file alone: other tests practise at the same time.
const temporary = createTemporaryFolder();

beforeAll(() => {
	vi.stubEnv('TMPDIR', temporary.path);
});

afterAll(() => {
	vi.unstubAllEnvs();
	temporary.remove();
});

afterEach(stopAll);

const practiceFolders = () =>
	readdirSync(tmpdir()).filter(name => name.startsWith('sockterm-practice-'));

test('the practice peer greets, echoes, offers, accepts and sends datagrams', async () => {
	const before = new Set(practiceFolders());
	const alice = await compose('alice');
	alice.engine.dispatch({type: 'practice/start', ref: 1});
	alice.engine.dispatch({type: 'practice/start', ref: 2});
	const {peer} = await alice.until('peer/connected');
	expect(alice.engine.getState().peers.get(peer)).toMatchObject({
		kind: 'peer',
		trust: 'UNVERIFIED',
	});
	const {greetings} = strings.practice;
	await alice.untilTrue(() => alice.heard().length >= greetings.length);
	expect(alice.heard().slice(0, greetings.length)).toEqual(greetings);

	alice.engine.dispatch({type: 'chat/send', conversation: peer, text: 'hi'});
	await alice.until(
		'chat/received',
		({text}) => text === strings.practice.echo('hi'),
	);

	const offer = await alice.until('transfer/offered');
	expect(offer.direction).toBe('in');
	alice.engine.dispatch({type: 'transfer/accept', transfer: offer.transfer});
	expect(await outcomeOf(alice, offer.transfer)).toEqual({
		kind: 'saved',
		saved: 1,
	});
	expect(alice.receivedNames()).toEqual([strings.practice.fileName]);

	const path = alice.write('mine.bin', 100_000);
	alice.engine.dispatch({type: 'transfer/offer', peer, paths: [path]});
	const mine = await alice.until(
		'transfer/offered',
		({direction}) => direction === 'out',
	);
	expect(await outcomeOf(alice, mine.transfer)).toEqual({
		kind: 'saved',
		saved: 1,
	});

	await alice.until('datagram/received');
	expect(alice.of('peer/connected')).toHaveLength(1);
	expect(alice.engine.getState().practice).toBe(true);

	await alice.engine.close();
	expect(practiceFolders().filter(name => !before.has(name))).toEqual([]);
});

test.each(['::1', '127.0.0.2'])(
	'the practice peer finds a console that listens on %s only',
	async host => {
		const alice = await compose('alice', {host});
		alice.engine.dispatch({type: 'practice/start'});
		await alice.until('peer/connected');
		await alice.until('datagram/received');
	},
);

test('without a TCP port, practising says that one is missing', async () => {
	const alice = await compose('alice');
	for (const {id, kind} of alice.engine.getState().listeners.values()) {
		if (kind === 'tcp') {
			alice.engine.dispatch({type: 'listener/close', listener: id});
		}
	}

	await alice.until('listener/closed');
	alice.engine.dispatch({type: 'practice/start', ref: 1});
	const {error} = await alice.until('command/refused');
	expect(error.code).toBe('tcpNotListening');
});

test('who leaves while it starts leaves nothing behind', async () => {
	const before = new Set(practiceFolders());
	const alice = await compose('alice');
	alice.engine.dispatch({type: 'practice/start'});
	await waitFor(
		() => practiceFolders().some(name => !before.has(name)),
		'the folder',
	);
	await alice.engine.close();
	expect(practiceFolders().filter(name => !before.has(name))).toEqual([]);
});
