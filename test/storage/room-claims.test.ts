import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {openDirectory} from '../../source/storage/directory.js';
import {createRoomClaims} from '../../source/storage/room-claims.js';
import {nodeFiles} from '../../source/storage/storage-files.js';
import {temporaryFolder} from './helpers.js';

/** A folder with so much room, and how often it was asked for. */
async function roomOf(freeBytes: number) {
	const asked = {count: 0};
	const files = {
		...nodeFiles,
		async freeBytes() {
			asked.count++;
			return freeBytes;
		},
	};
	const root = await openDirectory(files, await temporaryFolder());
	return {room: createRoomClaims(files), root, asked};
}

describe('room for small files', () => {
	it('is asked for again only after so many bytes', async () => {
		const {room, root, asked} = await roomOf(Number.MAX_SAFE_INTEGER);
		const piece = limits.roomKnownBytes / 4;
		const startedAt = performance.now();
		for (let count = 0; count < 12; count++) {
			(await room.claimSmall(piece, root))?.();
		}

		// Twelve quarters are three times as much; time asks again only where all this took long.
		const byTime = (performance.now() - startedAt) / limits.roomKnownMs;
		expect(asked.count).toBeGreaterThanOrEqual(3);
		expect(asked.count).toBeLessThanOrEqual(4 + byTime);
	});

	it('is not promised twice, and is given back', async () => {
		const {room, root} = await roomOf(1_000);
		const first = await room.claimSmall(600, root);
		expect(first).toBeDefined();
		expect(await room.claimSmall(600, root)).toBeUndefined();
		await expect(room.claim(600, root)).rejects.toMatchObject({
			info: {code: 'diskFull', details: {freeBytes: 400, neededBytes: 600}},
		});
		first?.();
		await expect(room.claim(600, root)).resolves.toBeDefined();
	});
});
