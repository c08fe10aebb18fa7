import {type SlashCommand, done, failed, withCommand} from './context.js';
import {readDialTarget} from './parse-address.js';

export const connect: SlashCommand = {
	name: 'connect',
	usage: 'connect [tls://|tcp://]host[:port]',
	summaryKey: 'connect',
	run({words}, {ui}) {
		if (words.length === 0) {
			ui.openOverlay({kind: 'connect'});
			return done;
		}

		// `host port`, as netcat takes it.
		const found = readDialTarget(words.join(':'));
		if (!found.ok) return failed(found.message);
		const {kind, host, port} = found.address;
		return withCommand({
			type: 'peer/dial',
			target: {kind: kind === 'raw' ? 'raw' : 'peer', host, port},
		});
	},
};
