/** What a session may ask of us before its peer is verified, after it, and while that changes. */
import {describe, expect, test} from 'vitest';
import {limits, verifiedLimits} from '../../../source/limits.js';
import {encodeFrame} from '../../../source/protocol/frame.js';
import {encodeMessage} from '../../../source/protocol/message-codec.js';
import {
	longMessages,
	type ControlMessage,
} from '../../../source/protocol/messages.js';
import {concatBytes} from '../../../source/util/bytes.js';
import {connect, createWorld} from '../../helpers/engine-under-test.js';
import {connectSpeaker, helloOf} from '../speaker.js';
import {carryOut, createVerifiedPair, pinned} from '../trust/trust-helpers.js';

/** Alice with somebody who speaks by hand, and an honest peer that must not notice anything. */
async function introduced(
	options: {isVerified?: boolean; features?: string[]} = {},
) {
	const {features = [longMessages]} = options;
	const world = createWorld();
	const trust = options.isVerified ? pinned('mallory') : pinned();
	const alice = world.engine('alice', {trust});
	const bob = world.engine('bob');
	await alice.listen();
	const {there} = await connect(bob, alice);
	const mallory = await connectSpeaker(world.network('mallory'), alice);
	mallory.say(helloOf({features}));
	const {peer} = await alice.next('peer/connected');
	return {
		world,
		alice,
		mallory,
		peer,
		async expectUnharmed() {
			bob.dispatch({type: 'chat/send', conversation: there, text: 'fine?'});
			await alice.until('chat/received', ({text}) => text === 'fine?');
			await bob.until('chat/delivered');
		},
	};
}

const message = (number: number, text = 'x'): ControlMessage => ({
	name: 'message',
	id: String(number),
	text,
});

