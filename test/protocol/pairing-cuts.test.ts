/** The connection ends at every step of an exchange, for both sides: what was spent stays spent. */
import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {createSides, type Side} from './pairing-sides.js';

const right = '314159';
const wrong = '000000';

/** What each side has left, or `paired`, where the line breaks after so many messages of one attempt have arrived. */
type Row = readonly [
	arrived: number,
	step: string,
	typing: number | 'paired',
	showing: number | 'paired',
];

/** Attempts that are left of the three, where this is the first one. */
const tables: ReadonlyArray<readonly [string, string, readonly Row[]]> = [
	[
		'with the right code',
		right,
		[
			[0, 'its share is out', 2, 3],
			[1, 'the answer is out', 2, 2],
			[2, 'its proof is out', 'paired', 2],
			[3, 'all has arrived', 'paired', 'paired'],
		],
	],
	[
		'with a wrong code',
		wrong,
		[
			[0, 'its share is out', 2, 3],
			[1, 'the answer is out', 2, 2],
			[2, 'it has said that it is wrong', 2, 2],
			[3, 'all has arrived', 2, 2],
		],
	],
];

/** Carries at most so many messages, whoever says them. */
function carry(one: Side, other: Side, most: number): void {
	for (let count = 0; count < most; count++) {
		const [from, to] = one.sent.length > 0 ? [one, other] : [other, one];
		const message = from.sent.shift();
		if (!message) return;
		to.step({kind: 'received', message});
	}
}

const endOf = (side: Side) => {
	side.step({kind: 'disconnected'});
	if (side.isPaired()) return 'paired';
	const last = side.outputs.at(-1);
	return last?.kind === 'ended'
		? `${last.reason} ${last.attemptsLeft}`
		: last?.kind;
};

describe.each(tables)('%s', (_, code, rows) => {
	describe.each([1, 2, 3])('in attempt %i', attempt => {
		it.each(rows)('cut when %i messages have arrived: %s', (...row) => {
			const [arrived, , typing, showing] = row;
			const {alice, bob} = createSides();
			bob.step({kind: 'show', code: right});
			carry(bob, alice, 1);
			for (let before = 1; before < attempt; before++) {
				alice.step({kind: 'enter', code: wrong});
				carry(alice, bob, 3);
			}

			alice.step({kind: 'enter', code});
			carry(alice, bob, arrived);
			const left = (first: number | 'paired', isOver: boolean) =>
				first === 'paired'
					? 'paired'
					: isOver
						? 'burnt 0'
						: `disconnected ${first - (attempt - 1)}`;
			const isLast = attempt === limits.pairingAttempts;
			// Who has heard the third wrong one out has burnt the code already.
			const isWrong = code === wrong;
			expect([endOf(alice), endOf(bob)]).toEqual([
				left(typing, isLast && isWrong && arrived >= 2),
				left(showing, isLast && isWrong && arrived >= 3),
			]);
		});
	});
});

it('before anything is typed a cut spends nothing', () => {
	for (const arrived of [0, 1]) {
		const {alice, bob} = createSides();
		bob.step({kind: 'show', code: right});
		carry(bob, alice, arrived);
		expect(endOf(bob)).toBe('disconnected 3');
		expect(endOf(alice)).toBe(arrived === 0 ? undefined : 'disconnected 3');
	}
});

it('afterwards nothing is said and nothing is taken', () => {
	for (let arrived = 0; arrived <= 3; arrived++) {
		const {alice, bob} = createSides();
		bob.step({kind: 'show', code: right});
		carry(bob, alice, 1);
		alice.step({kind: 'enter', code: right});
		carry(alice, bob, arrived);
		const [late] = [...alice.sent, ...bob.sent];
		for (const side of [alice, bob]) {
			side.step({kind: 'disconnected'});
			expect(side.step({kind: 'enter', code: right})).toEqual([]);
			expect(side.step({kind: 'show', code: right})).toEqual([]);
			if (late)
				expect(side.step({kind: 'received', message: late})).toEqual([]);
		}
	}
});
