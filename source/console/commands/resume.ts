import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {findTransfer, isPaused, transferNames} from './find-transfer.js';

export const resume: SlashCommand = {
	name: 'resume',
	usage: 'resume [all|FILE|PEER]',
	summaryKey: 'resume',
	complete: (index, {state}) => ({
		words: index === 0 ? ['all', ...transferNames(state, isPaused)] : [],
	}),
	run({words}, {state}) {
		if (words[0] === 'all') return withCommand({type: 'transfer/goOn'});
		const none = strings.input.transfers.nonePaused;
		const found = findTransfer(state, words[0], isPaused, none);
		return found.ok
			? withCommand({type: 'transfer/goOn', transfer: found.transfer.id})
			: failed(found.message);
	},
};
