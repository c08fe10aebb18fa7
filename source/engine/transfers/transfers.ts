/** Files, both directions: routes commands and control messages to the side concerned. */
import {SocktermError, toErrorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {PartialId, PeerId, PeerKey, TransferId} from '../ids.js';
import {createIncomingTransfers} from './incoming-transfers.js';
import {createLanes, type Lane} from './lane.js';
import {createOutgoingQueue} from './outgoing-queue.js';
import {createOutgoingTransfers} from './outgoing-transfers.js';
import {createPartials} from './partials.js';
import type {PeerSession} from '../sessions/peer-session.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {ReceiveFolder, SecureConnection} from '../ports.js';
import type {CountRefusal} from '../sessions/refusals.js';
import {createTransferBook} from './transfer-book.js';
import {createTransferLimits, type TransferLimits} from './transfer-limits.js';
import {createMessageRouter, type ReceiveMessage} from './transfer-messages.js';
import {
	createTransferNotes,
	type TransferNotesKeeper,
} from './transfer-notes.js';
import type {TransferRecord} from './transfer-record.js';
import type {JudgeOffer} from './unasked-answers.js';
import {createUntoldCancels} from './untold-cancels.js';

export interface Transfers {
	offer(entry: PeerEntry, paths: readonly string[]): Promise<void>;
	offerInput(entry: PeerEntry, name: string): void;
	/** Into another folder where one is named. */
	accept(
		id: TransferId,
		options: {readonly skip?: readonly number[]; readonly folder?: string},
	): Promise<void>;
	decline(id: TransferId): void;
	/** Ends a transfer of either direction, or takes an offer back. Throws noSuchTransfer. */
	cancel(id: TransferId): void;
	/** Without an id: all that were accepted. Throws noSuchTransfer. */
	setPaused(id: TransferId | undefined, isPaused: boolean): void;
	retry(id: TransferId): Promise<void>;
	/** Throws notInQueue. */
	move(id: TransferId, by: -1 | 1): void;
	/** Throws noSuchTransfer. */
	limit(id: TransferId | undefined, bytesPerSecond: number | undefined): void;
	setAtOnce(count: number): void;
	/** The receive folder at a path; the same one each time. */
	openFolder(path: string): ReceiveFolder;
	listPartials(): Promise<void>;
	deletePartial(id: PartialId): Promise<void>;
	readonly notes: Pick<TransferNotesKeeper, 'loaded' | 'isLoaded'>;
	/** How fast each may be, those on bare connections too. */
	readonly rates: TransferLimits;
	readonly receive: ReceiveMessage;
	acceptLane(connection: SecureConnection): void;
	/** A peer has a session (again). */
	ready(entry: PeerEntry, session: PeerSession): void;
	sessionLost(
		session: PeerSession,
		orderly: boolean,
		error: ErrorInfo | undefined,
	): void;
	/** Nobody waits for this peer any more. */
	forget(peer: PeerKey): void;
	/** Whether something goes on when this peer is back. */
	isWaitingFor(entry: PeerEntry): boolean;
	/** Cancels all and resolves when the disk is at rest. */
	closeAll(): Promise<void>;
}

export interface TransferOptions {
	readonly atOnce?: number;
	readonly rateLimit?: number;
	readonly judgeOffer: JudgeOffer;
	readonly isVerified: (peerId: PeerId) => boolean;
	/** What was offered to verified peers before this program is offered again. */
	readonly resumes?: boolean;
}

export function createTransfers(
	context: EngineContext,
	refuse: CountRefusal,
	options: TransferOptions,
): Transfers {
	const {atOnce = limits.transfersAtOnce, rateLimit, resumes = false} = options;
	const {judgeOffer, isVerified} = options;
	const lanes = createLanes(context);
	const rates = createTransferLimits(context, rateLimit);
	const partials = createPartials(context);
	const untold = createUntoldCancels();
	const notes = createTransferNotes(context, refuse);
	const start = ({id, direction}: TransferRecord, lane: Lane) => {
		if (direction === 'out') outgoing.start(id, lane);
		else incoming.start(id, lane);
	};

	const laneFailed = (record: TransferRecord, error: ErrorInfo) => {
		if (record.direction === 'out') outgoing.laneFailed(record, error);
		else incoming.laneFailed(record, error);
	};

	const tellPause = (record: TransferRecord) => {
		const {id: transfer} = record;
		const pause = record.ownPause();
		record
			.session()
			?.send(
				pause ? {name: 'pause', transfer, ...pause} : {name: 'goOn', transfer},
			);
	};

	const book = createTransferBook(context, lanes, start, laneFailed);
	const queue = createOutgoingQueue(context, atOnce, id => {
		outgoing.begin(id);
	});
	const outgoing = createOutgoingTransfers(context, book, queue, rates, {
		notes,
		isVerified,
		refuse,
		resumes,
	});
	const incoming = createIncomingTransfers(
		context,
		book,
		rates,
		refuse,
		tellPause,
		{judgeOffer, notes, isVerified, openFolder: partials.open},
	);

	const find = (id: TransferId): TransferRecord => {
		const record = book.get(id);
		if (!record) throw new SocktermError('noSuchTransfer', {transfer: id});
		return record;
	};

	const dialLane = async (
		record: TransferRecord,
		ticket: string,
		isCurrent: () => boolean,
	) => {
		try {
			const lane = await lanes.dial(record.session()!, ticket);
			if (isCurrent()) start(record, lane);
			else lane.connection.destroy();
		} catch (error) {
			if (isCurrent()) laneFailed(record, toErrorInfo(error));
		}
	};

	const cancel = (record: TransferRecord) => {
		const {id: transfer, direction} = record;
		const isOffer = direction === 'out' && !record.isAccepted();
		const session = record.session();
		session?.send({name: isOffer ? 'withdraw' : 'cancel', transfer});
		if (!session) untold.add(record);
		if (direction === 'in') incoming.cancelled(transfer);
		record.finish({kind: 'cancelled', by: 'us'});
	};

	const pause = (record: TransferRecord, isPaused: boolean) => {
		record.setPaused('us', isPaused);
		tellPause(record);
	};

	return {
		offer: outgoing.offer,
		offerInput: outgoing.offerInput,
		async accept(id, {skip, folder}) {
			await incoming.accept(id, {
				...(skip ? {skip} : {}),
				...(folder === undefined ? {} : {folder: partials.open(folder)}),
			});
		},
		decline(id) {
			incoming.decline(id);
		},
		cancel(id) {
			const record = find(id);
			if (record.direction === 'in' && !record.isAccepted()) {
				incoming.decline(id);
			} else {
				cancel(record);
			}
		},
		setPaused(id, isPaused) {
			if (id === undefined) {
				for (const record of book.running()) {
					if (record.isAccepted()) pause(record, isPaused);
				}

				return;
			}

			const record = find(id);
			if (!record.isAccepted()) {
				throw new SocktermError('noSuchTransfer', {transfer: id});
			}

			pause(record, isPaused);
		},
		retry: outgoing.retry,
		move: queue.move,
		limit(id, bytesPerSecond) {
			if (id !== undefined) find(id);
			rates.set(id, bytesPerSecond);
		},
		setAtOnce: queue.setAtOnce,
		listPartials: partials.list,
		deletePartial: partials.delete,
		openFolder: partials.open,
		notes,
		rates,
		receive: createMessageRouter({book, incoming, outgoing, dialLane}),
		acceptLane: lanes.accept,
		ready(entry, session) {
			untold.tell(session);
			outgoing.ready(entry, session);
		},
		sessionLost(session, orderly, error) {
			// What the other side did wrong it would do again: nobody waits for it.
			if (error?.blame === 'peer' && error.code !== 'slowReader') {
				for (const record of book.running()) {
					if (record.session() === session) record.lose(error);
				}
			}

			incoming.sessionLost(session);
			outgoing.sessionLost(session, orderly);
		},
		forget(peer) {
			for (const record of book.running()) {
				if (record.peer === peer) cancel(record);
			}
		},
		isWaitingFor: ({key}) =>
			book.running().some(record => record.peer === key && record.isAccepted()),
		async closeAll() {
			for (const record of book.running()) cancel(record);
			await book.settled();
			await notes.settled();
		},
	};
}
