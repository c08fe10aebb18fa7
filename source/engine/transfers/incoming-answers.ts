/**
 * Answers an offer that was approved: what is wanted, and what is here of it; and
 * answers again when the sender makes the same offer after a break. Invariant:
 * of several questions about one offer only the last one is answered.
 */
import {errorInfo, SocktermError, toErrorInfo} from '../../errors.js';
import type {OfferEntry} from '../../protocol/messages.js';
import {acceptPages} from '../../protocol/offer-pages.js';
import {isSameOffer, lookAt, type IncomingOffer} from './incoming-offer.js';
import type {PeerSession} from '../sessions/peer-session.js';
import type {CountRefusal} from '../sessions/refusals.js';
import type {TransferBook} from './transfer-book.js';
import type {TransferRecord} from './transfer-record.js';

export interface IncomingAnswers {
	/** `accept` is called before the answer is sent, and not where another question overtakes it. */
	answer(
		offer: IncomingOffer,
		session: PeerSession,
		accept: () => void,
	): Promise<void>;
	/** The sender asks again about what was approved. Throws protocolViolation where it is not the same. */
	takeUp(
		offer: IncomingOffer,
		session: PeerSession,
		entries: readonly OfferEntry[],
	): Promise<void>;
}

export function createIncomingAnswers(
	book: TransferBook,
	refuse: CountRefusal,
	tellPause: (record: TransferRecord) => void,
): IncomingAnswers {
	const answer: IncomingAnswers['answer'] = async (offer, session, accept) => {
		const {record} = offer;
		const question = ++offer.question;
		const isOpen = () =>
			offer.question === question &&
			record.session() === session &&
			!record.isFinished();
		await record.quiet();
		await offer.look;
		if (!isOpen()) return;
		offer.look = lookAt(offer).catch((error: unknown) => {
			refuse(toErrorInfo(error));
			return [];
		});
		const presence = await offer.look;
		if (!isOpen()) return;
		const skip: number[] = [];
		offer.held = [];
		offer.same = new Set();
		for (const [index, {kind}] of offer.suggested.entries()) {
			if (!offer.wanted.has(index)) skip.push(index);
			else if (offer.saved.has(index) && !kind) offer.same.add(index);
			else if (presence[index]?.kind === 'partial') offer.held.push(index);
			else if (presence[index]?.kind !== 'similar') continue;
			else if (!offer.differing.has(index)) offer.same.add(index);
		}

		offer.isAnswered = true;
		accept();
		const {id} = record;
		await session.sendAll(
			acceptPages(id, {skip, held: offer.held, same: [...offer.same]}),
			isOpen,
		);
		if (!isOpen()) return;
		if (record.ownPause()) tellPause(record);
		if (session.direction === 'in') book.invite(record);
	};

	const takeUp: IncomingAnswers['takeUp'] = async (offer, session, entries) => {
		const {record} = offer;
		if (!isSameOffer(offer, entries)) {
			throw new SocktermError('protocolViolation', {what: 'offer changed'});
		}

		offer.isAnswered = false;
		book.uninvite(record.id);
		record.interrupt({keepSession: true});
		record.attach(session);
		record.forgetTheirPauses();
		for (const [index, {done}] of entries.entries()) {
			if (!done) continue;
			offer.wanted.delete(index);
			record.failed(index, errorInfo('cancelled'));
		}

		if (record.isFinished()) return;
		await answer(offer, session, record.takenUp);
	};

	return {answer, takeUp};
}
