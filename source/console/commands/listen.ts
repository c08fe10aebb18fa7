import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {readListenAddress} from './parse-address.js';

export const listen: SlashCommand = {
	name: 'listen',
	usage: 'listen tcp|udp [addr:]port',
	summaryKey: 'listen',
	complete: index => ({words: index === 0 ? ['tcp', 'udp'] : []}),
	run({words}, {ui}) {
		if (words.length === 0) {
			ui.openOverlay({kind: 'listeners'});
			return done;
		}

		const [kind, text = ''] = words;
		if (kind !== 'tcp' && kind !== 'udp') {
			return failed(strings.input.listeners.sayKind);
		}

		const address = readListenAddress(text);
		if (!address.ok) return failed(address.message);
		const {host, port} = address;
		return withCommand({
			type: 'listener/open',
			kind,
			port,
			...(host === undefined ? {} : {host}),
		});
	},
};
