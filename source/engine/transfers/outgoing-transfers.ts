/**
 * Offers files and, when the other side has accepted, sends them on a lane when
 * it is their turn. Where the lane or the session breaks, the same offer is made
 * again: the receiver says what it has, and the rest is sent. Invariant: only
 * what was accepted is sent, and only while nobody has paused it.
 */
import {errorInfo, SocktermError} from '../../errors.js';
import {offerPages} from '../../protocol/offer-pages.js';
import {toHex} from '../../util/bytes.js';
import {createBackoff} from '../backoff.js';
import type {EngineContext} from '../context.js';
import {gather, type Sources} from './gather-sources.js';
import type {PeerId, TransferId} from '../ids.js';
import {createOffersAgain} from './offers-again.js';
import type {Lane} from './lane.js';
import {sendOffer} from './outgoing-lane.js';
import {
	createOutgoing,
	noteAnswer,
	shownEntries,
	wireEntries,
	type Accept,
	type Outgoing,
} from './outgoing-offer.js';
import type {OutgoingQueue} from './outgoing-queue.js';
import {
	createOutgoingRecovery,
	type OutgoingRecovery,
} from './outgoing-recovery.js';
import type {PeerSession} from '../sessions/peer-session.js';
import {trustOf, type PeerEntry} from '../sessions/peer-table.js';
import type {CountRefusal} from '../sessions/refusals.js';
import {createRetries} from './retries.js';
import type {TransferBook} from './transfer-book.js';
import type {TransferLimits} from './transfer-limits.js';
import type {TransferNotesKeeper} from './transfer-notes.js';
import type {TransferRecord} from './transfer-record.js';

export interface OutgoingTransfers extends Omit<OutgoingRecovery, 'askAgain'> {
	/** Throws fileMissing, fileUnreadable, notAFile, offerTooLarge, rawPeerTakesNoFiles, notConnected. */
	offer(entry: PeerEntry, paths: readonly string[]): Promise<void>;
	/** What is piped into this program. Throws as `offer` does. */
	offerInput(entry: PeerEntry, name: string): void;
	/** Offers again what a finished one did not bring across. Throws nothingToRetry and as `offer` does. */
	retry(id: TransferId): Promise<void>;
	accepted(session: PeerSession, message: Accept): void;
	declined(record: TransferRecord): void;
	/** The lane is there: send, when it is its turn. */
	start(id: TransferId, lane: Lane): void;
	/** It is its turn. */
	begin(id: TransferId): void;
}

export interface OutgoingOptions {
	readonly notes: TransferNotesKeeper;
	readonly isVerified: (peerId: PeerId) => boolean;
	readonly refuse: CountRefusal;
	/** What was begun before this program is offered again. */
	readonly resumes: boolean;
}

