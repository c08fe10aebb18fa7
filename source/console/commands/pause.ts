import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {canPause, findTransfer, transferNames} from './find-transfer.js';

export const pause: SlashCommand = {
	name: 'pause',
	usage: 'pause [all|FILE|PEER]',
	summaryKey: 'pause',
	complete: (index, {state}) => ({
		words: index === 0 ? ['all', ...transferNames(state, canPause)] : [],
	}),
	run({words}, {state}) {
		if (words[0] === 'all') return withCommand({type: 'transfer/pause'});
		const none = strings.input.transfers.noneToPause;
		const found = findTransfer(state, words[0], canPause, none);
		return found.ok
			? withCommand({type: 'transfer/pause', transfer: found.transfer.id})
			: failed(found.message);
	},
};
