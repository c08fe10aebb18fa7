/** Limits that grow when two programs verify each other, on real sockets. */
import {afterEach, expect, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {compose, loopback, stopAll, type Composed} from './composed.js';

afterEach(stopAll);

const code = '271828';
const long = 'long '.repeat(limits.messageBytes / 5 + 1);

async function meet() {
	const [alice, bob] = await Promise.all([compose('alice'), compose('bob')]);
	const there = alice.next('peer/connected');
	const back = bob.next('peer/connected');
	alice.engine.dispatch({
		type: 'peer/dial',
		target: {kind: 'peer', host: loopback, port: bob.tcpPort},
	});
	const {peer: bobKey} = await there;
	const {peer: aliceKey} = await back;
	const say = (text: string) => {
		alice.engine.dispatch({type: 'chat/send', conversation: bobKey, text});
	};

	return {alice, bob, aliceKey, bobKey, say};
}

const neverLeft = (...all: Composed[]) => {
	for (const each of all) {
		expect(each.of('peer/left')).toEqual([]);
		expect(each.of('peer/waiting')).toEqual([]);
	}
};

test('a message of more than 16 KiB: refused, sent once both are verified, a sentence when one is no longer', async () => {
	const {alice, bob, aliceKey, bobKey, say} = await meet();
	say(long);
	expect(await alice.until('command/refused')).toMatchObject({
		error: {code: 'messageTooLong'},
	});
	const paired = [alice, bob].map(async each => each.until('trust/paired'));
	bob.engine.dispatch({type: 'trust/showCode', peer: aliceKey, code});
	await alice.until('trust/codeOpened');
	alice.engine.dispatch({type: 'trust/enterCode', peer: bobKey, code});
	await Promise.all(paired);
	say(long);
	expect((await bob.until('chat/received')).text).toBe(long);
	await alice.until('chat/delivered');
	const unpaired = bob.next('trust/judged');
	bob.engine.dispatch({type: 'trust/unpair', petname: 'alice'});
	await unpaired;
	say(long);
	expect(await alice.until('chat/failed')).toMatchObject({
		error: {code: 'messageNotTaken'},
	});
	say('short');
	await bob.until('chat/received', ({text}) => text === 'short');
	neverLeft(alice, bob);
});

test('framesPerSecond: more messages than that in one go arrive all the same, in their order', async () => {
	const {alice, bob, say} = await meet();
	const count = limits.outboxMessages;
	const texts = Array.from({length: count}, (_, number) => `line ${number}`);
	const startedAt = Date.now();
	for (const text of texts) say(text);
	await alice.untilTrue(() => alice.of('chat/delivered').length === count);
	for (const text of texts) say(`again ${text}`);
	await alice.untilTrue(() => alice.of('chat/delivered').length === 2 * count);
	expect(bob.heard()).toEqual([
		...texts,
		...texts.map(text => `again ${text}`),
	]);
	// The first second is free, and all but one of the second thousand had to wait.
	const most = limits.framesPerSecond * ((Date.now() - startedAt) / 1_000 + 1);
	expect(2 * count).toBeLessThanOrEqual(most);
	neverLeft(alice, bob);
});
