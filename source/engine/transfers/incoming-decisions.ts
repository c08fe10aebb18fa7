/** What somebody here says to an offer: yes to all or some of it, into this folder or another; or no. */
import {SocktermError} from '../../errors.js';
import type {TransferId} from '../ids.js';
import type {IncomingAnswers} from './incoming-answers.js';
import {approve, planOffer, type IncomingOffer} from './incoming-offer.js';
import type {ReceiveFolder} from '../ports.js';

export interface AcceptOptions {
	/** Entries that are not wanted. */
	readonly skip?: readonly number[];
	readonly folder?: ReceiveFolder;
}

export interface IncomingDecisions {
	/** Nothing happens where it was answered already. Throws noSuchTransfer, receiveFolderUnwritable. */
	accept(id: TransferId, options: AcceptOptions): Promise<void>;
	/** Throws noSuchTransfer. */
	decline(id: TransferId): void;
}

/** `find` throws noSuchTransfer. */
export function createIncomingDecisions(
	find: (id: TransferId) => IncomingOffer,
	answer: IncomingAnswers['answer'],
	receiveFolder: () => ReceiveFolder,
	/** Somebody, or the caps of a verified peer, said yes. */
	accepted: (offer: IncomingOffer, skip: number[]) => void,
): IncomingDecisions {
	const decline = (id: TransferId) => {
		const {record} = find(id);
		if (record.isAccepted()) {
			throw new SocktermError('noSuchTransfer', {transfer: id});
		}

		record.session()?.send({name: 'decline', transfer: id});
		record.finish({kind: 'declined'});
	};

	return {
		async accept(id, {folder, skip: unwanted = []}) {
			const offer = find(id);
			const {record} = offer;
			const session = record.session();
			if (record.isAccepted() || !session) return;
			if (folder && folder !== offer.folder) {
				await folder.freeBytes();
				// Somebody may have answered otherwise meanwhile.
				const isOpen = !record.isFinished() && record.session() === session;
				if (!isOpen || record.isAccepted()) return;
				planOffer(offer, folder);
			}

			const skip = approve(offer, unwanted);
			if (offer.wanted.size === 0) {
				decline(id);
				return;
			}

			await answer(offer, session, () => {
				const {path} = offer.folder;
				const isElsewhere = offer.folder !== receiveFolder();
				record.accept(offer.wanted, skip, isElsewhere ? path : undefined);
				accepted(offer, skip);
			});
		},
		decline,
	};
}
