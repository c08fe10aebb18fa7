import {describe, expect, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {
	connect,
	createPair,
	createWorld,
	type EngineUnderTest,
} from '../helpers/engine-under-test.js';
import {connectRaw, introduceSpeaker} from './speaker.js';

const say = (
	from: EngineUnderTest,
	conversation: string,
	text: string,
	ref?: number,
) => {
	from.dispatch({
		type: 'chat/send',
		conversation: conversation as never,
		text,
		...(ref ? {ref} : {}),
	});
};

describe('two engines', () => {
	test('talk both ways, and a line is delivered once the other side has it', async () => {
		const {alice, bob, bobKey, aliceKey} = await createPair();
		say(alice, bobKey, 'hello 你好');
		const [sent] = alice.of('chat/sent');
		if (!sent) throw new Error('nothing was sent');
		expect(alice.engine.getState().deliveries.get(sent.message)).toEqual({
			pending: 1,
			delivered: 0,
			failed: 0,
		});
		const heard = await bob.until('chat/received');
		expect(heard).toMatchObject({
			peer: aliceKey,
			text: 'hello 你好',
			sizeBytes: 12,
		});
		await alice.until(
			'chat/delivered',
			({message}) => message === sent.message,
		);
		expect(alice.engine.getState().deliveries.get(sent.message)).toEqual({
			pending: 0,
			delivered: 1,
			failed: 0,
		});

		say(bob, aliceKey, 'and back');
		await alice.until('chat/received', ({text}) => text === 'and back');
	});

	test('keep the order, and what is untidy is made safe', async () => {
		const {alice, bob, bobKey} = await createPair();
		const texts = Array.from({length: 200}, (_, index) => `line ${index}`);
		for (const text of texts) say(alice, bobKey, text);
		await bob.untilTrue(() => bob.heard().length === 200);
		expect(bob.heard()).toEqual(texts);
		say(alice, bobKey, 'a\u{1b}[31mb');
		const last = await bob.until('chat/received', ({text}) =>
			text.startsWith('a'),
		);
		expect(last.text).not.toContain('\u{1b}');
	});

	test('rename themselves', async () => {
		const {alice, bob, aliceKey} = await createPair();
		alice.dispatch({type: 'self/setNick', nick: `  ${'阿'.repeat(40)}  `});
		const renamed = await bob.until('peer/renamed');
		expect(renamed).toMatchObject({peer: aliceKey, name: '阿'.repeat(32)});
		expect(alice.engine.getState().self.nick).toBe('阿'.repeat(32));
	});

	test('understand each other where a name is far too long', async () => {
		const {bob, aliceKey} = await createPair({
			alice: {nick: '\u{1f600}'.repeat(500)},
		});
		expect(bob.engine.getState().peers.get(aliceKey)?.name).toBe(
			'\u{1f600}'.repeat(limits.nickCharacters),
		);
	});
});

describe('a cut', () => {
	test('what was not acknowledged is sent again, once and in order', async () => {
		const {world, alice, bob, bobKey} = await createPair();
		say(alice, bobKey, 'one');
		await alice.until('chat/delivered');
		world.hub.cut();
		say(alice, bobKey, 'two');
		say(alice, bobKey, 'three');
		await alice.until('peer/waiting');
		say(alice, bobKey, 'four');
		expect(bob.heard()).toEqual(['one']);
		await world.pass(1_300);
		await alice.untilTrue(() => alice.of('chat/delivered').length === 4);
		expect(bob.heard()).toEqual(['one', 'two', 'three', 'four']);
	});

	test('after delivery but before the ACK doubles nothing', async () => {
		const {world, alice, bob, bobKey} = await createPair();
		let isCut = false;
		bob.engine.on(event => {
			if (event.type !== 'chat/received' || isCut) return;
			isCut = true;
			world.hub.cut();
		});
		say(alice, bobKey, 'one');
		await alice.until('peer/waiting');
		expect(bob.heard()).toEqual(['one']);
		expect(alice.of('chat/delivered')).toEqual([]);
		say(alice, bobKey, 'two');
		await world.pass(1_300);
		await alice.untilTrue(() => alice.of('chat/delivered').length === 2);
		expect(bob.heard()).toEqual(['one', 'two']);
		expect(alice.engine.getState().peers.get(bobKey)?.lifecycle.phase).toBe(
			'ready',
		);
	});

	test('what is said at the moment of the reconnect comes after what waited', async () => {
		const {world, alice, bob, bobKey} = await createPair();
		world.hub.cut();
		await alice.until('peer/waiting');
		say(alice, bobKey, 'waited');
		alice.engine.on(event => {
			if (event.type === 'peer/connected') say(alice, bobKey, 'at once');
		});
		await world.pass(1_300);
		await bob.untilTrue(() => bob.heard().length === 2);
		await world.settle();
		expect(bob.heard()).toEqual(['waited', 'at once']);
	});

	test('a peer that is forgotten takes its unsent lines with it, visibly', async () => {
		const {world, alice, bobKey} = await createPair();
		world.hub.cut();
		await alice.until('peer/waiting');
		say(alice, bobKey, 'never');
		const {message} = await alice.until('chat/sent');
		alice.dispatch({type: 'peer/forget', peer: bobKey});
		expect(await alice.until('chat/failed')).toMatchObject({
			message,
			error: {code: 'notConnected'},
		});
		expect(alice.engine.getState().peers.has(bobKey)).toBe(false);
		await world.settle();
		expect(alice.engine.getState().departed).toEqual([]);
	});

	test('somebody who is forgotten while he is there goes without another word', async () => {
		const {world, alice, bobKey} = await createPair();
		alice.dispatch({type: 'peer/forget', peer: bobKey});
		await world.settle();
		expect(alice.events.at(-1)).toMatchObject({type: 'peer/forgotten'});
		expect(alice.of('peer/left')).toEqual([]);
		expect(world.hub.openConnections()).toBe(0);
	});

	test('no more waits than the limits allow', async () => {
		const {world, alice, bobKey} = await createPair();
		world.hub.cut();
		await alice.until('peer/waiting');
		const text = 'x'.repeat(limits.messageBytes);
		const fits = limits.outboxBytes / limits.messageBytes;
		for (let count = 0; count < fits; count++) say(alice, bobKey, text);
		expect(alice.of('chat/failed')).toEqual([]);
		say(alice, bobKey, text);
		expect(alice.of('chat/failed')).toMatchObject([
			{error: {code: 'queueFull'}},
		]);
		await world.pass(1_300);
		await alice.untilTrue(() => alice.of('chat/delivered').length === fits);
	});
});

describe('everybody', () => {
	test('gets what is said to All: peers, raw ones and silent ones, but no scripts', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		const bob = world.engine('bob');
		const carol = world.engine('carol');
		const script = world.engine('script', {role: 'script'});
		await alice.listen();
		await Promise.all(
			[bob, carol, script].map(async each => connect(each, alice)),
		);
		const {recorder} = await connectRaw(world, alice);
		await world.settle();
		say(alice, 'all', 'to all');
		const {message, peers} = await alice.until('chat/sent');
		expect(peers).toHaveLength(3);
		await alice.untilTrue(
			() => alice.engine.getState().deliveries.get(message)?.delivered === 3,
		);
		expect(bob.heard()).toEqual(['to all']);
		expect(carol.heard()).toEqual(['to all']);
		expect(script.heard()).toEqual([]);
		expect(recorder.text()).toBe('to all\n');
		const raw = alice.until('peer/connected', ({kind}) => kind === 'raw');
		expect(peers).toContain((await raw).peer);
	});

	test('is nobody: the line is refused', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		say(alice, 'all', 'anyone?', 7);
		expect(await alice.until('command/refused')).toMatchObject({
			ref: 7,
			command: 'chat/send',
			error: {code: 'nobodyThere'},
		});
		expect(alice.of('chat/sent')).toEqual([]);
	});
});

