/** Files, both directions: routes commands and control messages to the side concerned. */
import {SocktermError, toErrorInfo} from '../errors.js';
import type {ControlMessage} from '../protocol/messages.js';
import type {EngineContext} from './context.js';
import type {TransferId} from './ids.js';
import {createIncomingTransfers} from './incoming-transfers.js';
import {createLanes, type Lane} from './lane.js';
import {createOutgoingTransfers} from './outgoing-transfers.js';
import type {PeerSession} from './peer-session.js';
import type {PeerEntry} from './peer-table.js';
import type {SecureConnection} from './ports.js';
import type {CountRefusal} from './refusals.js';
import {createTransferBook} from './transfer-book.js';
import {laneLost, type TransferRecord} from './transfer-record.js';

export interface Transfers {
	offer(entry: PeerEntry, paths: readonly string[]): Promise<void>;
	accept(id: TransferId): void;
	decline(id: TransferId): void;
	/** Ends a transfer of either direction, or takes an offer back. Throws noSuchTransfer. */
	cancel(id: TransferId): void;
	receive(
		entry: PeerEntry,
		session: PeerSession,
		message: ControlMessage,
	): Promise<void>;
	acceptLane(connection: SecureConnection): void;
	sessionLost(session: PeerSession): void;
	/** Cancels all and resolves when nothing unfinished is left on disk. */
	closeAll(): Promise<void>;
}

export function createTransfers(
	context: EngineContext,
	refuse: CountRefusal,
): Transfers {
	const lanes = createLanes(context);
	const start = ({id, direction}: TransferRecord, lane: Lane) => {
		if (direction === 'out') outgoing.start(id, lane);
		else incoming.start(id, lane);
	};

	const book = createTransferBook(context, lanes, start);
	const outgoing = createOutgoingTransfers(context, book);
	const incoming = createIncomingTransfers(context, book, refuse);

	const dialLane = async (record: TransferRecord, ticket: string) => {
		try {
			start(record, await lanes.dial(record.session, ticket));
		} catch (error) {
			record.session.send({name: 'cancel', transfer: record.id});
			record.lose(laneLost(toErrorInfo(error)));
		}
	};

	/** The transfer that a message of a session is about; undefined when it has ended meanwhile. */
	const ownedBy = (session: PeerSession, id: string) => {
		const record = book.get(id as TransferId);
		return record?.session === session ? record : undefined;
	};

	const cancel = (record: TransferRecord) => {
		const {id: transfer, direction} = record;
		const isOffer = direction === 'out' && !record.isAccepted();
		record.session.send({name: isOffer ? 'withdraw' : 'cancel', transfer});
		record.finish({kind: 'cancelled', by: 'us'});
	};

	return {
		offer: outgoing.offer,
		accept(id) {
			incoming.accept(id);
		},
		decline(id) {
			incoming.decline(id);
		},
		cancel(id) {
			const record = book.get(id);
			if (!record) throw new SocktermError('noSuchTransfer', {transfer: id});
			if (record.direction === 'in' && !record.isAccepted()) {
				incoming.decline(id);
			} else {
				cancel(record);
			}
		},
		async receive(entry, session, message) {
			switch (message.name) {
				case 'offer': {
					await incoming.offered(entry, session, message);
					break;
				}

				case 'accept': {
					outgoing.accepted(session, message);
					break;
				}

				case 'decline': {
					const record = ownedBy(session, message.transfer);
					if (record?.direction === 'out') record.finish({kind: 'declined'});
					break;
				}

				case 'withdraw':
				case 'cancel': {
					const record = ownedBy(session, message.transfer);
					record?.finish({kind: 'cancelled', by: 'peer'});
					break;
				}

				case 'lane': {
					const record = ownedBy(session, message.transfer);
					// Only the side that dialled the session dials its lanes, and only for what was accepted.
					if (session.direction !== 'out' || record?.isAccepted() === false) {
						throw new SocktermError('protocolViolation', {what: 'lane'});
					}

					if (!record) break;
					if (!record.claimLane()) {
						throw new SocktermError('protocolViolation', {what: 'second lane'});
					}

					await dialLane(record, message.ticket);
					break;
				}

				default: {
					break;
				}
			}
		},
		acceptLane(connection) {
			lanes.accept(connection);
		},
		sessionLost(session) {
			book.loseAllOf(session);
			incoming.sessionLost(session);
		},
		async closeAll() {
			for (const record of book.running()) cancel(record);
			await book.settled();
		},
	};
}
