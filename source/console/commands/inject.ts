import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {peerOf} from './find-peer.js';
import {readNotation} from './rule-line.js';

export const inject: SlashCommand = {
	name: 'inject',
	usage: 'inject client|server TEXT',
	summaryKey: 'inject',
	complete: index => ({words: index === 0 ? ['client', 'server'] : []}),
	run({words, rest}, {state, conversation}) {
		const {relays} = strings.input;
		const towards = words[0]?.toLowerCase();
		const text = rest(1);
		if ((towards !== 'client' && towards !== 'server') || text === '') {
			return failed(relays.sayInject);
		}

		const peer = peerOf(conversation, state);
		if (!peer?.relayedTo) return failed(relays.notHere);
		return withCommand({
			type: 'relay/inject',
			peer: peer.key,
			towards,
			...readNotation(text),
		});
	},
};
