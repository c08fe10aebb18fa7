/** One peer that `send` sends to: whom it was dialled as, its transfer, and how that ended. */
import {
	isRunning,
	type EngineState,
	type EngineEvent,
	type PeerKey,
	type TransferEntry,
	type TransferId,
} from '../engine/index.js';
import {describeError, strings} from '../strings/index.js';
import {exitCodes, type ExitCode} from './exit-codes.js';

export interface Recipient {
	/** What its commands are refused with. */
	readonly ref: number;
	readonly host: string;
	readonly port: number;
	/** What people know it by. */
	name: string;
	peer: PeerKey | undefined;
	transfer: TransferId | undefined;
	isConnected: boolean;
	/** How it ended; undefined before. */
	exit: ExitCode | undefined;
}

type Finished = Extract<EngineEvent, {type: 'transfer/finished'}>;

export interface Conclusion {
	readonly code: ExitCode;
	readonly sentence?: string;
}

export function concludeSending(
	state: EngineState,
	{transfer, outcome}: Finished,
	name: string,
): Conclusion {
	const {declined, cancelledByPeer, transferFailed, tookSome} = strings.cli;
	if (outcome.kind === 'declined') {
		return {code: exitCodes.declined, sentence: declined(name)};
	}

	if (outcome.kind === 'cancelled') {
		return {code: exitCodes.failed, sentence: cancelledByPeer(name)};
	}

	const entries = state.transfers.get(transfer)?.entries.toArray() ?? [];
	const isUnwanted = ({phase}: TransferEntry) =>
		phase.kind === 'skipped' ||
		(phase.kind === 'failed' && phase.error.code === 'declined');
	const failure = entries
		.filter(entry => !isUnwanted(entry))
		.map(({phase}) => (phase.kind === 'failed' ? phase.error : undefined))
		.find(error => error !== undefined);
	const unwanted = entries.filter(isUnwanted).length;
	// They have said no to a part of it.
	if (!failure && unwanted > 0) {
		const all = entries.length;
		return {
			code: exitCodes.declined,
			sentence:
				unwanted === all ? declined(name) : tookSome(name, all - unwanted, all),
		};
	}

	if (outcome.kind === 'saved') return {code: exitCodes.done};
	const sentence = transferFailed(
		name,
		describeError(failure ?? outcome.error),
	);
	return {code: exitCodes.failed, sentence};
}

/** Whether its transfer goes on although the connection is gone. */
export function isAccepted(state: EngineState, {transfer}: Recipient): boolean {
	const held = transfer && state.transfers.get(transfer);
	return held !== undefined && isRunning(held) && held.phase.kind !== 'offered';
}
