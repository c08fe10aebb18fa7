/**
 * What becomes of our transfers when their lane or session breaks: the same
 * offer is made again, soon on a session that lives, or when the peer is back.
 * Decides when; asking, and what was settled, is left to others.
 */
import {errorInfo, type ErrorInfo} from '../../errors.js';
import type {EngineContext} from '../context.js';
import type {TransferId} from '../ids.js';
import {isRepeatable, type Outgoing} from './outgoing-offer.js';
import type {PeerSession} from '../sessions/peer-session.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {TransferBook} from './transfer-book.js';
import {laneLost, type TransferRecord} from './transfer-record.js';

export interface OutgoingRecovery {
	/** Some are other files than those that the receiver has: it is told so by the same offer. */
	askAgain(held: Outgoing): void;
	/** The lane broke, or did not come. */
	laneFailed(record: TransferRecord, error: ErrorInfo | undefined): void;
	/** A peer has a session (again): what waited for it is offered again. */
	ready(entry: PeerEntry, session: PeerSession): void;
	sessionLost(session: PeerSession, orderly: boolean): void;
}

export function createOutgoingRecovery(
	context: EngineContext,
	outgoing: ReadonlyMap<TransferId, Outgoing>,
	book: TransferBook,
	ask: (held: Outgoing, session: PeerSession) => void,
): OutgoingRecovery {
	const {clock} = context.ports;

	const interrupt = (
		held: Outgoing,
		why: Parameters<TransferRecord['interrupt']>[0],
	) => {
		if (!isRepeatable(held)) {
			held.record.lose(errorInfo('streamBroken'));
			return;
		}

		held.sender = undefined;
		held.record.interrupt(why);
	};

	/** The session lives: the offer is made again soon. */
	const askLater = (held: Outgoing, error: ErrorInfo | undefined) => {
		const {record, backoff} = held;
		const delayMs = backoff.next();
		const nextAt = clock.now() + delayMs;
		interrupt(held, {error: laneLost(error), nextAt, keepSession: true});
		held.cancelRetry = clock.after(delayMs, () => {
			const session = record.session();
			if (session && !record.isFinished()) ask(held, session);
		});
	};

	/** Some are other files than those that the receiver has: it is told so by the same offer. */
	const askAgain = (held: Outgoing) => {
		interrupt(held, {keepSession: true});
		const session = held.record.session();
		if (session) ask(held, session);
	};

	const laneFailed: OutgoingRecovery['laneFailed'] = (record, error) => {
		const held = outgoing.get(record.id);
		if (!held || record.isFinished() || held.isAsking) return;
		// What the other side did wrong it would do again.
		if (error?.blame === 'peer') {
			record.session()?.send({name: 'cancel', transfer: record.id});
			record.lose(error);
		} else {
			askLater(held, error);
		}
	};

	return {
		askAgain,
		laneFailed,

		ready(entry, session) {
			for (const held of outgoing.values()) {
				const isHis = held.entry === entry && !held.record.session();
				if (isHis && session.peerId === held.record.peerId) ask(held, session);
			}
		},

		sessionLost(session, orderly) {
			for (const held of outgoing.values()) {
				const {record, entry} = held;
				if (record.session() !== session) continue;
				const {session: next} = entry;
				held.cancelRetry();
				book.uninvite(record.id);
				if (orderly && !record.isAccepted() && next?.kind !== 'peer') {
					record.lose(laneLost());
					continue;
				}

				interrupt(held, {keepSession: false});
				if (next?.kind === 'peer' && next !== session && !record.isFinished()) {
					ask(held, next);
				}
			}
		},
	};
}
