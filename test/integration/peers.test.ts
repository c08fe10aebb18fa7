import {
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {
	compose,
	meet,
	offerFile,
	openProxy,
	outcomeOf,
	sameFile,
	stopAll,
	type Composed,
} from './composed.js';

afterEach(stopAll);

const MiB = 1024 * 1024;

/** In the middle of a transfer that is held up there. */
async function inTheMiddle() {
	const [alice, bob] = await Promise.all([compose('alice'), compose('bob')]);
	const proxy = await openProxy(bob.tcpPort, 8 * MiB);
	const {there} = await meet(alice, bob, proxy.port);
	const path = alice.write('big.bin', 64 * MiB);
	const id = await offerFile(alice, bob, there, path);
	bob.engine.dispatch({type: 'transfer/accept', transfer: id});
	await bob.until('transfer/progressed');
	return {alice, bob, proxy, id, there};
}

/** What is left of broken transfers, once the disk is done with them. */
async function untilPartials(side: Composed) {
	for (;;) {
		const listed = side.next('transfer/partialsListed');
		side.engine.dispatch({type: 'transfer/listPartials'});
		const {partials} = await listed;
		if (partials.length > 0) return partials;
	}
}

async function pair() {
	const [alice, bob] = await Promise.all([compose('alice'), compose('bob')]);
	const {there, back} = await meet(alice, bob);
	return {alice, bob, bobKey: there, aliceKey: back};
}

describe('two consoles', () => {
	test('talk, and see each other leave', async () => {
		const {alice, bob, bobKey, aliceKey} = await pair();
		alice.engine.dispatch({
			type: 'chat/send',
			conversation: bobKey,
			text: 'hello 你好',
		});
		expect((await bob.until('chat/received')).text).toBe('hello 你好');
		await alice.until('chat/delivered');
		bob.engine.dispatch({type: 'chat/send', conversation: 'all', text: 'back'});
		await alice.until('chat/received', ({text}) => text === 'back');
		await bob.stop();
		// A goodbye, not a cut: nobody dials again.
		expect(await alice.until('peer/left')).not.toHaveProperty('error');
		expect(alice.of('peer/waiting')).toEqual([]);
		expect(aliceKey).toMatch(/^peer:/);
	});

	test('are known by their key, which stays in the state folder', async () => {
		const {alice, bob, bobKey} = await pair();
		const {peerId} = alice.engine.getState().peers.get(bobKey)!;
		expect(bob.engine.getState().self.peerId).toBe(peerId);
		await bob.engine.close();
		await alice.until('peer/left');
		const stateFolder = join(bob.home, 'state');
		const again = await compose('bob again', {stateFolder});
		expect((await meet(again, alice)).back).toBe(bobKey);
		expect(alice.engine.getState().peers.get(bobKey)?.name).toBe('bob again');
	});

	test('find each other again after a cut, and nothing is lost or doubled', async () => {
		const [alice, bob] = await Promise.all([compose('alice'), compose('bob')]);
		const proxy = await openProxy(bob.tcpPort);
		const {there} = await meet(alice, bob, proxy.port);
		const say = (text: string) => {
			alice.engine.dispatch({type: 'chat/send', conversation: there, text});
		};

		say('before');
		await alice.until('chat/delivered');
		say('on the way');
		proxy.cut();
		await alice.until('peer/waiting');
		say('meanwhile');
		alice.engine.dispatch({type: 'peer/reconnect', peer: there});
		await alice.untilTrue(() => alice.of('chat/delivered').length === 3);
		expect(bob.heard()).toEqual(['before', 'on the way', 'meanwhile']);
	});

	test('that dial each other at once have one session', async () => {
		const [alice, bob] = await Promise.all([compose('alice'), compose('bob')]);
		for (const [from, to] of [
			[alice, bob],
			[bob, alice],
		] as const) {
			from.engine.dispatch({
				type: 'peer/dial',
				target: {kind: 'peer', host: '127.0.0.1', port: to.tcpPort},
			});
		}

		await Promise.all([
			alice.until('peer/connected'),
			bob.until('peer/connected'),
		]);
		for (const side of [alice, bob]) {
			await side.untilTrue(() => {
				const peers = side.engine.getState().peers.values();
				return peers.length === 1 && peers[0]?.lifecycle.phase === 'ready';
			});
			side.engine.dispatch({
				type: 'chat/send',
				conversation: 'all',
				text: 'once',
			});
		}

		for (const side of [alice, bob]) {
			await side.until('chat/delivered');
			await side.until('chat/received');
			expect(side.heard()).toEqual(['once']);
		}
	});
});

describe('files', () => {
	test('both ways at once while people talk, whole and in their place', async () => {
		const {alice, bob, bobKey, aliceKey} = await pair();
		const forth = alice.write('forth.bin', 20 * MiB);
		const back = bob.write('返.bin', 20 * MiB);
		const first = await offerFile(alice, bob, bobKey, forth);
		const second = await offerFile(bob, alice, aliceKey, back);
		bob.engine.dispatch({type: 'transfer/accept', transfer: first});
		alice.engine.dispatch({type: 'transfer/accept', transfer: second});
		for (let round = 0; round < 20; round++) {
			const text = `round ${round}`;
			alice.engine.dispatch({type: 'chat/send', conversation: bobKey, text});
			await bob.until('chat/received', event => event.text === text);
		}

		for (const side of [alice, bob]) {
			for (const id of [first, second]) {
				expect(await outcomeOf(side, id)).toEqual({kind: 'saved', saved: 1});
			}
		}

		expect(sameFile(forth, join(bob.received, 'forth.bin'))).toBe(true);
		expect(sameFile(back, join(alice.received, '返.bin'))).toBe(true);
		expect(bob.receivedNames()).toEqual(['forth.bin']);
		const digests = [alice, bob].map(
			side =>
				side.of('transfer/entrySaved').find(({transfer}) => transfer === first)
					?.digest,
		);
		expect(digests[0]).toMatch(/^[\da-f]{64}$/);
		expect(digests[1]).toBe(digests[0]);
	});

	test('get the next free name, and nothing is overwritten', async () => {
		const {alice, bob, bobKey} = await pair();
		for (let round = 0; round < 2; round++) {
			const path = alice.write('a.txt', 1_000);
			const id = await offerFile(alice, bob, bobKey, path);
			bob.engine.dispatch({type: 'transfer/accept', transfer: id});
			await outcomeOf(alice, id);
		}

		expect(bob.receivedNames()).toEqual(['a (1).txt', 'a.txt']);
	});

	test('cancelled in the middle have no name, and go on when they are sent again', async () => {
		const {alice, bob, proxy, id, there} = await inTheMiddle();
		bob.engine.dispatch({type: 'transfer/cancel', transfer: id});
		expect(await outcomeOf(alice, id)).toEqual({kind: 'cancelled', by: 'peer'});
		const partials = await untilPartials(bob);
		expect(partials).toMatchObject([{name: 'big.bin', sizeBytes: 64 * MiB}]);
		expect(bob.receivedNames()).not.toContain('big.bin');
		proxy.cut();
		await alice.next('peer/connected');
		const path = join(alice.home, 'big.bin');
		const again = await offerFile(alice, bob, there, path);
		bob.engine.dispatch({type: 'transfer/accept', transfer: again});
		expect(await outcomeOf(alice, again)).toEqual({kind: 'saved', saved: 1});
		expect((await bob.until('transfer/resumed')).heldBytes).toBe(
			partials[0]!.heldBytes,
		);
		expect(sameFile(path, join(bob.received, 'big.bin'))).toBe(true);
		await bob.engine.close();
		expect(bob.receivedNames()).toEqual(['big.bin']);
	});

	test('interrupted by quitting have no name', async () => {
		const {alice, bob, id} = await inTheMiddle();
		await bob.engine.close();
		expect(bob.receivedNames()).not.toContain('big.bin');
		expect(await outcomeOf(alice, id)).toEqual({kind: 'cancelled', by: 'peer'});
	});

	test('go on by themselves when the line is cut', async () => {
		const {alice, bob, proxy, id} = await inTheMiddle();
		proxy.cut();
		for (const side of [alice, bob]) {
			await side.until('transfer/interrupted');
			expect(await outcomeOf(side, id)).toEqual({kind: 'saved', saved: 1});
		}

		expect((await bob.until('transfer/resumed')).heldBytes).toBeGreaterThan(0);
		const path = join(alice.home, 'big.bin');
		expect(sameFile(path, join(bob.received, 'big.bin'))).toBe(true);
		await bob.engine.close();
		expect(bob.receivedNames()).toEqual(['big.bin']);
	});

	test('hundreds of small ones arrive', async () => {
		const {alice, bob, bobKey} = await pair();
		const paths = Array.from({length: 400}, (_, index) =>
			alice.write(`f${index}`, index),
		);
		const id = await offerFile(alice, bob, bobKey, ...paths);
		bob.engine.dispatch({type: 'transfer/accept', transfer: id});
		expect(await outcomeOf(alice, id)).toEqual({kind: 'saved', saved: 400});
		expect(bob.receivedNames()).toHaveLength(400);
	});

	test('in a folder arrive as the same tree', async () => {
		const {alice, bob, bobKey} = await pair();
		const folder = join(alice.home, 'project');
		for (let index = 0; index < 2_000; index++) {
			const below = join(folder, `d${index % 40}`, `e${index % 3}`);
			mkdirSync(below, {recursive: true});
			writeFileSync(join(below, `f${index}`), `content ${index}`);
		}

		mkdirSync(join(folder, 'empty', 'deep'), {recursive: true});
		symlinkSync('/etc/passwd', join(folder, 'link'));
		utimesSync(join(folder, 'd0', 'e0', 'f0'), 1_600_000_000, 1_600_000_000);
		const id = await offerFile(alice, bob, bobKey, folder);
		expect(alice.of('transfer/offered')).toMatchObject([{leftOut: 1}]);
		bob.engine.dispatch({type: 'transfer/accept', transfer: id});
		expect(await outcomeOf(alice, id)).toEqual({kind: 'saved', saved: 2_001});
		await bob.engine.close();
		const sent = readdirSync(alice.home, {recursive: true})
			.map(String)
			.filter(path => path.startsWith('project') && path !== 'project/link')
			.sort();
		expect(bob.receivedNames()).toEqual(sent);
		for (const path of sent) {
			const one = join(alice.home, path);
			if (!statSync(one).isFile()) continue;
			const other = join(bob.received, path);
			expect(readFileSync(other, 'utf8')).toBe(readFileSync(one, 'utf8'));
		}

		const {mtimeMs} = statSync(join(bob.received, 'project/d0/e0/f0'));
		expect(mtimeMs).toBe(1_600_000_000_000);
	});
});
