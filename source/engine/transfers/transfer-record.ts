/**
 * One transfer while it lives, either direction: who, what, what has become of
 * each entry, and whether it may move. Emits its events and is finished once.
 * It outlives the sessions and lanes that carry it. Invariants: nothing is
 * emitted after it has finished; a mover that ended is at rest before `quiet`
 * resolves.
 */
import {errorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {TransferOutcome} from '../events.js';
import type {PeerSession} from '../sessions/peer-session.js';
import {createProgressSampler} from './progress-sampler.js';
import {toSafeText} from '../sanitize.js';
import {createTransferPauses} from './transfer-pauses.js';
import type {
	RecordOptions,
	TransferIdentity,
	TransferRecord,
} from './transfer-record-types.js';
import {createTransferTally} from './transfer-tally.js';

export type * from './transfer-record-types.js';

export function createTransferRecord(
	context: EngineContext,
	identity: TransferIdentity,
	/** Undefined for one that moves on a bare connection. */
	firstSession: PeerSession | undefined,
	options: RecordOptions,
): TransferRecord {
	const {clock} = context.ports;
	const {id: transfer, direction} = identity;
	const tally = createTransferTally(options.sizeOf);
	const {pending} = tally;
	const pauses = createTransferPauses();
	let session: PeerSession | undefined = firstSession;
	let isAccepted = false;
	let isFinished = false;
	let hasLane = false;
	let attempts = 0;
	/** The other side was asked about it, and has not answered. */
	let isAsked = direction === 'out';
	/** Why it waits, as it was told. */
	let waitsFor: {error?: ErrorInfo; nextAt?: number} | undefined;
	let stopMoving: ((isFlushed: boolean) => Promise<void>) | undefined;
	let resting: Promise<void> = Promise.resolve();
	let cancelWait: (() => void) | undefined;

	const sampler = createProgressSampler(context, identity, () => {
		cancelWait?.();
		cancelWait = undefined;
	});

	const endMover = (isFlushed: boolean) => {
		const stopped = stopMoving?.(isFlushed);
		stopMoving = undefined;
		if (stopped)
			resting = Promise.all([resting, stopped]).then(() => undefined);
	};

	const end = (outcome: TransferOutcome, isFlushed = false) => {
		if (isFinished) return;
		isFinished = true;
		cancelWait?.();
		if (outcome.kind === 'saved' || outcome.kind === 'failed') {
			// What was under way when it was paused has arrived.
			if (pauses.isPaused()) sampler.hold(false);
			sampler.sample();
		}

		sampler.stop();
		endMover(isFlushed);
		context.emit({type: 'transfer/finished', transfer, outcome});
		options.finished(resting);
	};

	const conclude = (isFlushed: boolean) => {
		end(tally.outcome(), isFlushed);
	};

	const tellFailed = (entry: number, error: ErrorInfo) => {
		context.emit({type: 'transfer/entryFailed', transfer, entry, error});
	};

	const lose = (error: ErrorInfo) => {
		if (isFinished) return;
		for (const entry of tally.lose(error)) tellFailed(entry, error);
		conclude(false);
	};

	const tellPause = () => {
		const shown = pauses.shown();
		if (shown) context.emit({type: 'transfer/paused', transfer, ...shown});
		else if (waitsFor) {
			const why = isAsked && direction === 'out' ? askingAgain : waitsFor;
			context.emit({type: 'transfer/interrupted', transfer, ...why});
		} else context.emit({type: 'transfer/wentOn', transfer});
	};

	/** Waits until the other side is back, and something has moved. */
	const waitForReturn = () => {
		cancelWait ??= clock.after(limits.comeBackMs, () => {
			cancelWait = undefined;
			// It is back: it has been asked, or a lane is there.
			if (stopMoving || (isAsked && session)) return;
			const minutes = limits.comeBackMs / 60_000;
			lose(errorInfo('peerDidNotReturn', {minutes}));
		});
	};

	return {
		...identity,
		session: () => session,
		attach(next) {
			session = next;
			isAsked = true;
		},
		isAccepted: () => isAccepted,
		isFinished: () => isFinished,
		isPaused: pauses.isPaused,
		pending: () => pending,
		accept(wanted, skip = [], folder) {
			isAccepted = true;
			isAsked = false;
			tally.want(wanted);
			// The one who receives has chosen; to the one who sends, not all has arrived.
			if (direction === 'out' && skip.length > 0) {
				tally.refused(skip.length, errorInfo('declined'));
			}

			context.emit({
				type: 'transfer/accepted',
				transfer,
				skip,
				...(folder === undefined ? {} : {folder}),
			});
		},
		claimLane() {
			if (hasLane) return undefined;
			hasLane = true;
			const attempt = attempts;
			return () => attempt === attempts && !isFinished;
		},
		move(mover, closeLane) {
			if (isFinished) {
				// The lane broke while it was taken over.
				void mover.stop();
				closeLane(false);
				return;
			}

			endMover(false);
			sampler.follow(mover, tally.settledBytes());
			stopMoving = async isFlushed => {
				sampler.stop();
				const stopped = mover.stop();
				closeLane(isFlushed);
				await stopped;
			};
			options.changed();
		},
		start() {
			if (!isFinished) sampler.start();
		},
		resumed(entry, heldBytes) {
			if (isFinished) return;
			sampler.resumed(heldBytes);
			context.emit({type: 'transfer/resumed', transfer, entry, heldBytes});
		},
		saved(entry, savedAs, digest, existed) {
			if (isFinished || !tally.saved(entry)) return;
			context.emit({
				type: 'transfer/entrySaved',
				transfer,
				entry,
				savedAs: toSafeText(savedAs, {joiners: false}),
				digest,
				...(existed ? {existed} : {}),
			});
			if (pending.size === 0) conclude(true);
		},
		failed(entry, error) {
			if (isFinished || !tally.failed(entry, error)) return;
			tellFailed(entry, error);
			if (pending.size === 0) conclude(true);
		},
		setPaused(why, isPaused, error) {
			if (isFinished || !pauses.set(why, isPaused, error)) return;
			sampler.hold(pauses.isPaused());
			tellPause();
			options.changed();
		},
		forgetTheirPauses() {
			pauses.set('peer', false);
			pauses.set('peersDisk', false);
			sampler.hold(pauses.isPaused());
		},
		takenUp() {
			if (isFinished) return;
			isAsked = false;
			waitsFor = undefined;
			context.emit({type: 'transfer/wentOn', transfer});
			if (pauses.isPaused()) tellPause();
		},
		ownPause: pauses.own,
		interrupt({error, nextAt, keepSession}) {
			if (isFinished) return;
			if (!keepSession) session = undefined;
			hasLane = false;
			attempts++;
			isAsked = false;
			endMover(false);
			pauses.set('ownDisk', false);
			waitForReturn();
			if (isAccepted) {
				waitsFor = {
					...(error ? {error} : {}),
					...(nextAt === undefined ? {} : {nextAt}),
				};
				context.emit({type: 'transfer/interrupted', transfer, ...waitsFor});
			}

			options.changed();
		},
		quiet: async () => resting,
		lose,
		finish(outcome) {
			end(outcome);
		},
	};
}

const askingAgain = {asking: true} as const;

export const laneLost = (error?: ErrorInfo): ErrorInfo =>
	error?.blame === 'peer' ? error : errorInfo('laneLost');
