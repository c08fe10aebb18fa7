import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {startCpace} from '../../source/protocol/cpace.js';
import type {
	PairingOutput,
	PairMessage,
} from '../../source/protocol/pairing.js';
import {createSides, deliver, type Side} from './pairing-sides.js';

const code = '314159';
const wrong = '271828';

const ends = (side: Side) =>
	side.outputs.filter(
		(output): output is Extract<PairingOutput, {kind: 'ended'}> =>
			output.kind === 'ended',
	);
const left = (side: Side, kind: 'tried' | 'failed') =>
	side.outputs.flatMap(output =>
		output.kind === kind ? [output.attemptsLeft] : [],
	);
const receive = (side: Side, message: PairMessage, nowMs = 0) =>
	side.step({kind: 'received', message}, nowMs);

/** Bob shows a code, and alice knows of it. */
function shown(options = {}) {
	const sides = createSides(options);
	sides.bob.step({kind: 'show', code});
	deliver(sides.alice, sides.bob);
	return sides;
}

describe('pairing', () => {
	it.each([
		['as it is', startCpace],
		['with an exchange that costs nothing', undefined],
	])('confirms both with the right code, %s', (_, startCpace) => {
		const {alice, bob} = shown(startCpace ? {startCpace} : {});
		expect(alice.outputs).toEqual([
			{
				kind: 'opened',
				code: 'theirs',
				attemptsLeft: 3,
				expiresAtMs: limits.pairingMs,
			},
		]);
		alice.step({kind: 'enter', code});
		deliver(alice, bob);
		expect(alice.kinds()).toEqual(['opened', 'tried', 'paired']);
		expect(bob.kinds()).toEqual(['opened', 'tried', 'paired']);
		expect(bob.machine.deadlineAtMs()).toBeUndefined();
	});

	it('goes on after a wrong code, and burns after three', () => {
		const {alice, bob} = shown({startCpace});
		for (const digits of [wrong, wrong]) {
			alice.step({kind: 'enter', code: digits});
			deliver(alice, bob);
		}

		expect(left(bob, 'failed')).toEqual([2, 1]);
		alice.step({kind: 'enter', code: wrong});
		deliver(alice, bob);
		for (const side of [alice, bob]) {
			expect(left(side, 'failed')).toEqual([2, 1, 0]);
			expect(ends(side)).toMatchObject([{reason: 'burnt', attemptsLeft: 0}]);
			expect(side.isPaired()).toBe(false);
		}

		expect(alice.step({kind: 'enter', code})).toEqual([
			{kind: 'refused', why: 'noCode'},
		]);
	});

	it('takes the right code at the third attempt', () => {
		const {alice, bob} = shown();
		for (const digits of [wrong, wrong, code]) {
			alice.step({kind: 'enter', code: digits});
			deliver(alice, bob);
		}

		expect([alice.isPaired(), bob.isPaired()]).toEqual([true, true]);
	});

	it('lets both show a code, and the first that is typed counts', () => {
		const {alice, bob} = createSides();
		alice.step({kind: 'show', code: '000001'});
		bob.step({kind: 'show', code: '000002'});
		deliver(alice, bob);
		bob.step({kind: 'enter', code: '000001'});
		deliver(alice, bob);
		for (const side of [alice, bob]) {
			expect(side.isPaired()).toBe(true);
			expect(ends(side)).toMatchObject([{reason: 'withdrawn'}]);
		}
	});

	it('never uses the same numbers again for a new code', () => {
		const {alice, bob} = shown();
		bob.step({kind: 'show', code: wrong});
		deliver(alice, bob);
		expect(ends(bob)).toMatchObject([{reason: 'withdrawn', attemptsLeft: 3}]);
		alice.step({kind: 'enter', code});
		deliver(alice, bob);
		expect(alice.isPaired()).toBe(false);
		alice.step({kind: 'enter', code: wrong});
		expect(alice.sent).toMatchObject([{round: 2, attempt: 2}]);
		deliver(alice, bob);
		expect([alice.isPaired(), bob.isPaired()]).toEqual([true, true]);
	});

	it('shows only so many codes on one connection', () => {
		const {alice, bob} = createSides();
		for (let count = 0; count < limits.pairingCodes; count++) {
			bob.step({kind: 'show', code});
		}

		expect(bob.step({kind: 'show', code})).toEqual([
			{kind: 'refused', why: 'tooManyCodes'},
		]);
		deliver(alice, bob);
		expect(alice.kinds()).not.toContain('violated');
	});

	it('withdraws a code, also while it is being tried', () => {
		const {alice, bob} = shown();
		alice.step({kind: 'enter', code});
		bob.step({kind: 'withdraw'});
		deliver(alice, bob);
		expect(ends(alice)).toMatchObject([
			{code: 'theirs', reason: 'withdrawn', attemptsLeft: 2},
		]);
		expect([alice.isPaired(), bob.isPaired()]).toEqual([false, false]);
		expect(alice.kinds()).not.toContain('violated');
	});

	it('refuses to try twice at once', () => {
		const {alice} = shown();
		alice.step({kind: 'enter', code});
		expect(alice.step({kind: 'enter', code})).toEqual([
			{kind: 'refused', why: 'underWay'},
		]);
	});
});

