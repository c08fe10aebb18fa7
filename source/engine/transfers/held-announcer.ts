/**
 * Tells the sender what is here of the entries that were announced, one after
 * the other as the disk is read. Decides nothing about what is done with it.
 * Invariant: what may be passed over is known here before the sender hears of it.
 */
import {digestBytes, encodeHeld} from '../../protocol/lane-frames.js';
import type {TransferReceiver} from '../../protocol/transfer-receiver.js';
import type {Connection, Delivery} from '../ports.js';

export async function announceHeld(
	entries: Iterable<number>,
	delivery: Delivery,
	machine: Pick<TransferReceiver, 'claim'>,
	connection: Connection,
	lane: {
		/** All was said of it: the sender may begin it. */
		readonly said: (entry: number) => void;
		/** Resolves when the connection has room again, or is gone. */
		readonly drained: () => Promise<void>;
		readonly isStopped: () => boolean;
	},
): Promise<void> {
	const {said, drained, isStopped} = lane;
	for (const entry of entries) {
		if (isStopped()) return;
		const held = await delivery.held(entry).catch(() => undefined);
		if (isStopped()) return;
		// It may have gone, or be finished, since it was announced.
		const hashes = held?.kind === 'partial' ? held.hashes : new Uint8Array();
		machine.claim(entry, blocksIn(hashes));
		said(entry);
		const isRoomLeft = connection.writeMany(encodeHeld(entry, hashes));
		if (!isRoomLeft) await drained();
	}
}

/** A hash of zeros stands for a block that is not here. */
function blocksIn(hashes: Uint8Array): boolean[] {
	const blocks: boolean[] = [];
	for (let start = 0; start < hashes.length; start += digestBytes) {
		blocks.push(
			hashes.subarray(start, start + digestBytes).some(byte => byte !== 0),
		);
	}

	return blocks;
}
