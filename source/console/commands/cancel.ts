import {isRunning} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {findTransfer, transferNames} from './find-transfer.js';

export const cancel: SlashCommand = {
	name: 'cancel',
	usage: 'cancel [FILE|PEER]',
	summaryKey: 'cancel',
	complete: (_index, {state}) => ({words: transferNames(state, isRunning)}),
	run({words}, {state}) {
		const none = strings.input.transfers.noneRunning;
		const found = findTransfer(state, words[0], isRunning, none);
		return found.ok
			? withCommand({type: 'transfer/cancel', transfer: found.transfer.id})
			: failed(found.message);
	},
};
