/** The whole table of what may be received when, for both halves of a pairing. */
import {describe, expect, it} from 'vitest';
import type {
	PairMessage,
	PairMessageName,
} from '../../source/protocol/pairing.js';
import {createSides, deliver, type Side} from './pairing-sides.js';

const code = '314159';
const share = 'aa'.repeat(32);
const tag = 'bb'.repeat(64);

/** One of each kind about the given code; well formed, and worth nothing. */
const messageOf = (
	name: PairMessageName,
	round: number,
	attempt: number,
): PairMessage =>
	(
		({
			pairShow: {name: 'pairShow', round},
			pairShare: {name: 'pairShare', round, attempt, share},
			pairReply: {name: 'pairReply', round, attempt, share, tag},
			pairConfirm: {name: 'pairConfirm', round, attempt, tag},
			pairWrong: {name: 'pairWrong', round, attempt},
			pairEnd: {name: 'pairEnd', round, reason: 'expired'},
		}) as const
	)[name];

/** What a side says to it, in one word. */
function verdict(side: Side, message: PairMessage): string {
	const outputs = side.step({kind: 'received', message});
	return outputs
		.map(output =>
			output.kind === 'send'
				? output.message.name
				: output.kind === 'ended'
					? output.reason
					: output.kind,
		)
		.join(' ');
}

/** Bob after one code was withdrawn, in each state of his own second one. */
const showing = {
	off() {
		const {bob} = createSides();
		bob.step({kind: 'show', code});
		bob.step({kind: 'show', code});
		bob.step({kind: 'withdraw'});
		return bob;
	},
	shown() {
		const {bob} = createSides();
		bob.step({kind: 'show', code});
		bob.step({kind: 'show', code});
		return bob;
	},
	answered() {
		const bob = this.shown();
		bob.step({kind: 'received', message: messageOf('pairShare', 2, 1)});
		return bob;
	},
};

/** Alice after bob has shown a second code, in each state. */
const typing = {
	off() {
		const {alice, bob} = createSides();
		bob.step({kind: 'show', code});
		bob.step({kind: 'show', code});
		bob.step({kind: 'withdraw'});
		deliver(alice, bob);
		return alice;
	},
	asked() {
		const {alice, bob} = createSides();
		bob.step({kind: 'show', code});
		bob.step({kind: 'show', code});
		deliver(alice, bob);
		return alice;
	},
	trying() {
		const alice = this.asked();
		alice.step({kind: 'enter', code});
		return alice;
	},
};

type Row<State extends string> = readonly [
	name: PairMessageName,
	round: number,
	attempt: number,
	verdicts: Readonly<Record<State, string>>,
];

const broken = 'violated';
const brokenLive = 'violated disconnected';
const all = <State extends string>(
	states: readonly State[],
	what: string,
): Record<State, string> =>
	Object.fromEntries(states.map(state => [state, what])) as never;
const mine = ['off', 'shown', 'answered'] as const;
const theirs = ['off', 'asked', 'trying'] as const;

const showingRows: ReadonlyArray<Row<(typeof mine)[number]>> = [
	['pairShare', 1, 1, all(mine, 'pairEnd')],
	['pairConfirm', 1, 1, all(mine, '')],
	['pairWrong', 1, 1, all(mine, '')],
	[
		'pairShare',
		2,
		1,
		{off: 'pairEnd', shown: 'pairReply tried', answered: brokenLive},
	],
	[
		'pairShare',
		2,
		2,
		{off: 'pairEnd', shown: brokenLive, answered: 'failed pairReply tried'},
	],
	[
		'pairShare',
		2,
		3,
		{off: 'pairEnd', shown: brokenLive, answered: brokenLive},
	],
	['pairConfirm', 2, 1, {off: '', shown: brokenLive, answered: brokenLive}],
	['pairWrong', 2, 1, {off: '', shown: brokenLive, answered: 'failed'}],
	['pairWrong', 2, 2, {off: '', shown: brokenLive, answered: brokenLive}],
	...(['pairShare', 'pairConfirm', 'pairWrong'] as const).map(
		name =>
			[
				name,
				3,
				1,
				{off: broken, shown: brokenLive, answered: brokenLive},
			] as const,
	),
];

const typingRows: ReadonlyArray<Row<(typeof theirs)[number]>> = [
	['pairShow', 2, 0, {off: broken, asked: brokenLive, trying: brokenLive}],
	[
		'pairShow',
		3,
		0,
		{off: 'opened', asked: 'withdrawn opened', trying: 'withdrawn opened'},
	],
	['pairShow', 4, 0, {off: broken, asked: brokenLive, trying: brokenLive}],
	['pairReply', 1, 1, all(theirs, '')],
	['pairEnd', 1, 1, all(theirs, '')],
	['pairReply', 2, 1, {off: '', asked: brokenLive, trying: 'pairWrong failed'}],
	['pairReply', 2, 2, {off: '', asked: brokenLive, trying: brokenLive}],
	['pairEnd', 2, 1, {off: '', asked: 'expired', trying: 'expired'}],
	...(['pairReply', 'pairEnd'] as const).map(
		name =>
			[
				name,
				3,
				1,
				{off: broken, asked: brokenLive, trying: brokenLive},
			] as const,
	),
];

describe.each(mine)('the code on our screen: %s', state => {
	it.each(showingRows)('%s of code %i, attempt %i', (name, round, n, row) => {
		expect(verdict(showing[state](), messageOf(name, round, n))).toBe(
			row[state],
		);
	});
});

describe.each(theirs)('the code on their screen: %s', state => {
	it.each(typingRows)('%s of code %i, attempt %i', (name, round, n, row) => {
		expect(verdict(typing[state](), messageOf(name, round, n))).toBe(
			row[state],
		);
	});
});

describe('a share that is none', () => {
	it('is a violation, and no attempt', () => {
		const {alice, bob} = createSides();
		const failing = createSides({
			startCpace: () => ({
				share: new Uint8Array(32),
				finish: () => undefined,
			}),
		});
		for (const side of [failing.bob]) side.step({kind: 'show', code});
		bob.step({kind: 'show', code});
		deliver(alice, bob);
		expect(verdict(failing.bob, messageOf('pairShare', 1, 1))).toBe(brokenLive);
		deliver(failing.alice, failing.bob);
		failing.alice.step({kind: 'enter', code});
		expect(verdict(failing.alice, messageOf('pairReply', 1, 1))).toBe(
			brokenLive,
		);
	});

	it('may be our own', () => {
		const {alice, bob} = createSides();
		bob.step({kind: 'show', code});
		deliver(alice, bob);
		alice.step({kind: 'enter', code});
		const sent = alice.sent.find(each => each.name === 'pairShare')!;
		const reply = {...messageOf('pairReply', 1, 1), share: sent.share};
		expect(verdict(alice, reply as PairMessage)).toBe(brokenLive);
	});
});
