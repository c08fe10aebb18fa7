/**
 * Offers that are answered without asking: those that were approved before this
 * program was started, and those that the caps of a verified peer allow. Decides
 * which those are; answering is left to others. Invariant: neither is done for a key
 * that is not verified now.
 */
import type {ErrorInfo} from '../../errors.js';
import type {OfferEntry} from '../../protocol/messages.js';
import {offerDigest} from '../../protocol/offer-digest.js';
import type {EngineContext} from '../context.js';
import type {EntryOffer, Trust} from '../events.js';
import type {PeerId, SafeText, TransferId} from '../ids.js';
import type {ReceiveFolder} from '../ports.js';
import type {AskedOffer, Verdict} from '../trust/auto-accept.js';
import {bytesToCome} from './bytes-to-come.js';
import type {IncomingOffer} from './incoming-offer.js';
import type {TransferNotesKeeper} from './transfer-notes.js';

/** Whether an offer is taken without asking. */
export type JudgeOffer = (
	peerId: PeerId,
	offer: AskedOffer,
) => Promise<Verdict>;

export interface UnaskedOptions {
	readonly judgeOffer: JudgeOffer;
	readonly notes: TransferNotesKeeper;
	readonly isVerified: (peerId: PeerId) => boolean;
	readonly openFolder: (path: string) => ReceiveFolder;
}

/** What was approved of an offer before this program was started. */
export interface ApprovedBefore {
	readonly skip: readonly number[];
	readonly folder: ReceiveFolder;
}

export interface UnaskedAnswers {
	before(
		id: TransferId,
		peerId: PeerId,
		entries: readonly OfferEntry[],
	): ApprovedBefore | undefined;
	judge(
		peerId: PeerId,
		offer: {
			readonly trust: Trust;
			readonly name: SafeText;
			readonly entries: readonly EntryOffer[];
			readonly free: number | ErrorInfo;
		},
	): Promise<Verdict>;
	/** Somebody, or the caps of a verified peer, said yes. */
	approved(offer: IncomingOffer, skip: readonly number[]): void;
}

export function createUnaskedAnswers(
	context: EngineContext,
	{judgeOffer, notes, isVerified, openFolder}: UnaskedOptions,
): UnaskedAnswers {
	return {
		before(id, peerId, entries) {
			if (!isVerified(peerId)) return undefined;
			const note = notes.find(id, peerId, () => offerDigest(entries));
			return note && {skip: note.skip, folder: openFolder(note.folder)};
		},
		judge: async (peerId, {free, ...offer}) =>
			judgeOffer(peerId, {
				...offer,
				roomBytes:
					typeof free === 'number'
						? free - bytesToCome(context.state())
						: undefined,
			}),
		approved({record, suggested, folder}, skip) {
			const {id: transfer, peerId} = record;
			// A pipe cannot be read twice.
			const isWhole = suggested.every(({kind}) => kind !== 'stream');
			if (!isWhole || !isVerified(peerId)) return;
			const digest = offerDigest(suggested);
			notes.approved({transfer, peerId, digest, skip, folder: folder.path});
		},
	};
}
