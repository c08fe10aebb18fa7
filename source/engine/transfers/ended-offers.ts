/**
 * What is remembered of offers that are over, should the sender make them again
 * because it does not know: those that were approved need no second question,
 * those that were cancelled get none. Only so many of each.
 */
import type {OfferEntry} from '../../protocol/messages.js';
import type {PeerId, TransferId} from '../ids.js';
import {isSameOffer, type IncomingOffer} from './incoming-offer.js';
import type {ReceiveFolder} from '../ports.js';

export interface Approved {
	readonly folder: ReceiveFolder;
	/** What was not wanted. */
	readonly skip: readonly number[];
	readonly saved: IncomingOffer['saved'];
}

export interface EndedOffers {
	/** One that was approved. */
	remember(offer: IncomingOffer): void;
	/** What was approved of the same offer of the same peer; undefined where nothing was. */
	find(
		id: TransferId,
		peerId: PeerId,
		entries: readonly OfferEntry[],
	): Approved | undefined;
	/** Nothing more of it is wanted. */
	cancel(id: TransferId): void;
	isCancelled(id: TransferId): boolean;
}

// An approved one holds all its names.
const approvedKept = 8;
const cancelledKept = 1_000;

export function createEndedOffers(): EndedOffers {
	const approved = new Map<TransferId, IncomingOffer>();
	const cancelled = new Set<TransferId>();
	return {
		remember(offer) {
			approved.set(offer.record.id, offer);
			const [oldest] = approved.keys();
			if (oldest && approved.size > approvedKept) approved.delete(oldest);
		},
		find(id, peerId, entries) {
			const before = approved.get(id);
			const isSame =
				before?.record.peerId === peerId && isSameOffer(before, entries);
			if (!isSame) return undefined;
			const {folder, wanted, saved} = before;
			const skip = [...entries.keys()].filter(index => !wanted.has(index));
			return {folder, skip, saved};
		},
		cancel(id) {
			cancelled.add(id);
			const [oldest] = cancelled;
			if (oldest && cancelled.size > cancelledKept) cancelled.delete(oldest);
		},
		isCancelled: id => cancelled.has(id),
	};
}
