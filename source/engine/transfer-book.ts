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
	/** Resolves when nothing unfinished of those that have ended is left. */
	settled(): Promise<void>;
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
	const invitations = new Map<TransferId, () => void>();
	const cleaning = new Set<Promise<void>>();
	return {
		has: id => records.has(id),
		get: id => records.get(id),
		add(identity, onFinished) {
			const {id} = identity;
			const record = createTransferRecord(context, identity, cleanedUp => {
				records.delete(id);
				invitations.get(id)?.();
				invitations.delete(id);
				const done = cleanedUp.finally(() => cleaning.delete(done));
				cleaning.add(done);
				onFinished();
			});
			records.set(id, record);
			return record;
		},
		async settled() {
			await Promise.all(cleaning);
		},
		invite(record) {
			const {session, id} = record;
			const cancel = lanes.invite(
				session,
				id,
				lane => {
					start(record, lane);
				},
				error => {
					session.send({name: 'cancel', transfer: id});
					record.lose(laneLost(error));
				},
			);
			invitations.set(id, cancel);
		},
		loseAllOf(session) {
			for (const record of records.values()) {
				if (record.session === session) record.lose(laneLost());
			}
		},
		running: () => [...records.values()],
	};
}
