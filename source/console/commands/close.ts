import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {namedOrCurrent, peerNames} from './find-peer.js';

export const close: SlashCommand = {
	name: 'close',
	usage: 'close [PEER]',
	summaryKey: 'close',
	complete: (_index, {state}) => ({
		words: peerNames(state, ({lifecycle}) => lifecycle.phase === 'left'),
	}),
	run({words}, context) {
		const found = namedOrCurrent(words[0], context);
		if (!found.ok) return failed(found.message);
		const {key, name, lifecycle} = found.peer;
		return lifecycle.phase === 'left'
			? withCommand({type: 'peer/forget', peer: key})
			: failed(strings.input.peers.disconnectFirst(name));
	},
};
