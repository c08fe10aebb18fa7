/** Every type of a lane frame, known or not, in every state of a lane, at its receiver and at its sender: `docs/protocol.md`, lane frames. */
import {describe, expect, test} from 'vitest';
import {
	encodeAbort,
	encodeBegin,
	encodeDataHeader,
	encodeDurable,
	encodeEnd,
	encodeFailed,
	encodeHeld,
	encodeSaved,
	encodeTicket,
	laneTypes,
} from '../../../source/protocol/lane-frames.js';
import {encodeFrame} from '../../../source/protocol/frame.js';
import {concatBytes} from '../../../source/util/bytes.js';
import {documentedLaneFrames} from '../../helpers/protocol-tables.js';
import {meetAsPeers} from '../meeting.js';
import {LaneSpeaker, openLane} from '../speaker.js';
import {setUp} from './offering-speaker.js';
import {bytesOf} from './transfer-helpers.js';

const types = Array.from({length: 256}, (_, type) => type);
const digest = new Uint8Array(32);
const size = 10;
const before = 4;

/** Well formed, about the first entry; `offset` is the place of the next byte. */
function frameOf(type: number, offset: number, ticket: Uint8Array): Uint8Array {
	const entry = 0;
	switch (documentedLaneFrames.get(type)?.name) {
		case 'TICKET': {
			return encodeTicket(ticket);
		}

		case 'BEGIN': {
			return encodeBegin({entry, held: 0, size});
		}

		case 'DATA': {
			return concatBytes([encodeDataHeader(offset, 1), Uint8Array.of(7)]);
		}

		case 'END': {
			return encodeEnd({entry, digest});
		}

		case 'ABORT': {
			return encodeAbort({entry, code: 'sourceChanged'});
		}

		case 'DURABLE': {
			return encodeDurable({entry, offset: 1});
		}

		case 'SAVED': {
			return encodeSaved({entry, name: 'x'});
		}

		case 'FAILED': {
			return encodeFailed({entry, code: 'diskFull'});
		}

		case 'HELD': {
			return concatBytes(encodeHeld(entry, digest));
		}

		default: {
			return encodeFrame(type, digest);
		}
	}
}

test('the program and the document have the same lane frames', () => {
	expect(
		new Map(
			[...documentedLaneFrames].map(([type, {name}]) => [
				name.toLowerCase(),
				type,
			]),
		),
	).toEqual(new Map(Object.entries(laneTypes)));
});

/** For each type whether the lane lives; whatever it does, the session lives. */
async function lives(
	open: (type: number) => Promise<{
		readonly lane: LaneSpeaker;
		readonly frame: Uint8Array;
		readonly settle: () => Promise<void>;
		readonly sessionLives: () => boolean;
	}>,
) {
	const living: string[] = [];
	for (const type of types) {
		const {lane, frame, settle, sessionLives} = await open(type);
		lane.write(frame);
		await settle();
		expect(sessionLives()).toBe(true);
		const name = documentedLaneFrames.get(type)?.name ?? `unknown ${type}`;
		if (!lane.isClosed) living.push(name);
	}

	return living.sort();
}

describe('the receiver takes', () => {
	/** Two entries, so that one that is settled does not end the lane. */
	async function receiving(state: string, type: number) {
		const {world, alice, mallory, accepted} = await setUp();
		const {ticket} = await accepted([size, 20]);
		const shown = Uint8Array.from(Buffer.from(ticket, 'hex'));
		const isNew = state === 'awaitingTicket';
		const lane = isNew
			? new LaneSpeaker(
					await mallory.network.dial(
						{host: alice.host, port: alice.port},
						'lane',
						new AbortController().signal,
					),
				)
			: await openLane(mallory.network, alice, ticket);
		const given = {awaitingTicket: 0, between: 0, inside: before, full: size}[
			state
		]!;
		if (state === 'inside' || state === 'full') {
			lane.write(
				encodeBegin({entry: 0, held: 0, size}),
				encodeDataHeader(0, given),
				bytesOf(given),
			);
		}

		await world.settle();
		expect(lane.isClosed).toBe(false);
		return {
			lane,
			frame: frameOf(type, given, shown),
			settle: world.settle,
			sessionLives: () => !mallory.isClosed,
		};
	}

	test.each([
		['awaitingTicket', ['TICKET']],
		['between', ['ABORT', 'BEGIN']],
		['inside', ['ABORT', 'DATA']],
		['full', ['ABORT', 'END']],
	])('%s', async (state, expected) => {
		const got = await lives(async type => receiving(state, type));
		expect(got).toEqual(expected);
		const sayable = got.filter(name => name !== 'TICKET');
		const byName = new Map(
			[...documentedLaneFrames.values()].map(({name, from}) => [name, from]),
		);
		for (const name of sayable) expect(byName.get(name)).toBe('sender');
	});
});

describe('the sender takes', () => {
	async function sending(state: string, type: number) {
		const met = await meetAsPeers('us');
		const {world, alice, speaker, network, peer} = met;
		alice.files.put('a', bytesOf(size));
		alice.files.put('b', bytesOf(size));
		alice.files.holdReads(state === 'begun');
		alice.dispatch({type: 'transfer/offer', peer, paths: ['a', 'b']});
		const {transfer} = await speaker.until('offer');
		speaker.say({name: 'accept', transfer, skip: []});
		const {ticket} = await speaker.until('lane');
		const lane = await openLane(network, alice, ticket);
		await world.until(() => lane.frames.length > 0);
		const has = lane.frames.some(({kind}) => kind === 'end');
		expect(has).toBe(state === 'ended');
		return {
			lane,
			frame: frameOf(type, 0, new Uint8Array(32)),
			settle: world.settle,
			sessionLives: () => !speaker.isClosed,
		};
	}

	// HELD is said of entries that were named in `held` alone: here there is none.
	test.each([
		['begun', ['DURABLE', 'FAILED']],
		['ended', ['DURABLE', 'FAILED', 'SAVED']],
	])('%s', async (state, expected) => {
		expect(await lives(async type => sending(state, type))).toEqual(expected);
	});
});