describe('refused', () => {
	test.each([
		['more than 16 KiB', 'x'.repeat(limits.messageBytes + 1)],
		['more than 16 KiB in UTF-8', '好'.repeat(limits.messageBytes / 3 + 1)],
		['too long once it is escaped', '\u{1}'.repeat(12_000)],
	])('a message of %s; the next one goes', async (_, text) => {
		const {world, alice, bob, bobKey} = await createPair();
		say(alice, bobKey, text, 1);
		expect(await alice.until('command/refused')).toMatchObject({
			ref: 1,
			error: {code: 'messageTooLong'},
		});
		say(alice, bobKey, 'short');
		await bob.until('chat/received', ({text}) => text === 'short');
		world.hub.cut();
		await alice.until('peer/waiting');
		await world.pass(1_300);
		await bob.untilTrue(() => bob.of('peer/connected').length === 2);
	});

	test('the longest message goes through', async () => {
		const {alice, bob, bobKey} = await createPair();
		const text = '"'.repeat(limits.messageBytes);
		say(alice, bobKey, text);
		expect((await bob.until('chat/received')).text).toBe(text);
	});

	test('a message to somebody who has left, or never was', async () => {
		const {alice, bob, bobKey} = await createPair();
		await bob.engine.close();
		await alice.until('peer/left');
		say(alice, bobKey, 'gone', 1);
		say(alice, 'peer:nobody', 'who', 2);
		const refused = await Promise.all(
			[1, 2].map(async ref =>
				alice.until('command/refused', event => event.ref === ref),
			),
		);
		expect(refused.map(({error}) => error.code)).toEqual([
			'notConnected',
			'noSuchPeer',
		]);
	});

	test('a message to a script', async () => {
		const {alice, bobKey} = await createPair({bob: {role: 'script'}});
		say(alice, bobKey, 'hello', 1);
		expect(await alice.until('command/refused')).toMatchObject({
			error: {code: 'notConnected'},
		});
	});
});

test('a script is heard', async () => {
	const {alice, bob, aliceKey} = await createPair({bob: {role: 'script'}});
	say(bob, aliceKey, 'from a script');
	await bob.until('chat/delivered');
	expect(alice.heard()).toEqual(['from a script']);
});

test('a message that comes twice is acknowledged twice and shown once', async () => {
	const world = createWorld();
	const alice = world.engine('alice');
	await alice.listen();
	const mallory = await introduceSpeaker(world, alice);
	mallory.say(
		{name: 'message', id: 'a-1', text: 'one'},
		{name: 'message', id: 'a-1', text: 'one'},
		{name: 'message', id: 'a-2', text: 'two'},
	);
	await world.settle();
	expect(alice.heard()).toEqual(['one', 'two']);
	expect(mallory.all('ack').map(({id}) => id)).toEqual(['a-1', 'a-1', 'a-2']);
});

test('clearing a conversation keeps the count of what was received', async () => {
	const {alice, bob, aliceKey, bobKey} = await createPair();
	say(alice, bobKey, 'one');
	await bob.until('chat/received');
	bob.dispatch({type: 'chat/clear', conversation: aliceKey});
	expect(bob.engine.getState().conversations.get(aliceKey)).toMatchObject({
		received: 1,
		rows: {length: 0},
	});
});
