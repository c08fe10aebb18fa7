import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {namedOrCurrent, peerNames} from './find-peer.js';

export const reconnect: SlashCommand = {
	name: 'reconnect',
	usage: 'reconnect [PEER]',
	summaryKey: 'reconnect',
	complete: (_index, {state}) => ({
		words: peerNames(state, ({target}) => target !== undefined),
	}),
	run({words}, context) {
		const found = namedOrCurrent(words[0], context);
		if (!found.ok) return failed(found.message);
		const {key, name, target, lifecycle} = found.peer;
		if (lifecycle.phase === 'ready') {
			return failed(strings.input.peers.stillConnected(name));
		}

		return target
			? withCommand({type: 'peer/reconnect', peer: key})
			: failed(strings.input.peers.cameByItself(name));
	},
};
