/** A verified peer that lies: nothing is shown that was not said, nothing twice, and nothing grows without end. */
import {expect, test} from 'vitest';
import {limits, verifiedLimits} from '../../../source/limits.js';
import {
	messageToSign,
	topicToSign,
	type RoomMessageBody,
} from '../../../source/protocol/room-messages.js';
import {toHex} from '../../../source/util/bytes.js';
import {createWorld} from '../../helpers/engine-under-test.js';
import {createMemoryNetwork} from '../../helpers/memory-network.js';
import {signerOf} from '../../helpers/signer.js';
import {connectSpeaker, helloOf, type Speaker} from '../speaker.js';
import {hereOf, join, linesOf, memberOf, say, textsOf} from './room-helpers.js';

const room = 'lab';

function said(
	by: string,
	seq: number,
	text: string,
	changes: Partial<RoomMessageBody> = {},
): RoomMessageBody {
	const signer = signerOf(by);
	const body = {
		room,
		author: signer.peerId,
		stream: 1_000,
		seq,
		at: 1,
		nick: by,
		text,
		...changes,
	};
	return {...body, signature: toHex(signer.sign(messageToSign(body)))};
}

/** Alice in the room, and mallory, whom she has verified, in it too. */
async function meetMallory() {
	const world = createWorld();
	const alice = memberOf(world, 'alice', {of: ['mallory', 'carol']});
	await alice.listen();
	join(alice);
	const {peerId} = signerOf('mallory');
	const network = createMemoryNetwork(world.hub, {peerId, host: '10.6.6.6'});
	const speaker = await connectSpeaker(network, alice);
	speaker.say(helloOf({features: ['rooms']}));
	await alice.until('peer/connected');
	speaker.say({name: 'rooms', rooms: [room], ask: true});
	await world.settle();
	const bring = (...bodies: readonly RoomMessageBody[]) => {
		for (const body of bodies) speaker.say({name: 'roomMessage', ...body});
	};

	return {world, alice, speaker, bring};
}

const wants = (speaker: Speaker) =>
	speaker.heard.filter(({name}) => name === 'roomWant');

const carol = {author: signerOf('carol').peerId, stream: 1_000};

test.each([
	['another text', {...said('carol', 1, 'true'), text: 'false'}],
	['another room', {...said('carol', 1, 'x', {room: 'other'}), room}],
	['another author', {...said('mallory', 1, 'x'), author: carol.author}],
	['another number', {...said('carol', 2, 'x'), seq: 1}],
	['another time', {...said('carol', 1, 'x'), at: 2}],
	['another name', {...said('carol', 1, 'x'), nick: 'alice'}],
	['no signature', {...said('carol', 1, 'x'), signature: '00'.repeat(64)}],
])('%s than was signed ends the session, and is not shown', async (_, body) => {
	const {world, alice, speaker, bring} = await meetMallory();
	expect(hereOf(alice)).toEqual(['mallory']);
	bring(body, said('mallory', 1, 'after it'));
	await world.settle();
	expect(speaker.heard.at(-1)).toMatchObject({
		name: 'error',
		code: 'protocolViolation',
	});
	await speaker.closed();
	expect(textsOf(alice)).toEqual([]);
	expect(hereOf(alice)).toEqual([]);
});

test('what was said is shown once, however often it is brought, and as whose it is', async () => {
	const {world, alice, bring} = await meetMallory();
	const one = said('carol', 1, 'one');
	const two = said('carol', 2, 'two');
	const dave = said('dave', 1, 'of dave');
	bring(one, one, two, one, two, dave, dave);
	await world.settle();
	expect(linesOf(alice)).toEqual([
		{who: 'carol VERIFIED by mallory', text: 'one'},
		{who: 'carol VERIFIED by mallory', text: 'two'},
		{who: 'dave UNVERIFIED by mallory', text: 'of dave'},
	]);
});