describe('storms of small frames wait at the sender', () => {
	const tooMany = 20_000;
	const many = (one: (number: number) => Uint8Array) =>
		concatBytes(Array.from({length: tooMany}, (_, number) => one(number)));
	const optional = encodeFrame(0x7e, new Uint8Array(2));
	test.each<[string, (number: number) => Uint8Array]>([
		['PING', nonce => encodeMessage({name: 'ping', nonce})],
		['ACK of nothing', id => encodeMessage({name: 'ack', id: String(id)})],
		['NICK', id => encodeMessage({name: 'nick', nick: `n${id}`})],
		['unknown optional frames', () => optional],
		['GO_ON of nothing', () => encodeMessage({name: 'goOn', transfer})],
		[
			'attempts at a code that is over',
			() =>
				encodeMessage({
					name: 'pairShare',
					round: 1,
					attempt: 1,
					share: '00'.repeat(32),
				}),
		],
	])('%s: framesPerSecond', async (_, one) => {
		const {world, alice, mallory, peer, expectUnharmed} = await introduced();
		alice.dispatch({type: 'trust/showCode', peer, code: '123456'});
		alice.dispatch({type: 'trust/hideCode', peer});
		await mallory.until('pairEnd');
		mallory.write(many(one));
		mallory.say(message(1, 'last'));
		await expectUnharmed();
		expect(alice.heard(peer)).toEqual([]);
		const seconds = tooMany / limits.framesPerSecond;
		await world.pass((seconds - 2) * 1_000, 500);
		expect(alice.heard(peer)).toEqual([]);
		await world.pass(2_000, 500);
		expect(alice.heard(peer)).toEqual(['last']);
		expect(alice.of('peer/left')).toEqual([]);
	});

	test('MESSAGE: all of them come, in their order, and each is acknowledged', async () => {
		const {world, alice, mallory, peer, expectUnharmed} = await introduced();
		const count = 5_000;
		const numbers = Array.from({length: count}, (_, number) => number);
		for (const number of numbers) mallory.say(message(number, `${number}`));
		await expectUnharmed();
		expect(alice.heard(peer).length).toBeLessThanOrEqual(
			limits.framesPerSecond,
		);
		// Not held for it: most of it is still its own.
		expect(mallory.connection.queuedBytes()).toBeGreaterThan(0);
		await world.pass(5_000, 500);
		expect(alice.heard(peer)).toEqual(numbers.map(String));
		expect(mallory.all('ack')).toHaveLength(count);
	});

	test('who says goodbye behind them is heard to the end', async () => {
		const {world, alice, mallory, peer} = await introduced();
		const count = 1_500;
		for (let number = 0; number < count; number++) mallory.say(message(number));
		mallory.say({name: 'bye'});
		mallory.connection.end();
		await world.pass(3_000, 500);
		expect(alice.heard(peer)).toHaveLength(count);
		expect(mallory.all('ack')).toHaveLength(count);
		expect(await alice.until('peer/left')).not.toHaveProperty('error');
	});

	test('receivedIdsRemembered: an older double is shown again, a younger one is not', async () => {
		const {world, alice, mallory, peer} = await introduced();
		const {receivedIdsRemembered: count} = limits;
		for (let number = 0; number <= count; number++) {
			mallory.say(message(number, `${number}`));
		}

		mallory.say(message(1, 'a double'), message(0, 'too old to be known'));
		await world.pass(((count + 3) / limits.framesPerSecond) * 1_000, 500);
		expect(alice.heard(peer).slice(-2)).toEqual([
			String(count),
			'too old to be known',
		]);
		expect(mallory.all('ack')).toHaveLength(count + 3);
	});

	test('a bad frame behind them ends the session when it is its turn, not before', async () => {
		const {world, alice, mallory, peer} = await introduced();
		const count = 1_500;
		for (let number = 0; number < count; number++) mallory.say(message(number));
		mallory.write(new Uint8Array(4));
		await world.settle();
		expect(alice.of('peer/left')).toEqual([]);
		await world.pass(1_000, 500);
		expect(alice.heard(peer)).toHaveLength(count);
		expect(alice.of('peer/left')).toMatchObject([
			{error: {code: 'protocolViolation'}},
		]);
	});

	test('what had come of somebody whose connection breaks is heard', async () => {
		const {world, alice, mallory, peer} = await introduced();
		const count = limits.framesPerSecond + 200;
		for (let number = 0; number < count; number++) mallory.say(message(number));
		await world.settle();
		expect(alice.heard(peer).length).toBeLessThan(count);
		mallory.connection.reset();
		await alice.until('peer/left');
		expect(alice.heard(peer)).toHaveLength(count);
	});

	test('nickMs: names that change too fast are told once, by the last one', async () => {
		const {world, alice, mallory} = await introduced();
		for (let number = 0; number < 500; number++) {
			mallory.say({name: 'nick', nick: `mallory-${number}`});
		}

		await world.settle();
		expect(alice.of('peer/renamed').map(({name}) => name)).toEqual([
			'mallory-0',
		]);
		await world.pass(limits.nickMs);
		expect(alice.of('peer/renamed').map(({name}) => name)).toEqual([
			'mallory-0',
			'mallory-499',
		]);
		await world.pass(limits.nickMs);
		mallory.say({name: 'nick', nick: 'somebody'});
		await alice.until('peer/renamed', ({name}) => name === 'somebody');
		expect(alice.of('peer/renamed')).toHaveLength(3);
	});
});

const transfer = 'ab'.repeat(16);