describe('time', () => {
	it('ends a code on both screens', () => {
		const {alice, bob} = shown();
		expect(bob.machine.deadlineAtMs()).toBe(limits.pairingMs);
		expect(bob.step({kind: 'woken'}, limits.pairingMs - 1)).toEqual([]);
		bob.step({kind: 'woken'}, limits.pairingMs);
		alice.step({kind: 'woken'}, limits.pairingMs);
		for (const side of [alice, bob]) {
			expect(ends(side)).toMatchObject([{reason: 'expired', attemptsLeft: 3}]);
			expect(side.machine.deadlineAtMs()).toBeUndefined();
		}

		deliver(alice, bob);
		expect(alice.kinds()).not.toContain('violated');
	});

	it('counts even where nobody looked at the clock', () => {
		const {alice, bob} = shown();
		alice.step({kind: 'enter', code}, limits.pairingMs - 1);
		deliver(alice, bob, limits.pairingMs);
		expect(bob.isPaired()).toBe(false);
		expect(ends(alice)).toHaveLength(1);
	});

	it('waits for the answer to what was tried in time', () => {
		const {alice, bob} = shown();
		alice.step({kind: 'enter', code}, limits.pairingMs - 2);
		receive(bob, alice.sent.shift()!, limits.pairingMs - 1);
		deliver(alice, bob, limits.pairingMs + 100);
		expect([alice.isPaired(), bob.isPaired()]).toEqual([true, true]);
	});

	it.each([
		['is taken', limits.pairingAnswerMs - 1, true],
		['comes too late', limits.pairingAnswerMs, false],
	])('pairingAnswerMs: an answer that %s', (_, afterMs, isPaired) => {
		const {alice, bob} = shown();
		const triedAt = limits.pairingMs - 1;
		alice.step({kind: 'enter', code}, triedAt);
		receive(bob, alice.sent.shift()!, triedAt);
		for (const side of [alice, bob]) {
			expect(side.machine.deadlineAtMs()).toBe(
				triedAt + limits.pairingAnswerMs,
			);
			side.step({kind: 'woken'}, triedAt + afterMs);
		}

		deliver(alice, bob, triedAt + afterMs);
		for (const side of [alice, bob]) {
			expect(side.isPaired()).toBe(isPaired);
			const reasons = ends(side).map(({reason}) => reason);
			expect(reasons).toEqual(isPaired ? [] : ['expired']);
		}
	});
});

describe('a connection that ends', () => {
	it.each([
		['before anything was typed', 0, 3, 3],
		['with a share on its way', 0, 2, 3],
		['with the answer on its way', 1, 2, 2],
	])('%s spends what was sent', (_, delivered, alicesLeft, bobsLeft) => {
		const {alice, bob} = shown();
		if (alicesLeft < 3) alice.step({kind: 'enter', code});
		if (delivered > 0) receive(bob, alice.sent.shift()!);
		for (const side of [alice, bob]) side.step({kind: 'disconnected'});
		expect(ends(alice)).toMatchObject([
			{reason: 'disconnected', attemptsLeft: alicesLeft},
		]);
		expect(ends(bob)).toMatchObject([
			{reason: 'disconnected', attemptsLeft: bobsLeft},
		]);
		// The code was that connection's.
		deliver(alice, bob);
		expect([alice.isPaired(), bob.isPaired()]).toEqual([false, false]);
		expect(bob.step({kind: 'show', code})).toEqual([]);
	});
});
