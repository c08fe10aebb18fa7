/** Which transfers live, and the way from a transfer to its lane and back. */
import type {EngineContext} from './context.js';
import type {TransferId} from './ids.js';
import type {Lane, Lanes} from './lane.js';
import type {PeerSession} from './peer-session.js';
import {
	createTransferRecord,
	laneLost,
	type TransferRecord,
} from './transfer-record.js';

export interface TransferBook {
	has(id: TransferId): boolean;
	get(id: TransferId): TransferRecord | undefined;
	add(
		identity: Parameters<typeof createTransferRecord>[1],
		onFinished: () => void,
	): TransferRecord;
	/** Asks the side that dialled the session for a lane. */
	invite(record: TransferRecord): void;
	/** Everything that belongs to a session that is gone. */
	loseAllOf(session: PeerSession): void;
	/** Transfers that are not finished. */
	running(): readonly TransferRecord[];
}

export function createTransferBook(
	context: EngineContext,
	lanes: Lanes,
	start: (record: TransferRecord, lane: Lane) => void,
): TransferBook {
	const records = new Map<TransferId, TransferRecord>();
	return {
		has: id => records.has(id),
		get: id => records.get(id),
		add(identity, onFinished) {
			const record = createTransferRecord(context, identity, () => {
				records.delete(identity.id);
				onFinished();
			});
			records.set(identity.id, record);
			return record;
		},
		invite(record) {
			lanes.invite(
				record.session,
				record.id,
				lane => {
					start(record, lane);
				},
				error => {
					record.lose(laneLost(error));
				},
			);
		},
		loseAllOf(session) {
			for (const record of records.values()) {
				if (record.session === session) record.lose(laneLost());
			}
		},
		running: () => [...records.values()],
	};
}
