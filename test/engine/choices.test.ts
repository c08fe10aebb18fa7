/** What may be chosen otherwise while the engine runs: from when on it counts, and for whom. */
import {connectRaw} from './speaker.js';
import {expect, test} from 'vitest';

import {
	createPair,
	createWorld,
	type EngineUnderTest,
} from '../helpers/engine-under-test.js';
import {
	accept,
	bothFinished,
	bytesOf,
	offer,
} from './transfers/transfer-helpers.js';

async function choose(
	engine: EngineUnderTest,
	choice: object,
): Promise<string | undefined> {
	const ref =
		1 + engine.of('command/done').length + engine.of('command/refused').length;
	engine.dispatch({type: 'self/choose', ...choice, ref});
	await engine.untilTrue(
		() =>
			engine.of('command/done').some(each => each.ref === ref) ||
			engine.of('command/refused').some(each => each.ref === ref),
	);
	return engine.of('command/refused').find(each => each.ref === ref)?.error
		.code;
}

test('the next offer goes into the folder that was chosen; the one before stays where it was shown', async () => {
	const pair = await createPair();
	const {bob} = pair;
	bob.engine.start();
	const before = await offer(pair, {a: bytesOf(5)});
	expect(await choose(bob, {receiveFolder: '/elsewhere'})).toBeUndefined();
	expect(bob.engine.getState().self.receiveFolder).toBe('/elsewhere');
	expect(bob.engine.getState().transfers.get(before)?.folder).toBe('/bob');
	accept(bob, before);
	expect((await bothFinished(pair, before))[1].kind).toBe('saved');
	expect([...bob.folder.saved.keys()]).toEqual(['a']);
	expect(bob.engine.getState().transfers.get(before)?.folder).toBe('/bob');

	const after = await offer(pair, {b: bytesOf(6)});
	accept(bob, after);
	expect((await bothFinished(pair, after))[1].kind).toBe('saved');
	expect([...bob.openFolder('/elsewhere').saved.keys()]).toEqual(['b']);
	expect([...bob.folder.saved.keys()]).toEqual(['a']);
});

test('a folder that cannot be written is refused, and nothing has changed', async () => {
	const {bob} = await createPair();
	bob.engine.start();
	bob.openFolder('/elsewhere').free = 'receiveFolderUnwritable';
	expect(await choose(bob, {receiveFolder: '/elsewhere', noPlain: true})).toBe(
		'receiveFolderUnwritable',
	);
	expect(bob.engine.getState().self.receiveFolder).toBe('/bob');
});

test('of two folders the last one holds, and back again is possible', async () => {
	const {bob} = await createPair();
	bob.engine.start();
	bob.dispatch({type: 'self/choose', receiveFolder: '/one'});
	await choose(bob, {receiveFolder: '/two'});
	expect(bob.engine.getState().self.receiveFolder).toBe('/two');
	await choose(bob, {receiveFolder: '/bob'});
	expect(bob.engine.getState().self.receiveFolder).toBe('/bob');
});

test('bytes that are not UTF-8 are read as was chosen; an unknown encoding is refused', async () => {
	const world = createWorld();
	const alice = world.engine('alice');
	await alice.listen();
	expect(await choose(alice, {fallbackEncoding: 'klingon'})).toBe(
		'encodingUnknown',
	);
	expect(await choose(alice, {fallbackEncoding: 'Big5'})).toBeUndefined();
	const {connection} = await connectRaw(world, alice);
	connection.write(new Uint8Array([0xa4, 0xa4, 0xa4, 0xe5, 0x0a]));
	await alice.untilSaid(({text}) => text.startsWith('中文'));
});

test('plain connections and those that are not verified are sent away from then on', async () => {
	const world = createWorld();
	const alice = world.engine('alice');
	await alice.listen();
	const first = await connectRaw(world, alice);
	await choose(alice, {noPlain: true, requireVerified: true});
	const second = await connectRaw(world, alice);
	for (const {connection} of [first, second]) {
		connection.write(new TextEncoder().encode('hello\n'));
	}

	await second.recorder.saw('ended');
	expect(second.recorder.text()).toBe('plainRefused\r\n');
	const mallory = world.engine('mallory');
	const dial = () => {
		mallory.dispatch({
			type: 'peer/dial',
			target: {kind: 'peer', host: alice.host, port: alice.port},
		});
	};

	dial();
	await alice.until('peer/refused', ({error}) => error.code === 'notVerified');
	await choose(alice, {noPlain: false, requireVerified: false});
	dial();
	await alice.until('peer/connected', ({trust}) => trust === 'UNVERIFIED');
});
