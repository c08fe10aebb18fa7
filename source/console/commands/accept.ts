import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {findTransfer, isOffer, transferNames} from './find-transfer.js';

export const accept: SlashCommand = {
	name: 'accept',
	usage: 'accept [FILE|PEER]',
	summaryKey: 'accept',
	complete: (_index, {state}) => ({words: transferNames(state, isOffer)}),
	run({words}, {state}) {
		const none = strings.input.transfers.noOffer;
		const found = findTransfer(state, words[0], isOffer, none);
		return found.ok
			? withCommand({type: 'transfer/accept', transfer: found.transfer.id})
			: failed(found.message);
	},
};
