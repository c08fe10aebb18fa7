import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {findTransfer, isOffer, transferNames} from './find-transfer.js';

export const decline: SlashCommand = {
	name: 'decline',
	usage: 'decline [FILE|PEER]',
	summaryKey: 'decline',
	complete: (_index, {state}) => ({words: transferNames(state, isOffer)}),
	run({words}, {state}) {
		const none = strings.input.transfers.noOffer;
		const found = findTransfer(state, words[0], isOffer, none);
		return found.ok
			? withCommand({type: 'transfer/decline', transfer: found.transfer.id})
			: failed(found.message);
	},
};