describe('messageBytes', () => {
	const long = 'x'.repeat(limits.messageBytes + 1);

	test('more than that of somebody who is not verified: it is told, and stays', async () => {
		const {alice, mallory, peer} = await introduced();
		mallory.say(message(1, long), message(2, 'short'));
		await alice.until('chat/received', ({text}) => text === 'short');
		expect(alice.heard(peer)).toEqual(['short']);
		expect(mallory.all('refused')).toEqual([
			{name: 'refused', id: '1', code: 'messageTooLong'},
		]);
		expect(alice.of('peer/refused')).toMatchObject([
			{
				error: {
					code: 'messageDeclined',
					details: {name: 'mallory', limitBytes: limits.messageBytes},
				},
			},
		]);
	});

	test('of a program that does not know about it that is a violation', async () => {
		const {mallory} = await introduced({features: []});
		mallory.say(message(1, long));
		expect((await mallory.until('error')).code).toBe('protocolViolation');
	});

	test('of somebody who is verified a frame may be full of it', async () => {
		const {alice, mallory} = await introduced({isVerified: true});
		const text = 'x'.repeat(limits.frameBytes - 64);
		mallory.say(message(1, text));
		expect((await alice.until('chat/received')).sizeBytes).toBe(text.length);
	});

	test('nothing long goes to a program that does not know about it', async () => {
		const {alice, peer} = await introduced({isVerified: true, features: []});
		alice.dispatch({type: 'chat/send', conversation: peer, text: long});
		expect(await alice.until('command/refused')).toMatchObject({
			error: {
				code: 'messageTooLong',
				details: {limitBytes: limits.messageBytes},
			},
		});
	});

	test('two that are verified: long ones go, until one side has unpaired', async () => {
		const {world, alice, bob, aliceKey, bobKey} = await createVerifiedPair();
		const say = (text: string) => {
			alice.dispatch({type: 'chat/send', conversation: bobKey, text});
		};

		say(long);
		expect((await bob.until('chat/received')).sizeBytes).toBe(long.length);
		await alice.until('chat/delivered');
		await carryOut(bob, {type: 'trust/unpair', petname: 'alice'});
		say(long);
		expect(await alice.until('chat/failed')).toMatchObject({
			error: {
				code: 'messageNotTaken',
				details: {name: 'bob', limitBytes: limits.messageBytes},
			},
		});
		expect(await bob.until('peer/refused')).toMatchObject({
			error: {code: 'messageDeclined'},
		});
		say('still here');
		await bob.until('chat/received', ({text}) => text === 'still here');
		expect(bob.heard(aliceKey)).toHaveLength(2);
		await carryOut(alice, {type: 'trust/unpair', petname: 'bob'});
		say(long);
		expect(await alice.until('command/refused')).toMatchObject({
			error: {code: 'messageTooLong'},
		});
		expect(alice.of('peer/left')).toEqual([]);
		await world.settle();
	});

	test('one that waited for the connection fails where it is too long by now', async () => {
		const {world, alice, bob, bobKey} = await createVerifiedPair();
		alice.dispatch({type: 'chat/send', conversation: bobKey, text: long});
		// It is under way, and nobody has it.
		world.hub.cut();
		await alice.until('peer/waiting');
		await carryOut(alice, {type: 'trust/unpair', petname: 'bob'});
		await world.pass(limits.reconnectFirstMs * 2);
		expect(await alice.until('chat/failed')).toMatchObject({
			error: {code: 'messageNotTaken'},
		});
		expect(bob.of('chat/received')).toEqual([]);
	});
});

describe('queuedBytes', () => {
	/** Twice as long in JSON: more than an outbox holds goes into the queue. */
	const quotes = '"'.repeat(limits.messageBytes);
	const fill = async (isVerified: boolean) => {
		const setUp = await introduced({isVerified});
		const {world, alice, mallory, peer: conversation} = setUp;
		mallory.connection.pause();
		const fits = limits.outboxBytes / limits.messageBytes;
		for (let count = 0; count < fits; count++) {
			alice.dispatch({type: 'chat/send', conversation, text: quotes});
		}

		await world.pass(limits.slowReaderMs);
		return setUp;
	};

	test('who is not verified and does not read is cut above 1 MiB', async () => {
		const {alice, expectUnharmed} = await fill(false);
		expect(alice.of('peer/left')).toMatchObject([
			{error: {code: 'slowReader'}},
		]);
		await expectUnharmed();
	});

	test('who is verified may be slower', async () => {
		const {world, alice, mallory} = await fill(true);
		expect(alice.of('peer/left')).toEqual([]);
		mallory.connection.resume();
		await world.settle();
		expect(mallory.all('message')).toHaveLength(
			limits.outboxBytes / limits.messageBytes,
		);
		expect(verifiedLimits.queuedBytes).toBeGreaterThan(limits.queuedBytes);
	});

	test('who is verified and does not read is cut above 8 MiB', async () => {
		const {world, alice, mallory, expectUnharmed} = await fill(true);
		const {framesPerSecond, queuedBytes} = verifiedLimits;
		const nonce = 0xff_ff_ff_ff;
		const pong = encodeMessage({name: 'pong', nonce}).length;
		// As many answers as pass it together with what waits already.
		const seconds = Math.ceil(queuedBytes / pong / framesPerSecond);
		const ping = encodeMessage({name: 'ping', nonce});
		const pings = concatBytes(Array(framesPerSecond).fill(ping));
		for (let second = 0; second < seconds; second++) mallory.write(pings);
		await world.pass(seconds * 1_000, 1_000);
		await world.pass(limits.slowReaderMs, 1_000);
		const [left] = alice.of('peer/left');
		expect(left).toMatchObject({error: {code: 'slowReader'}});
		expect(left?.error?.details?.['queuedBytes']).toBeGreaterThan(queuedBytes);
		await expectUnharmed();
	});
});