test('our own words come back only as we have said them, and once', async () => {
	const {world, alice, bring} = await meetMallory();
	bring(said('alice', 1, 'of an earlier run'));
	await world.settle();
	expect(linesOf(alice)).toEqual([{who: 'self', text: 'of an earlier run'}]);
	bring({...said('mallory', 2, 'never'), author: signerOf('alice').peerId});
	await world.settle();
	expect(textsOf(alice)).toEqual(['of an earlier run']);
});

test('a gap waits, is asked for, and is told', async () => {
	const {world, alice, speaker, bring} = await meetMallory();
	bring(said('carol', 1, 'one'), said('carol', 7, 'seven'));
	await world.settle();
	expect(textsOf(alice)).toEqual(['one']);
	await world.pass(limits.roomGapMs - 100, 100);
	expect(wants(speaker)).toEqual([]);
	await world.pass(200, 100);
	expect(wants(speaker)).toMatchObject([{...carol, from: 7}]);
	bring(said('carol', 7, 'seven'));
	await world.settle();
	expect(textsOf(alice)).toEqual(['one', 'seven']);
	expect(alice.of('room/missed')).toMatchObject([
		{messages: 5, name: 'carol', trust: 'VERIFIED'},
	]);
});

test('who says that it has what it does not send is asked once', async () => {
	const {world, alice, speaker, bring} = await meetMallory();
	const to = Number.MAX_SAFE_INTEGER;
	const have = [{...carol, from: 1, to}];
	speaker.say({name: 'roomHave', room, have});
	await world.pass(limits.roomAnswerMs * 3, 1_000);
	expect(wants(speaker)).toHaveLength(1);
	// And nobody else waits for it.
	bring(said('dave', 1, 'of dave'));
	await world.settle();
	expect(textsOf(alice)).toEqual(['of dave']);
});

test('who holds back what it claims holds up what it brought for a while only', async () => {
	const {world, alice, speaker, bring} = await meetMallory();
	const to = Number.MAX_SAFE_INTEGER;
	const have = [{...carol, from: 1, to}];
	speaker.say({name: 'roomHave', room, have});
	await world.settle();
	let seq = 0;
	const bringMore = async (count: number) => {
		for (; count > 0; count--) bring(said('carol', ++seq, `line ${seq}`));
		await world.settle();
	};

	await bringMore(1);
	await world.pass(limits.roomGatherMs - 1);
	// More may come; what nobody was asked for does not wait.
	bring(said('dave', 1, 'of dave'));
	await world.settle();
	expect(textsOf(alice)).toEqual(['of dave']);
	await world.pass(1);
	expect(textsOf(alice)).toEqual(['of dave', 'line 1']);
	await bringMore(1);
	expect(textsOf(alice)).toHaveLength(2);
	say(alice, 'mine');
	expect(textsOf(alice).slice(2)).toEqual(['line 2', 'mine']);
	await bringMore(limits.roomMessages - 1);
	expect(textsOf(alice)).toHaveLength(4);
	await bringMore(1);
	expect(textsOf(alice)).toHaveLength(4 + limits.roomMessages);
	// Nothing that is here is lost where the room is left.
	await bringMore(1);
	alice.dispatch({type: 'room/leave', room: '#lab'});
	expect(alice.of('room/received')).toHaveLength(seq + 1);
});

test('what an author says stands behind what waits of him', async () => {
	const {world, alice, speaker, bring} = await meetMallory();
	const dave = {author: signerOf('dave').peerId, stream: 1_000};
	const have = [
		{...carol, from: 1, to: 1},
		{...dave, from: 1, to: 1},
	];
	speaker.say({name: 'roomHave', room, have});
	await world.settle();
	bring(said('dave', 1, 'missed', {at: 9}), said('dave', 2, 'news', {at: 2}));
	await world.settle();
	expect(textsOf(alice)).toEqual([]);
	bring(said('carol', 1, 'of carol', {at: 5}));
	await world.settle();
	expect(textsOf(alice)).toEqual(['of carol', 'missed', 'news']);
});

