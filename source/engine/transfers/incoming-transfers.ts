/**
 * Offers of others. Nothing is written and no memory is reserved before somebody
 * accepts; what was approved (names, sizes, count) is what is written. Where a
 * lane or session breaks, the sender makes the same offer again: what was
 * approved stands, for this key, and the answer says what is here.
 */
import {
	errorInfo,
	SocktermError,
	toErrorInfo,
	type ErrorInfo,
} from '../../errors.js';
import type {ControlMessage, OfferEntry} from '../../protocol/messages.js';
import type {EngineContext} from '../context.js';
import {createIncomingAnswers} from './incoming-answers.js';
import {createEndedOffers} from './ended-offers.js';
import type {TransferId} from '../ids.js';
import {
	createIncomingDecisions,
	type IncomingDecisions,
} from './incoming-decisions.js';
import {
	createOffer,
	hasStream,
	lookAt,
	shownEntries,
	type IncomingOffer,
} from './incoming-offer.js';
import {receiveOffer} from './incoming-lane.js';
import type {Lane} from './lane.js';
import {createOfferCollector, weightOf} from './offer-collector.js';
import type {PeerSession} from '../sessions/peer-session.js';
import {trustOf, type PeerEntry} from '../sessions/peer-table.js';
import type {CountRefusal} from '../sessions/refusals.js';
import type {TransferBook} from './transfer-book.js';
import type {TransferLimits} from './transfer-limits.js';
import {laneLost, type TransferRecord} from './transfer-record.js';
import {createUnaskedAnswers, type UnaskedOptions} from './unasked-answers.js';

type OfferMessage = Extract<ControlMessage, {name: 'offer'}>;

export interface IncomingTransfers extends IncomingDecisions {
	offered(
		entry: PeerEntry,
		session: PeerSession,
		message: OfferMessage,
	): Promise<void>;
	start(id: TransferId, lane: Lane): void;
	/** The lane broke, or did not come. */
	laneFailed(record: TransferRecord, error: ErrorInfo | undefined): void;
	/** The sender takes an offer back of which not every page has come. */
	withdrawn(session: PeerSession, id: string): void;
	sessionLost(session: PeerSession): void;
	/** We want nothing more of it: it is not asked about again. */
	cancelled(id: TransferId): void;
}

