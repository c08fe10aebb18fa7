import {isReachable} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {namedOrCurrent, peerNames} from './find-peer.js';

export const disconnect: SlashCommand = {
	name: 'disconnect',
	usage: 'disconnect [PEER]',
	summaryKey: 'disconnect',
	complete: (_index, {state}) => ({words: peerNames(state, isReachable)}),
	run({words}, context) {
		const found = namedOrCurrent(words[0], context);
		if (!found.ok) return failed(found.message);
		const {key, name, lifecycle} = found.peer;
		return lifecycle.phase === 'left'
			? failed(strings.input.peers.alreadyGone(name))
			: withCommand({type: 'peer/disconnect', peer: key});
	},
};