test('streams that nobody ever used are asked for in a bounded number', async () => {
	const {world, alice, speaker} = await meetMallory();
	for (let frame = 0; frame < 10; frame++) {
		speaker.say({
			name: 'roomHave',
			room,
			have: Array.from({length: limits.roomStreams}, (_, index) => ({
				author: (frame * 1_000 + index).toString(16).padStart(64, '0'),
				stream: 1,
				from: 1,
				to: 1,
			})),
		});
	}

	await world.settle();
	expect(wants(speaker)).toHaveLength(limits.roomStreams);
	expect(textsOf(alice)).toEqual([]);
});

test('runs older than those that are remembered are not taken again', async () => {
	const {world, alice, bring} = await meetMallory();
	const runs = limits.roomStreamsOfAuthor + 1;
	for (let run = 1; run <= runs; run++) {
		bring(said('carol', 1, `run ${run}`, {stream: run}));
	}

	await world.settle();
	expect(textsOf(alice)).toHaveLength(runs);
	bring(said('carol', 1, 'run 1', {stream: 1}));
	await world.settle();
	expect(textsOf(alice)).toHaveLength(runs);
});

test('a flood waits for its turn, and the log keeps the last of it', async () => {
	const {world, alice, bring} = await meetMallory();
	const atOnce = verifiedLimits.framesPerSecond / limits.roomFrameCost;
	const all = Array.from({length: atOnce + 200}, (_, index) =>
		said('carol', index + 1, `line ${index + 1}`),
	);
	bring(...all);
	await world.settle();
	expect(textsOf(alice).length).toBeLessThanOrEqual(atOnce);
	expect(textsOf(alice).length).toBeGreaterThan(atOnce / 2);
	await world.pass(2_000, 20);
	expect(textsOf(alice)).toEqual(all.map(({text}) => text));
});

test('a topic of the far future, or that nobody has signed, does not count', async () => {
	const {world, alice, speaker} = await meetMallory();
	const topic = (at: number, text: string) => {
		const body = {room, author: carol.author, at, nick: 'carol', topic: text};
		const signature = toHex(signerOf('carol').sign(topicToSign(body)));
		return {name: 'roomTopic', ...body, signature} as const;
	};

	const now = world.clock.now();
	speaker.say(topic(now, 'fine'), topic(Number.MAX_SAFE_INTEGER, 'for ever'));
	await world.settle();
	const shown = () => alice.engine.getState().rooms.get('#lab')?.topic?.text;
	expect(shown()).toBe('fine');
	speaker.say({...topic(now + 1, 'signed'), topic: 'not signed'});
	await speaker.closed();
	expect(shown()).toBe('fine');
});

test('frames about rooms without the feature end the session', async () => {
	const world = createWorld();
	const alice = memberOf(world, 'alice', {of: ['mallory']});
	await alice.listen();
	const {peerId} = signerOf('mallory');
	const network = createMemoryNetwork(world.hub, {peerId, host: '10.6.6.6'});
	const speaker = await connectSpeaker(network, alice);
	speaker.say(helloOf(), {name: 'rooms', rooms: [], ask: true});
	await speaker.closed();
	expect(speaker.heard.at(-1)).toMatchObject({code: 'protocolViolation'});
});

test('a later run waits for what is known to lack of an earlier one', async () => {
	const {world, alice, speaker, bring} = await meetMallory();
	const have = [{...carol, from: 1, to: 2}];
	speaker.say({name: 'roomHave', room, have});
	bring(said('carol', 1, 'later run', {stream: 2_000}));
	await world.settle();
	expect(textsOf(alice)).toEqual([]);
	bring(said('carol', 1, 'one'), said('carol', 2, 'two'));
	await world.settle();
	// It did not count before its turn, and is asked for at once.
	expect(wants(speaker).at(-1)).toMatchObject({stream: 2_000, from: 1});
	bring(said('carol', 1, 'later run', {stream: 2_000}));
	await world.settle();
	expect(textsOf(alice)).toEqual(['one', 'two', 'later run']);
});
