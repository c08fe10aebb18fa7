import {type SlashCommand, failed, withCommand} from './context.js';
import {findListener, listenerWords} from './find-listener.js';

export const unlisten: SlashCommand = {
	name: 'unlisten',
	usage: 'unlisten [tcp|tls|udp] [[addr:]port]',
	summaryKey: 'unlisten',
	complete: (index, {state}) => ({
		words: listenerWords(state, index === 0 ? 'kind' : 'port'),
	}),
	run({words}, {state}) {
		const found = findListener(state, words);
		return found.ok
			? withCommand({type: 'listener/close', listener: found.listener.id})
			: failed(found.message);
	},
};
