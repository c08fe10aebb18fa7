/** Pairing as the program composes it: TLS, its exporter, and a file in the state folder. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, onTestFinished, test} from 'vitest';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';
import {compose, loopback, stopAll, type Composed} from './composed.js';

afterEach(stopAll);

const code = '271828';

async function connected(from: Composed, to: Composed) {
	const there = from.next('peer/connected');
	const back = to.next('peer/connected');
	from.engine.dispatch({
		type: 'peer/dial',
		target: {kind: 'peer', host: loopback, port: to.tcpPort},
	});
	return {there: await there, back: await back};
}

test('two programs verify each other for good', async () => {
	const state = createTemporaryFolder();
	onTestFinished(() => state.remove());
	const stateFolder = state.path;
	const [alice, bob] = await Promise.all([
		compose('alice', {stateFolder}),
		compose('bob'),
	]);
	const {there, back} = await connected(alice, bob);
	expect([there.trust, back.trust]).toEqual(['UNVERIFIED', 'UNVERIFIED']);
	bob.engine.dispatch({type: 'trust/showCode', peer: back.peer, code});
	await alice.until('trust/codeOpened');
	alice.engine.dispatch({
		type: 'trust/enterCode',
		peer: there.peer,
		code: '000000',
	});
	expect(await bob.until('trust/codeFailed')).toMatchObject({attemptsLeft: 2});
	await alice.until('trust/codeFailed');
	alice.engine.dispatch({type: 'trust/enterCode', peer: there.peer, code});
	await Promise.all([alice.until('trust/paired'), bob.until('trust/paired')]);
	const kept = readFileSync(join(stateFolder, 'trust.json'), 'utf8');
	expect(JSON.parse(kept)).toMatchObject({
		version: 1,
		pins: [{peerId: there.peerId, petname: 'bob'}],
	});
	expect(kept).not.toContain(code);
	// Whoever answers with another key hears nothing from us.
	const carol = await compose('carol');
	alice.engine.dispatch({
		type: 'peer/dial',
		target: {
			kind: 'peer',
			host: loopback,
			port: carol.tcpPort,
			expect: there.peerId!,
		},
	});
	const left = await alice.until('peer/left', ({error}) => Boolean(error));
	expect(left.error).toMatchObject({
		code: 'keyChanged',
		details: {name: 'bob'},
	});
	expect((await carol.until('peer/refused')).error.code).toBe(
		'callerNotSockterm',
	);
	expect(carol.of('peer/connected')).toEqual([]);
	await alice.stop();
	const again = await compose('alice', {stateFolder});
	const met = await connected(bob, again);
	expect([met.there.trust, met.back.trust]).toEqual(['VERIFIED', 'VERIFIED']);
});
