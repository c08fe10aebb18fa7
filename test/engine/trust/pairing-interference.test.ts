/** Whatever anybody else says about a code, it is good for the connection that it was shown to, and for no other. */
import {describe, expect, test} from 'vitest';
import type {PairMessage} from '../../../source/protocol/pairing.js';
import {createPair} from '../../helpers/engine-under-test.js';
import {introduceSpeaker} from '../speaker.js';
import {carryOut, code} from './trust-helpers.js';

const share = 'aa'.repeat(32);
const tag = 'bb'.repeat(64);
const messages = [
	{name: 'pairShow', round: 1},
	{name: 'pairShare', round: 1, attempt: 1, share},
	{name: 'pairReply', round: 1, attempt: 1, share, tag},
	{name: 'pairConfirm', round: 1, attempt: 1, tag},
	{name: 'pairWrong', round: 1, attempt: 1},
	{name: 'pairEnd', round: 1, reason: 'burnt'},
] as const satisfies readonly PairMessage[];

describe.each([
	['another peer', 'mallory'],
	['another program with the same key', 'alice'],
])('%s', (_, key) => {
	describe.each(['before it is typed', 'while it is tried'])('%s', when => {
		test.each(messages.map(message => [message.name, message] as const))(
			'says %s',
			async (name, message) => {
				const pair = await createPair();
				const {alice, bob, aliceKey, bobKey, world} = pair;
				const other = await introduceSpeaker(world, bob, key);
				await carryOut(bob, {type: 'trust/showCode', peer: aliceKey, code});
				await alice.until('trust/codeOpened');
				const enter = {type: 'trust/enterCode', peer: bobKey, code} as const;
				if (when === 'while it is tried') alice.dispatch(enter);
				other.say(message);
				await world.settle();
				// It may show a code of its own; of ours it knows nothing.
				expect(other.all('error')).toHaveLength(name === 'pairShow' ? 0 : 1);
				if (when === 'before it is typed') {
					expect(bob.of('trust/codeTried')).toEqual([]);
					expect(bob.of('trust/codeEnded')).toEqual([]);
					await carryOut(alice, enter);
				}

				await Promise.all([
					alice.until('trust/paired'),
					bob.until('trust/paired'),
				]);
				expect(alice.of('trust/codeFailed')).toEqual([]);
				expect(bob.of('trust/codeFailed')).toEqual([]);
				expect(bob.of('trust/paired')).toMatchObject([{peer: aliceKey}]);
			},
		);
	});
});
