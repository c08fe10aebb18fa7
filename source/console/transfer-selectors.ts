/** Transfers as the console lists, counts and points at them; computed once for each state. */
import {
	isRunning,
	type EngineState,
	type Transfer,
	type TransferId,
} from '../engine/index.js';
import {isWaitingOffer} from './format/transfer-text.js';

export interface TransferSummary {
	/** Waiting offers first, then running ones in their order, those in the queue in its order, then finished ones, newest first. */
	readonly ordered: readonly Transfer[];
	/** Those of them that failed. */
	readonly failed: readonly Transfer[];
	/** Offers to us without an answer, oldest first. */
	readonly waiting: readonly Transfer[];
	/** Accepted and not finished, whether bytes move or not. */
	readonly begun: readonly Transfer[];
	readonly running: number;
	/** Something of them changes with the time alone. */
	readonly needsClock: boolean;
	readonly upRate: number;
	readonly downRate: number;
}

type TransferState = Pick<EngineState, 'transfers' | 'queue'>;

export const hasFailed = ({phase}: Transfer): boolean =>
	phase.kind === 'finished' && phase.outcome.kind === 'failed';

export const hasBegun = (transfer: Transfer): boolean =>
	isRunning(transfer) && transfer.phase.kind !== 'offered';

/** In the order of the queue; those that are not in it keep theirs, before it. */
function inQueueOrder(
	transfers: readonly Transfer[],
	queue: EngineState['queue'],
): readonly Transfer[] {
	if (queue.length === 0) return transfers;
	const places = new Map(queue.map((id, index) => [id, index]));
	const placeOf = ({id, phase}: Transfer) =>
		phase.kind === 'queued' ? (places.get(id) ?? -1) : -1;
	return transfers.toSorted((left, right) => placeOf(left) - placeOf(right));
}

function summarize({transfers, queue}: TransferState): TransferSummary {
	const all = transfers.values();
	const waiting = all.filter(each => isWaitingOffer(each));
	const running = all.filter(each => isRunning(each));
	const finished = all
		.filter(each => !isRunning(each))
		.toSorted((left, right) => finishedAt(right) - finishedAt(left));
	const rateOf = (direction: 'in' | 'out') => {
		let rate = 0;
		for (const {direction: its, phase} of running) {
			if (its === direction && phase.kind === 'active' && !phase.stalled) {
				rate += phase.rate;
			}
		}

		return rate;
	};

	return {
		ordered: [
			...waiting,
			...inQueueOrder(
				running.filter(each => !isWaitingOffer(each)),
				queue,
			),
			...finished,
		],
		failed: finished.filter(each => hasFailed(each)),
		waiting,
		begun: running.filter(each => hasBegun(each)),
		running: running.length,
		needsClock: running.some(
			({phase}) =>
				phase.kind === 'active' ||
				(phase.kind === 'interrupted' && phase.nextAt !== undefined),
		),
		upRate: rateOf('out'),
		downRate: rateOf('in'),
	};
}

let lastSummary:
	{readonly of: TransferState; readonly summary: TransferSummary} | undefined;

/** Computed once for each state of the transfers and their queue. */
export function transferSummary({
	transfers,
	queue,
}: TransferState): TransferSummary {
	if (
		lastSummary?.of.transfers !== transfers ||
		lastSummary.of.queue !== queue
	) {
		const of = {transfers, queue};
		lastSummary = {of, summary: summarize(of)};
	}

	return lastSummary.summary;
}

/** What the transfers pane lists. */
export function shownTransfers(
	state: TransferState,
	{showsFailed}: {readonly showsFailed: boolean},
): readonly Transfer[] {
	const {failed, ordered} = transferSummary(state);
	return showsFailed ? failed : ordered;
}

/** The row under the cursor of the transfers pane. */
export function transferAtCursor(
	state: TransferState,
	cursor: {
		readonly transfer: TransferId | undefined;
		readonly showsFailed: boolean;
	},
): Transfer | undefined {
	const shown = shownTransfers(state, cursor);
	return shown.find(({id}) => id === cursor.transfer) ?? shown[0];
}

const finishedAt = ({phase}: Transfer): number =>
	phase.kind === 'finished' ? phase.at : 0;
