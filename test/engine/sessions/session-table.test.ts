/** Every type of a control frame, known or not, in every state of a session, from both ends: what `docs/protocol.md` says of it. */
import {describe, expect, test} from 'vitest';
import {criticalBit, encodeFrame} from '../../../source/protocol/frame.js';
import {
	controlMessages,
	type ControlName,
} from '../../../source/protocol/messages.js';
import {advanceSession} from '../../../source/protocol/session-machine.js';
import {
	documentedMessages,
	documentedStep,
	type DocumentedState,
} from '../../helpers/protocol-tables.js';
import {dialled, meet, meetAsPeers, type Dialled} from '../meeting.js';
import {helloOf} from '../speaker.js';

const types = Array.from({length: 256}, (_, type) => type);
const states = ['awaitingHello', 'ready', 'closing'] as const;

const transfer = '77'.repeat(16);
const tag = 'bb'.repeat(64);
const share = 'aa'.repeat(32);
const author = 'ee'.repeat(32);
const signature = 'ff'.repeat(64);
/** A well-formed payload for each; the transfer and the round are unknown to everybody. */
const payloads: Record<string, object> = {
	HELLO: {...helloOf(), name: undefined},
	MESSAGE: {id: 'm1', text: 'hi'},
	ACK: {id: 'm1'},
	REFUSED: {id: 'm1', code: 'messageTooLong'},
	NICK: {nick: 'eve'},
	OFFER: {
		transfer,
		entries: [{path: ['a'], size: 1, mtimeMs: 0}],
		more: false,
	},
	ACCEPT: {transfer, skip: []},
	DECLINE: {transfer},
	WITHDRAW: {transfer},
	LANE: {transfer, ticket: 'cd'.repeat(32)},
	PAUSE: {transfer},
	GO_ON: {transfer},
	CANCEL: {transfer},
	PAIR_SHOW: {round: 1},
	PAIR_SHARE: {round: 1, attempt: 1, share},
	PAIR_REPLY: {round: 1, attempt: 1, share, tag},
	PAIR_CONFIRM: {round: 1, attempt: 1, tag},
	PAIR_WRONG: {round: 1, attempt: 1},
	PAIR_END: {round: 1, reason: 'expired'},
	ROOMS: {rooms: ['lab'], ask: true},
	ROOM_HAVE: {room: 'lab', have: []},
	ROOM_WANT: {room: 'lab', author, stream: 1, from: 1},
	ROOM_MESSAGE: {
		room: 'lab',
		author,
		stream: 1,
		seq: 1,
		at: 0,
		nick: 'eve',
		text: 'hi',
		signature,
	},
	ROOM_TOPIC: {room: 'lab', author, at: 0, nick: 'eve', topic: 'x', signature},
	PING: {nonce: 1},
	PONG: {nonce: 1},
	ERROR: {code: 'whatever'},
	BYE: {},
};

const frameOf = (type: number) => {
	const fields = payloads[documentedMessages.get(type) ?? ''];
	// An unknown one is skipped unread.
	const payload = fields
		? new TextEncoder().encode(JSON.stringify(fields))
		: Uint8Array.of(0xff, 0);
	return encodeFrame(type, payload);
};

/** What the sections on LANE, pairing and rooms add for what was never asked for, or needs a feature that was not named. */
const neverAsked = new Set([
	'PAIR_SHARE',
	'PAIR_REPLY',
	'PAIR_CONFIRM',
	'PAIR_WRONG',
	'PAIR_END',
	'ROOMS',
	'ROOM_HAVE',
	'ROOM_WANT',
	'ROOM_MESSAGE',
	'ROOM_TOPIC',
]);

function documented(state: DocumentedState, type: number, by: Dialled): string {
	const name = documentedMessages.get(type);
	if (name === undefined) {
		if (state === 'closing') return 'ignored';
		// HELLO is the first frame.
		if (state === 'awaitingHello') return 'error';
		return (type & criticalBit) === 0 ? state : 'error';
	}

	const step = documentedStep(state, name);
	if (step !== 'ready' || state !== 'ready') return step;
	if (neverAsked.has(name)) return 'error';
	return name === 'LANE' && by === 'us' ? 'error' : step;
}

/** The state after one frame, or `error`, or `ignored`. */
async function observed(
	state: DocumentedState,
	type: number,
	by: Dialled,
): Promise<string> {
	const {world, alice, speaker} = await (
		state === 'awaitingHello' ? meet : meetAsPeers
	)(by);
	if (state === 'closing') speaker.say({name: 'bye'});

	const heard = speaker.heard.length;
	const seen = alice.events.length;
	speaker.write(frameOf(type));
	// Whoever takes it is in the state `ready`.
	if (state === 'closing') {
		speaker.say({name: 'message', id: 'late', text: 'late'});
	}

	// One that was skipped would leave room for it.
	if (state === 'awaitingHello' && documentedMessages.get(type) !== 'HELLO') {
		speaker.say(helloOf());
	}

	speaker.say({name: 'ping', nonce: 4_242});
	await world.settle();
	const said = speaker.heard.slice(heard);
	if (state === 'closing') {
		const after = alice.events.slice(seen).map(event => event.type);
		const isHeard = after.some(
			each => !['peer/left', 'peer/removed', 'peer/waiting'].includes(each),
		);
		return said.length > 0 || isHeard ? 'heard' : 'ignored';
	}

	if (said.some(({name}) => name === 'error')) {
		await speaker.closed();
		return 'error';
	}

	if (said.some(each => each.name === 'pong' && each.nonce === 4_242)) {
		return 'ready';
	}

	return speaker.isClosed ? 'closing' : 'nothing';
}

test('the program and the document have the same messages', () => {
	const known = Object.values(controlMessages).map(({type}) => type as number);
	expect(new Set(documentedMessages.keys())).toEqual(new Set(known));
	const names = Object.entries(controlMessages).map(([name, {type}]) => [
		type,
		name.replaceAll(/[A-Z]/g, '_$&').toUpperCase(),
	]);
	expect(new Map(names as [])).toEqual(documentedMessages);
	expect(Object.keys(payloads).sort()).toEqual(
		[...documentedMessages.values()].sort(),
	);
});

describe.each(states)('the machine, %s', state => {
	test.each(Object.keys(controlMessages) as ControlName[])('%s', name => {
		const step = documentedStep(
			state,
			documentedMessages.get(controlMessages[name].type)!,
		);
		const next = advanceSession(state, name);
		expect(next ?? 'error').toBe(step === 'ignored' ? 'closing' : step);
	});
});

describe.each(dialled)('%s dialled', by => {
	test.each(states)('%s', {timeout: 60_000}, async state => {
		const expected = new Map(
			types.map(type => [type, documented(state, type, by)]),
		);
		const got = new Map<number, string>();
		for (const type of types) got.set(type, await observed(state, type, by));
		expect(got).toEqual(expected);
	});
});
