/** What of a room is given to the disk. */
import {expect, test} from 'vitest';
import type {KeptRoom} from '../../../source/engine/ports.js';
import {createWorld} from '../../helpers/engine-under-test.js';
import {createMemoryRooms, join, memberOf, say} from './room-helpers.js';

test('what is being kept is of one moment, whatever is said until it is written', async () => {
	const world = createWorld();
	const rooms = createMemoryRooms();
	const taken: KeptRoom[] = [];
	const alice = memberOf(world, 'alice', {
		of: [],
		rooms: {
			...rooms,
			async save(room) {
				taken.push(room);
			},
		},
	});
	alice.engine.start();
	join(alice);
	await world.settle();
	for (const text of ['one', 'two', 'three']) {
		say(alice, text);
		await world.settle();
	}

	expect(
		taken.map(({streams, messages}) => [streams[0]?.to ?? 0, messages.length]),
	).toEqual([
		[0, 0],
		[1, 1],
		[2, 2],
		[3, 3],
	]);
	await alice.engine.close();
});