export function createIncomingTransfers(
	context: EngineContext,
	book: TransferBook,
	rates: TransferLimits,
	refuse: CountRefusal,
	/** The reasons of this side to pause it have changed. */
	tellPause: (record: TransferRecord) => void,
	options: UnaskedOptions,
): IncomingTransfers {
	const {clock} = context.ports;
	const offers = new Map<TransferId, IncomingOffer>();
	const collector = createOfferCollector(clock);
	const ended = createEndedOffers();
	const unasked = createUnaskedAnswers(context, options);

	/** Whether one more offer would be too much to wait for an answer at once. */
	const isFull = (session: PeerSession, entries: readonly OfferEntry[]) => {
		const {offersPending, offersPendingBytes} = session.limits();
		let pending = 1;
		let weight = weightOf(entries);
		for (const {record, weight: held} of offers.values()) {
			if (record.session() !== session || record.isAccepted()) continue;
			pending++;
			weight += held;
		}

		return pending > offersPending || weight > offersPendingBytes;
	};

	const find = (id: TransferId): IncomingOffer => {
		const offer = offers.get(id);
		if (!offer) throw new SocktermError('noSuchTransfer', {transfer: id});
		return offer;
	};

	const {answer, takeUp} = createIncomingAnswers(book, refuse, tellPause);

	const {accept, decline} = createIncomingDecisions(
		find,
		answer,
		() => context.choices.receiveFolder,
		unasked.approved,
	);

	const laneFailed: IncomingTransfers['laneFailed'] = (record, error) => {
		const offer = offers.get(record.id);
		if (!offer?.isAnswered || record.isFinished()) return;
		if (error?.blame === 'peer') {
			record.session()?.send({name: 'cancel', transfer: record.id});
			record.lose(error);
		} else if (hasStream(offer)) {
			record.lose(errorInfo('streamBroken'));
		} else {
			offer.isAnswered = false;
			record.interrupt({error: laneLost(error), keepSession: true});
		}
	};

	return {
		async offered(entry, session, message) {
			const entries = collector.collect(session, message);
			if (!entries) return;
			const id = message.transfer as TransferId;
			const known = offers.get(id);
			const {peerId} = session;
			if (known?.record.isAccepted() && known.record.peerId === peerId) {
				await takeUp(known, session, entries);
				return;
			}

			// The session that it came on is gone, and we have not heard of it yet.
			if (known?.record.peerId === peerId && known.record.session() !== session)
				known.record.lose(laneLost());
			if (book.has(id) || entries.length === 0) {
				throw new SocktermError('protocolViolation', {what: 'offer'});
			}

			if (ended.isCancelled(id)) {
				session.send({name: 'cancel', transfer: id});
				return;
			}

			if (!collector.count(session) || isFull(session, entries)) {
				const code = 'tooManyOffers';
				session.send({name: 'decline', transfer: id, code});
				refuse(errorInfo(code, {name: entry.name}));
				return;
			}

			const record = book.add(
				{id, peer: entry.key, peerId, direction: 'in'},
				session,
				{
					sizeOf: index => entries[index]?.size ?? 0,
					changed: () => undefined,
					finished() {
						offers.delete(id);
						rates.forget(id);
						const phase = context.state().transfers.get(id)?.phase;
						const isCancelled =
							phase?.kind === 'finished' && phase.outcome.kind === 'cancelled';
						if (record.isAccepted() && !isCancelled) ended.remember(offer);
						options.notes.ended(
							id,
							phase?.kind === 'finished' ? phase.outcome : undefined,
						);
					},
				},
			);
			const approved = ended.find(id, peerId, entries);
			const noted = unasked.before(id, peerId, entries);
			const {folder = context.choices.receiveFolder} = approved ?? noted ?? {};
			const offer = createOffer(record, entries, folder, approved?.saved);
			offers.set(id, offer);
			const [free, presence] = await Promise.all([
				offer.folder.freeBytes().catch(toErrorInfo),
				lookAt(offer).catch(() => []),
			]);
			if (record.isFinished()) return;
			if (typeof free !== 'number') refuse(free);
			if (approved) {
				// Nobody is asked a second time.
				await accept(id, {skip: approved.skip});
				return;
			}

			const shown = shownEntries(offer, presence);
			const trust = trustOf(context, entry.key);
			const {name} = entry;
			const verdict = noted
				? ({kind: 'resume'} as const)
				: await unasked.judge(peerId, {trust, name, entries: shown, free});
			if (record.isFinished()) return;
			context.emit({
				type: 'transfer/offered',
				transfer: id,
				peer: entry.key,
				direction: 'in',
				entries: shown,
				totalBytes: entries.reduce((sum, {size}) => sum + size, 0),
				...(typeof free === 'number' ? {freeBytes: free} : {}),
				trust,
				...byItself[verdict.kind],
			});
			if (verdict.kind !== 'ask') {
				await accept(id, noted ? {skip: noted.skip} : {});
			} else if (verdict.why) {
				context.emit({
					type: 'transfer/notByItself',
					transfer: id,
					peer: entry.key,
					error: verdict.why,
				});
			}
		},

		accept,
		decline,
		laneFailed,

		start(id, lane) {
			const offer = offers.get(id);
			if (!offer?.isAnswered) {
				lane.connection.destroy();
				return;
			}

			const attempt = offer.question;
			receiveOffer(offer, lane, {
				clock,
				limiter: rates.of(id, 'in'),
				blocked(error) {
					offer.record.setPaused('ownDisk', error !== undefined, error);
					tellPause(offer.record);
				},
				closed(error) {
					// Another lane may have taken its place.
					if (offer.question === attempt) laneFailed(offer.record, error);
				},
			});
		},

		withdrawn: collector.forget,

		sessionLost(session) {
			collector.sessionLost(session);
			for (const offer of offers.values()) {
				const {record} = offer;
				if (record.session() !== session) continue;
				book.uninvite(record.id);
				offer.isAnswered = false;
				if (!record.isAccepted()) record.lose(laneLost());
				else if (hasStream(offer)) record.lose(errorInfo('streamBroken'));
				else record.interrupt({keepSession: false});
			}
		},

		cancelled: ended.cancel,
	};
}

const byItself = {
	ask: {},
	take: {byItself: 'accepted'},
	resume: {byItself: 'resumed'},
} as const;
