import {offeredEncodings} from '../../engine/index.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {framingKinds} from './framing.js';
import {listenFlags, readListen} from './listen-options.js';

export const listen: SlashCommand = {
	name: 'listen',
	usage: 'listen tcp|tls|udp [addr:]port [options]',
	summaryKey: 'listen',
	complete(index, _context, before) {
		const flag = before.at(-1);
		if (flag === '--encoding') return {words: offeredEncodings()};
		if (flag === '--framing') return {words: framingKinds};
		if (index === 0) return {words: ['tcp', 'tls', 'udp']};
		return {words: index === 1 ? [] : listenFlags};
	},
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
