/** Somebody who offers files by hand, beside an honest peer that must not notice anything. */
import {expect} from 'vitest';
import type {TransferId} from '../../../source/engine/index.js';
import type {ControlMessage} from '../../../source/protocol/messages.js';
import {
	connect,
	createWorld,
	type EngineOptions,
} from '../../helpers/engine-under-test.js';
import {introduceSpeaker} from '../speaker.js';

export const idOf = (number: number) =>
	number.toString(16).padStart(32, '0') as TransferId;

export const offerOf = (
	number: number,
	sizes: readonly number[] = [10],
	changes: Partial<Extract<ControlMessage, {name: 'offer'}>> = {},
): ControlMessage => ({
	name: 'offer',
	transfer: idOf(number),
	entries: sizes.map((size, index) => ({
		path: [`f${index}`],
		size,
		mtimeMs: 0,
	})),
	more: false,
	...changes,
});

/** Alice, an honest peer beside, and somebody who speaks by hand. */
export async function setUp(options: EngineOptions = {}) {
	const world = createWorld();
	const alice = world.engine('alice', options);
	const bob = world.engine('bob');
	await alice.listen();
	const {there} = await connect(bob, alice);
	const mallory = await introduceSpeaker(world, alice);
	const malloryKey = alice.of('peer/connected').at(-1)!.peer;
	return {
		world,
		alice,
		mallory,
		malloryKey,
		/** Offers, is accepted, gets its ticket. */
		async accepted(sizes: readonly number[]) {
			mallory.say(offerOf(1, sizes));
			const {transfer} = await alice.until('transfer/offered');
			alice.dispatch({type: 'transfer/accept', transfer});
			const {ticket} = await mallory.until('lane');
			return {transfer, ticket};
		},
		async expectUnharmed() {
			await world.settle();
			bob.dispatch({type: 'chat/send', conversation: there, text: 'fine?'});
			await alice.until('chat/received', ({text}) => text === 'fine?');
			expect(alice.folder.openParts()).toBe(0);
			expect(alice.folder.saved.size).toBe(0);
		},
	};
}