export function createOutgoingTransfers(
	context: EngineContext,
	book: TransferBook,
	queue: OutgoingQueue,
	rates: TransferLimits,
	{notes, isVerified, refuse, resumes}: OutgoingOptions,
): OutgoingTransfers {
	const {clock, files: source, input, random} = context.ports;
	const outgoing = new Map<TransferId, Outgoing>();
	const retries = createRetries();

	const gatherFor = async (entry: PeerEntry, paths: readonly string[]) => {
		const session = sessionOf(entry);
		if (paths.length === 0) throw new SocktermError('fileMissing');
		const sources = await gather(source, paths);
		// It may have gone while the disk was asked.
		if (entry.session !== session) {
			throw new SocktermError('notConnected', {name: entry.name});
		}

		return {session, sources};
	};

	/** Whether it may move has changed. */
	const update = (held: Outgoing) => {
		const {record, sender} = held;
		if (sender && !record.isPaused() && !record.isFinished()) {
			queue.enter(record.id, held.hadTurn);
		} else {
			sender?.hold(true);
			queue.leave(record.id);
		}
	};

	const ask = (held: Outgoing, session: PeerSession) => {
		const {record} = held;
		held.cancelRetry();
		held.isAsking = true;
		held.skipped = new Set();
		held.held = new Set();
		held.same = new Set();
		record.attach(session);
		record.forgetTheirPauses();
		if (record.isAccepted() && !record.isFinished()) {
			const {id: transfer} = record;
			context.emit({type: 'transfer/interrupted', transfer, asking: true});
		}

		void session.sendAll(
			offerPages(record.id, wireEntries(held)),
			() => !record.isFinished() && record.session() === session,
		);
	};

	const open = (
		entry: PeerEntry,
		session: PeerSession,
		sources: Sources,
		before?: TransferId,
	) => {
		const {files, leftOut} = sources;
		const id = before ?? (toHex(random(16)) as TransferId);
		const record: TransferRecord = book.add(
			{id, peer: entry.key, peerId: session.peerId, direction: 'out'},
			session,
			{
				sizeOf: index => files[index]?.sizeBytes ?? 0,
				changed() {
					update(held);
				},
				finished() {
					held.cancelRetry();
					held.sender = undefined;
					outgoing.delete(id);
					queue.leave(id);
					rates.forget(id);
					const transfer = context.state().transfers.get(id);
					retries.remember(id, entry, sources, transfer);
					const phase = transfer?.phase;
					notes.ended(
						id,
						phase?.kind === 'finished' ? phase.outcome : undefined,
					);
				},
			},
		);
		const backoff = createBackoff(context.ports);
		const held = createOutgoing(record, entry, sources, backoff);
		outgoing.set(id, held);
		context.emit({
			type: 'transfer/offered',
			transfer: id,
			peer: entry.key,
			direction: 'out',
			entries: shownEntries(files),
			totalBytes: files.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
			...(leftOut > 0 ? {leftOut} : {}),
			trust: trustOf(context, entry.key),
			...(before ? {byItself: 'resumed'} : {}),
		});
		ask(held, session);
	};

	const recovery = createOutgoingRecovery(context, outgoing, book, ask);
	const again = createOffersAgain({
		files: source,
		notes,
		isVerified,
		isLiving: book.has,
		refuse,
		offer: open,
	});

	return {
		async offer(entry, paths) {
			const {session, sources} = await gatherFor(entry, paths);
			open(entry, session, sources);
		},

		offerInput(entry, name) {
			const stream = input?.(name);
			if (!stream) throw new SocktermError('fileMissing');
			const sources = {files: [stream], leftOut: 0, paths: []};
			open(entry, sessionOf(entry), sources);
		},

		async retry(id) {
			const {entry, paths, missing} = retries.find(id);
			const {session, sources} = await gatherFor(entry, paths);
			const files = sources.files.filter(({path}) =>
				missing.has(path.join('/')),
			);
			if (files.length === 0) throw new SocktermError('nothingToRetry');
			retries.forget(id);
			notes.forget(id);
			open(entry, session, {...sources, files, isPart: true});
		},

		accepted(session, message) {
			const held = outgoing.get(message.transfer as TransferId);
			if (!held || held.record.session() !== session) return;
			if (!noteAnswer(held, message)) return;
			const {record, sources, skipped} = held;
			const count = sources.files.length;
			held.isAsking = false;
			if (!record.isAccepted()) {
				if (skipped.size >= count) {
					record.finish({kind: 'declined'});
					return;
				}

				const all = [...sources.files.keys()];
				record.accept(
					all.filter(index => !skipped.has(index)),
					[...skipped],
				);
				again.accepted(held);
			} else {
				record.takenUp();
			}

			// Of what it wanted before it wants less now.
			for (const index of skipped) record.failed(index, errorInfo('declined'));
			if (record.isFinished()) return;
			const pause = record.ownPause();
			if (pause) session.send({name: 'pause', transfer: record.id, ...pause});
			if (session.direction === 'in') book.invite(record);
		},

		declined(record) {
			if (record.isAccepted()) record.lose(errorInfo('declined'));
			else record.finish({kind: 'declined'});
		},

		start(id, lane) {
			const held = outgoing.get(id);
			if (!held || held.record.isFinished() || held.isAsking) {
				lane.connection.destroy();
				return;
			}

			const sender = sendOffer(held, lane, {
				clock,
				limiter: rates.of(id, 'out'),
				left() {
					if (held.sender === sender) recovery.askAgain(held);
				},
				closed(error) {
					if (held.sender === sender) recovery.laneFailed(held.record, error);
				},
			});
			held.sender = sender;
			held.record.move(sender, isFlushed => {
				if (isFlushed) lane.connection.end();
				else lane.connection.destroy();
			});
		},

		begin(id) {
			const held = outgoing.get(id);
			if (!held?.sender) return;
			held.hadTurn = true;
			held.record.start();
			held.sender.hold(false);
		},

		ready(entry, session) {
			recovery.ready(entry, session);
			if (resumes) void again.ready(entry, session);
		},
		laneFailed: recovery.laneFailed,
		sessionLost: recovery.sessionLost,
	};
}

/** The session to offer on. Throws rawPeerTakesNoFiles, notConnected. */
function sessionOf(entry: PeerEntry): PeerSession {
	const {session, name} = entry;
	if (session?.kind === 'raw' || entry.incoming) {
		throw new SocktermError('rawPeerTakesNoFiles', {name});
	}

	if (!session) throw new SocktermError('notConnected', {name});
	return session;
}
