import {type SlashCommand, done, failed, withCommand} from './context.js';
import {readDialTarget} from './parse-address.js';

/** `host port`, as netcat takes it. */
function asNetcat([host = '', port = '', ...others]: readonly string[]) {
	if (others.length > 0 || !/^\d+$/.test(port)) return undefined;
	return `${host.includes(':') && !host.includes('/') ? `[${host}]` : host}:${port}`;
}

export const connect: SlashCommand = {
	name: 'connect',
	usage: 'connect [tls://|tcp://]host[:port]',
	summaryKey: 'connect',
	run({words}, {ui}) {
		if (words.length === 0) {
			ui.openOverlay({kind: 'connect'});
			return done;
		}

		const found = readDialTarget(asNetcat(words) ?? words.join(' '));
		if (!found.ok) return failed(found.message);
		const {kind, host, port} = found.address;
		return withCommand({
			type: 'peer/dial',
			target: {kind: kind === 'raw' ? 'raw' : 'peer', host, port},
		});
	},
};
