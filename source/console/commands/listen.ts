import {type SlashCommand, done, failed, withCommand} from './context.js';
import {listenFlags, readListen} from './listen-options.js';

export const listen: SlashCommand = {
	name: 'listen',
	usage: 'listen tcp|tls|udp [addr:]port [options]',
	summaryKey: 'listen',
	complete: index => ({
		words:
			index === 0 ? ['tcp', 'tls', 'udp'] : index === 1 ? [] : [...listenFlags],
	}),
	run({words}, {ui}) {
		if (words.length === 0) {
			ui.openOverlay({kind: 'listeners'});
			return done;
		}

		const read = readListen(words);
		return read.ok
			? withCommand({type: 'listener/open', ...read.options})
			: failed(read.message);
	},
};
