/** Which transfers live, and the way from a transfer to its lane and back. */
import type {ErrorInfo} from '../../errors.js';
import type {EngineContext} from '../context.js';
import type {TransferId} from '../ids.js';
import type {Lane, Lanes} from './lane.js';
import type {PeerSession} from '../sessions/peer-session.js';
import {
	createTransferRecord,
	type RecordOptions,
	type TransferIdentity,
	type TransferRecord,
} from './transfer-record.js';

export interface TransferBook {
	has(id: TransferId): boolean;
	get(id: TransferId): TransferRecord | undefined;
	/**
	 * The transfer that a message of a session is about; undefined when it has ended, or is
	 * another's. With `orWaiting` also one of this peer that has no session.
	 */
	ownedBy(
		session: PeerSession,
		id: string,
		orWaiting?: boolean,
	): TransferRecord | undefined;
	add(
		identity: TransferIdentity,
		session: PeerSession,
		options: Omit<RecordOptions, 'finished'> & {finished: () => void},
	): TransferRecord;
	/** Resolves when nothing of those that have ended moves on the disk. */
	settled(): Promise<void>;
	/** Asks the side that dialled the session for a lane; a lane asked for before is not waited for any more. */
	invite(record: TransferRecord): void;
	/** No lane is waited for any more. */
	uninvite(id: TransferId): void;
	/** Transfers that are not finished. */
	running(): readonly TransferRecord[];
}

export function createTransferBook(
	context: EngineContext,
	lanes: Lanes,
	start: (record: TransferRecord, lane: Lane) => void,
	/** The lane did not come. */
	laneFailed: (record: TransferRecord, error: ErrorInfo) => void,
): TransferBook {
	const records = new Map<TransferId, TransferRecord>();
	const invitations = new Map<TransferId, () => void>();
	const cleaning = new Set<Promise<void>>();
	const uninvite = (id: TransferId) => {
		invitations.get(id)?.();
		invitations.delete(id);
	};

	return {
		has: id => records.has(id),
		get: id => records.get(id),
		ownedBy(session, id, orWaiting = false) {
			const record = records.get(id as TransferId);
			if (record?.session() === session) return record;
			const isWaiting = record?.peerId === session.peerId && !record.session();
			return orWaiting && isWaiting ? record : undefined;
		},
		add(identity, session, {sizeOf, changed, finished}) {
			const {id} = identity;
			const record = createTransferRecord(context, identity, session, {
				sizeOf,
				changed,
				finished(cleanedUp) {
					records.delete(id);
					uninvite(id);
					const done = cleanedUp.finally(() => cleaning.delete(done));
					cleaning.add(done);
					finished();
				},
			});
			records.set(id, record);
			return record;
		},
		async settled() {
			await Promise.all(cleaning);
		},
		invite(record) {
			const {id} = record;
			const session = record.session();
			uninvite(id);
			if (!session) return;
			const cancel = lanes.invite(
				session,
				id,
				lane => {
					invitations.delete(id);
					start(record, lane);
				},
				error => {
					invitations.delete(id);
					laneFailed(record, error);
				},
			);
			invitations.set(id, cancel);
		},
		uninvite,
		running: () => [...records.values()],
	};
}
