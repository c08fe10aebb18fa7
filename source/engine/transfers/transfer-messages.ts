/** Routes what peers say about transfers, and decides whether they may say it. */
import {SocktermError} from '../../errors.js';
import type {ControlMessage} from '../../protocol/messages.js';
import type {IncomingTransfers} from './incoming-transfers.js';
import type {OutgoingTransfers} from './outgoing-transfers.js';
import type {PeerSession} from '../sessions/peer-session.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {TransferBook} from './transfer-book.js';
import type {TransferRecord} from './transfer-record.js';

/** Throws protocolViolation. */
export type ReceiveMessage = (
	entry: PeerEntry,
	session: PeerSession,
	message: ControlMessage,
) => Promise<void>;

export interface MessageRouterOptions {
	readonly book: TransferBook;
	readonly incoming: IncomingTransfers;
	readonly outgoing: OutgoingTransfers;
	readonly dialLane: (
		record: TransferRecord,
		ticket: string,
		isCurrent: () => boolean,
	) => Promise<void>;
}

export function createMessageRouter({
	book,
	incoming,
	outgoing,
	dialLane,
}: MessageRouterOptions): ReceiveMessage {
	return async (entry, session, message) => {
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
				const record = book.ownedBy(session, message.transfer);
				if (record?.direction === 'out') outgoing.declined(record);
				break;
			}

			case 'withdraw':
			case 'cancel': {
				incoming.withdrawn(session, message.transfer);
				const record = book.ownedBy(session, message.transfer, true);
				record?.finish({kind: 'cancelled', by: 'peer'});
				break;
			}

			case 'pause': {
				const record = book.ownedBy(session, message.transfer);
				if (!record?.isAccepted()) break;
				const isDisk = message.code === 'diskFull';
				// First the reason that there is: else it would move in between.
				record.setPaused(isDisk ? 'peersDisk' : 'peer', true);
				record.setPaused(isDisk ? 'peer' : 'peersDisk', false);
				break;
			}

			case 'goOn': {
				const record = book.ownedBy(session, message.transfer);
				record?.setPaused('peer', false);
				record?.setPaused('peersDisk', false);
				break;
			}

			case 'lane': {
				const record = book.ownedBy(session, message.transfer);
				// Only the side that dialled the session dials its lanes, and only for what was accepted.
				if (session.direction !== 'out' || record?.isAccepted() === false) {
					throw new SocktermError('protocolViolation', {what: 'lane'});
				}

				if (!record) break;
				const isCurrent = record.claimLane();
				if (!isCurrent) {
					throw new SocktermError('protocolViolation', {what: 'second lane'});
				}

				await dialLane(record, message.ticket, isCurrent);
				break;
			}

			default: {
				break;
			}
		}
	};
}
