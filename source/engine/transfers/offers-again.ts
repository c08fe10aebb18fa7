/**
 * Offers of ours that a verified peer had accepted before this program was started:
 * they are made again as soon as it is there. Invariant: what is offered is what was
 * accepted, entry by entry; otherwise it is told, and forgotten.
 */
import {errorInfo} from '../../errors.js';
import {offerDigest} from '../../protocol/offer-digest.js';
import {gather, type Sources} from './gather-sources.js';
import type {PeerId, TransferId} from '../ids.js';
import {toOfferEntries, type Outgoing} from './outgoing-offer.js';
import type {FileSource} from '../ports.js';
import {toSafeText} from '../sanitize.js';
import type {PeerSession} from '../sessions/peer-session.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {CountRefusal} from '../sessions/refusals.js';
import type {OutgoingNote} from './transfer-note.js';
import type {TransferNotesKeeper} from './transfer-notes.js';

export type OfferAgain = (
	entry: PeerEntry,
	session: PeerSession,
	sources: Sources,
	id: TransferId,
) => void;

export interface OffersAgain {
	/** A peer has a session: what was begun before this program is offered again. */
	ready(entry: PeerEntry, session: PeerSession): Promise<void>;
	/** It is offered again after a restart, if a verified peer is who accepted it. */
	accepted(offer: Outgoing): void;
}

export function createOffersAgain(options: {
	readonly files: FileSource;
	readonly notes: TransferNotesKeeper;
	readonly isVerified: (peerId: PeerId) => boolean;
	readonly isLiving: (id: TransferId) => boolean;
	readonly refuse: CountRefusal;
	readonly offer: OfferAgain;
}): OffersAgain {
	const {files, notes, isVerified, isLiving, refuse, offer} = options;
	/** Those whose files are being looked at. */
	const looking = new Set<TransferId>();

	const sourcesOf = async ({paths, digest}: OutgoingNote) => {
		const sources = await gather(files, paths).catch(() => undefined);
		const isSame =
			sources && offerDigest(toOfferEntries(sources.files)) === digest;
		return isSame ? sources : undefined;
	};

	const again = async (
		entry: PeerEntry,
		session: PeerSession,
		note: OutgoingNote,
	) => {
		const {transfer, paths} = note;
		const sources = await sourcesOf(note);
		if (!sources) {
			notes.forget(transfer);
			const [path = ''] = paths;
			const {name} = entry;
			refuse(errorInfo('resumeChanged', {name, path: toSafeText(path)}));
		} else if (
			entry.session === session &&
			isVerified(session.peerId) &&
			!isLiving(transfer)
		) {
			offer(entry, session, sources, transfer);
		}
	};

	return {
		async ready(entry, session) {
			const {peerId} = session;
			if (!isVerified(peerId)) return;
			const claimed = await notes.claim(
				peerId,
				id => isLiving(id) || looking.has(id),
			);
			for (const note of claimed) looking.add(note.transfer);
			for (const note of claimed) {
				await again(entry, session, note);
				looking.delete(note.transfer);
			}
		},
		accepted({record, sources}) {
			const {files: entries, paths, isPart} = sources;
			const {id: transfer, peerId} = record;
			const isWhole = entries.every(({kind}) => kind !== 'stream') && !isPart;
			if (!isWhole || !isVerified(peerId)) return;
			const digest = offerDigest(toOfferEntries(entries));
			notes.sent({transfer, peerId, digest, paths});
		},
	};
}
