/** What tests of transfers share: files, offers, and how they ended. */
import {expect} from 'vitest';
import type {TransferId} from '../../../source/engine/index.js';
import {createHasher} from '../../../source/storage/hasher.js';
import {toHex} from '../../../source/util/bytes.js';
import type {
	EngineUnderTest,
	Pair,
	World,
} from '../../helpers/engine-under-test.js';

/** Bytes that differ from their neighbours, from block to block, and between seeds. */
export function bytesOf(length: number, seed = 1): Uint8Array {
	const bytes = new Uint8Array(length);
	for (let index = 0; index < length; index++) {
		bytes[index] = index * 31 + (index >>> 16) * 13 + seed * 7;
	}

	return bytes;
}

/** Whether two files are the same; faster than a deep comparison. */
export const isSame = (one: Uint8Array | undefined, two: Uint8Array) =>
	one !== undefined && Buffer.compare(one, two) === 0;

export async function digestOf(bytes: Uint8Array): Promise<string> {
	const hasher = await createHasher();
	hasher.update(bytes);
	return toHex(hasher.digest());
}

/** Offers files; gives the id once the other side is asked. */
export async function offer(
	pair: Pair,
	files: Readonly<Record<string, Uint8Array>>,
	direction: 'forth' | 'back' = 'forth',
): Promise<TransferId> {
	const [from, to, peer] =
		direction === 'forth'
			? [pair.alice, pair.bob, pair.bobKey]
			: [pair.bob, pair.alice, pair.aliceKey];
	for (const [path, bytes] of Object.entries(files))
		from.files.put(path, bytes);
	const asked = to.next('transfer/offered');
	from.dispatch({type: 'transfer/offer', peer, paths: Object.keys(files)});
	return (await asked).transfer;
}

export const accept = (engine: EngineUnderTest, transfer: TransferId) => {
	engine.dispatch({type: 'transfer/accept', transfer});
};

export const finished = async (engine: EngineUnderTest, id: TransferId) =>
	(await engine.until('transfer/finished', ({transfer}) => transfer === id))
		.outcome;

export const bothFinished = async ({alice, bob}: Pair, id: TransferId) =>
	Promise.all([finished(alice, id), finished(bob, id)]);

/** Resolves in the very moment in which so many bytes are written, with more on their way. */
export const untilWritten = async (
	{hub}: World,
	{folder}: EngineUnderTest,
	countBytes: number,
) =>
	new Promise<void>(resolve => {
		hub.onDelivery = () => {
			if (folder.writtenBytes() < countBytes) return;
			hub.onDelivery = undefined;
			resolve();
		};
	});

export const nothingLeft = ({world, alice, bob}: Pair) => {
	for (const {folder, files} of [alice, bob]) {
		expect(folder.openParts()).toBe(0);
		expect(folder.openDeliveries()).toBe(0);
		expect(files.openReaders()).toBe(0);
	}

	// The lane is gone; the session is not.
	expect(world.hub.openConnections()).toBe(1);
};
