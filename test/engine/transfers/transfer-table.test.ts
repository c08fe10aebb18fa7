/** What is said about a transfer in every state of it, from both ends, in both directions: `docs/protocol.md`, section 5. */
import {describe, expect, test} from 'vitest';
import type {
	ControlMessage,
	ControlName,
} from '../../../source/protocol/messages.js';
import type {TransferId} from '../../../source/engine/index.js';
import {dialled, meetAsPeers, type Dialled} from '../meeting.js';
import {openLane, type LaneSpeaker} from '../speaker.js';
import {idOf, offerOf} from './offering-speaker.js';
import {bytesOf} from './transfer-helpers.js';

const names = [
	'offer',
	'accept',
	'decline',
	'withdraw',
	'lane',
	'pause',
	'goOn',
	'cancel',
] as const satisfies readonly ControlName[];
type Name = (typeof names)[number];

const ticket = 'cd'.repeat(32);
const messageOf = (name: Name, transfer: string): ControlMessage => {
	switch (name) {
		case 'offer': {
			return {...offerOf(1), transfer} as ControlMessage;
		}

		case 'accept': {
			return {name, transfer, skip: []};
		}

		case 'lane': {
			return {name, transfer, ticket};
		}

		default: {
			return {name, transfer};
		}
	}
};

type Met = Awaited<ReturnType<typeof meetAsPeers>>;

/** Mallory has offered; alice is the receiver. */
const incoming = {
	async unknown() {
		return idOf(1);
	},
	async collecting({speaker, world}: Met) {
		speaker.say(offerOf(1, [10], {more: true}));
		await world.settle();
		return idOf(1);
	},
	async asked({speaker, alice}: Met) {
		speaker.say(offerOf(1));
		await alice.until('transfer/offered');
		return idOf(1);
	},
	async accepted(met: Met) {
		const transfer = await this.asked(met);
		met.alice.dispatch({type: 'transfer/accept', transfer});
		await met.speaker.until('accept');
		await met.world.settle();
		return transfer;
	},
	async moving(met: Met) {
		const transfer = await this.accepted(met);
		await lane(met, transfer);
		return transfer;
	},
	async over(met: Met) {
		const transfer = await this.asked(met);
		met.speaker.say({name: 'withdraw', transfer});
		await met.alice.until('transfer/finished');
		return transfer;
	},
};

/** Alice has offered; mallory is the receiver. */
const outgoing = {
	async asked({speaker, alice, peer}: Met) {
		alice.files.put('a', bytesOf(10));
		// Nothing moves before it is looked at.
		alice.files.holdReads(true);
		alice.dispatch({type: 'transfer/offer', peer, paths: ['a']});
		return (await speaker.until('offer')).transfer;
	},
	async answering(met: Met) {
		const transfer = await this.asked(met);
		met.speaker.say({name: 'accept', transfer, skip: [], more: true});
		await met.world.settle();
		return transfer;
	},
	async accepted(met: Met) {
		const transfer = await this.asked(met);
		met.speaker.say({name: 'accept', transfer, skip: []});
		await met.world.settle();
		return transfer;
	},
	async moving(met: Met) {
		const transfer = await this.accepted(met);
		await lane(met, transfer);
		return transfer;
	},
	async over(met: Met) {
		const transfer = await this.asked(met);
		met.speaker.say({name: 'decline', transfer});
		await met.alice.until('transfer/finished');
		return transfer;
	},
};

/** Opens the lane, whoever dials it. */
async function lane(
	{world, alice, network, lanes, speaker}: Met,
	transfer: string,
): Promise<LaneSpeaker> {
	const [asked] = speaker.all('lane');
	if (asked) {
		const opened = await openLane(network, alice, asked.ticket);
		await world.settle();
		return opened;
	}

	speaker.say({name: 'lane', transfer, ticket});
	await world.settle();
	return lanes[0]!;
}

/** What becomes of the transfer: its phase with the outcome, `none`, or `error`: the session ends. */
async function observed(
	direction: 'in' | 'out',
	state: string,
	name: Name,
	by: Dialled,
): Promise<string> {
	const met = await meetAsPeers(by);
	const {speaker, alice, world} = met;
	const states = direction === 'in' ? incoming : outgoing;
	const transfer = await states[state as 'asked'](met);
	speaker.say(messageOf(name, transfer), {name: 'ping', nonce: 4_242});
	await world.settle();
	if (speaker.all('error').length > 0) return 'error';
	// Whatever else: the session goes on.
	expect(speaker.all('pong')).toEqual([{name: 'pong', nonce: 4_242}]);
	const phase = alice.engine
		.getState()
		.transfers.get(transfer as TransferId)?.phase;
	return phase?.kind === 'finished'
		? phase.outcome.kind
		: (phase?.kind ?? 'none');
}

/** In the order of `names`; `-`: it changes nothing; LANE where alice was dialled, and where she has. */
type Row = readonly [state: string, is: string, ...steps: string[]];

const rows: Readonly<Record<'in' | 'out', readonly Row[]>> = {
	in: [
		// state, phase, OFFER, ACCEPT, DECLINE, WITHDRAW, LANE, PAUSE, GO_ON, CANCEL
		['unknown', 'none', 'offered', '-', '-', '-', 'error/-', '-', '-', '-'],
		['collecting', 'none', 'offered', '-', '-', '-', 'error/-', '-', '-', '-'],
		[
			'asked',
			'offered',
			'error',
			'-',
			'-',
			'cancelled',
			'error/error',
			'-',
			'-',
			'cancelled',
		],
		[
			'accepted',
			'queued',
			'-',
			'-',
			'-',
			'cancelled',
			'error/-',
			'paused',
			'-',
			'cancelled',
		],
		[
			'moving',
			'queued',
			'-',
			'-',
			'-',
			'cancelled',
			'error/error',
			'paused',
			'-',
			'cancelled',
		],
		['over', 'cancelled', 'offered', '-', '-', '-', 'error/-', '-', '-', '-'],
	],
	out: [
		[
			'asked',
			'offered',
			'error',
			'queued',
			'declined',
			'cancelled',
			'error/error',
			'-',
			'-',
			'cancelled',
		],
		[
			'answering',
			'offered',
			'error',
			'queued',
			'declined',
			'cancelled',
			'error/error',
			'-',
			'-',
			'cancelled',
		],
		[
			'accepted',
			'queued',
			'error',
			'error',
			'failed',
			'cancelled',
			'error/active',
			'paused',
			'-',
			'cancelled',
		],
		[
			'moving',
			'active',
			'error',
			'error',
			'failed',
			'cancelled',
			'error/error',
			'paused',
			'-',
			'cancelled',
		],
		['over', 'declined', 'offered', '-', '-', '-', 'error/-', '-', '-', '-'],
	],
};

test('the table has every state', () => {
	expect(rows.in.map(([state]) => state)).toEqual(Object.keys(incoming));
	expect(rows.out.map(([state]) => state)).toEqual(Object.keys(outgoing));
});

describe.each(dialled)('%s dialled', by => {
	describe.each(['in', 'out'] as const)('%s', direction => {
		test.each(rows[direction].map(row => [row[0], row] as const))(
			'%s',
			async (state, [, is, ...steps]) => {
				expect(steps).toHaveLength(names.length);
				const expected = steps.map(step => {
					const [usDialled = '', themDialled = usDialled] = step.split('/');
					const next = by === 'us' ? usDialled : themDialled;
					return next === '-' ? is : next;
				});
				const got = [];
				for (const name of names) {
					got.push(await observed(direction, state, name, by));
				}

				expect(got).toEqual(expected);
			},
		);
	});
});
