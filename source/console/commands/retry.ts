import type {EngineState, Transfer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {
	findTransfer,
	isLacking,
	titleOf,
	transferNames,
} from './find-transfer.js';

/** Lacking, and not sent again since: of several tries with the same files the last one is meant. */
const canRetry =
	(state: EngineState) =>
	(transfer: Transfer): boolean =>
		isLacking(transfer) &&
		!state.transfers
			.values()
			.some(
				later =>
					later.offeredAt > transfer.offeredAt &&
					later.direction === 'out' &&
					later.peer === transfer.peer &&
					titleOf(later) === titleOf(transfer),
			);

export const retry: SlashCommand = {
	name: 'retry',
	usage: 'retry [FILE|PEER]',
	summaryKey: 'retry',
	complete: (index, {state}) => ({
		words: index === 0 ? transferNames(state, canRetry(state)) : [],
	}),
	run({words}, {state}) {
		const none = strings.input.transfers.noneToRetry;
		const found = findTransfer(state, words[0], canRetry(state), none);
		return found.ok
			? withCommand({type: 'transfer/retry', transfer: found.transfer.id})
			: failed(found.message);
	},
};
