/** How `receive` ends: what became of the transfer that it took, as an exit code and a sentence. */
import type {EngineEvent, EngineState} from '../engine/index.js';
import {describeError, strings} from '../strings/index.js';
import {exitCodes, type ExitCode} from './exit-codes.js';

export type Finished = Extract<EngineEvent, {type: 'transfer/finished'}>;

export interface Conclusion {
	readonly code: ExitCode;
	readonly sentence?: string;
}

export function concludeReceiving(
	state: EngineState,
	{transfer, outcome}: Finished,
	wasAccepted: boolean,
): Conclusion {
	const {question, transferFailed, cancelledByPeer, interrupted} = strings.cli;
	const held = state.transfers.get(transfer);
	const name = held?.peerName ?? '';
	switch (outcome.kind) {
		case 'saved': {
			const refused = held?.entries
				.toArray()
				.find(entry => entry.refused && entry.refused.code !== 'arrivedBefore');
			// The sender is told the same: not everything has arrived.
			return refused
				? {code: exitCodes.failed, sentence: question.leftOut(refused.name)}
				: {code: exitCodes.done};
		}

		case 'declined': {
			return {code: exitCodes.declined, sentence: question.declined(name)};
		}

		case 'cancelled': {
			const theirs = wasAccepted ? cancelledByPeer : question.withdrawn;
			const sentence = outcome.by === 'us' ? interrupted : theirs(name);
			return {code: exitCodes.failed, sentence};
		}

		case 'failed': {
			const sentence = transferFailed(name, describeError(outcome.error));
			return {code: exitCodes.failed, sentence};
		}
	}
}
