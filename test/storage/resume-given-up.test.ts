import {expect, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {deliverOne, leavePartial, move, temporaryFolder} from './helpers.js';

const block = limits.blockBytes;
const content = Buffer.from(
	Uint8Array.from({length: 4 * block + 77}, (_, index) => (index * 31) % 251),
);

test.each([0, block, 2 * block + 5])(
	'a broken transfer goes on with all that was there, where it was given up after %i bytes were passed over',
	async passedBytes => {
		const folder = createReceiveFolder(await temporaryFolder());
		const there = content.subarray(0, 3 * block);
		await leavePartial(folder, 'a', content.length, there);
		const first = deliverOne(folder, 'a', content.length);
		expect(await first.held(0)).toMatchObject({kind: 'partial'});
		const part = await first.createPart(0, 3 * block);
		part.skip(passedBytes);
		await part.suspend();
		await first.close();
		const second = deliverOne(folder, 'a', content.length);
		expect((await move(second, 0, content)).heldBytes).toBe(3 * block);
		await second.close();
	},
);
