import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {readAddress, readListenAddress} from './parse-address.js';

export const relay: SlashCommand = {
	name: 'relay',
	usage: 'relay [addr:]port host:port [--tls]',
	summaryKey: 'relay',
	complete: (index, _context, before) => ({
		words: index >= 2 && !before.includes('--tls') ? ['--tls'] : [],
	}),
	run({words}) {
		const {relays, rules} = strings.input;
		const [where, to, tooMuch] = words.filter(word => word !== '--tls');
		if (where === undefined || to === undefined) return failed(relays.sayWhat);
		if (tooMuch !== undefined) return failed(rules.tooMuch(tooMuch));
		const here = readListenAddress(where);
		if (!here.ok) return failed(here.message);
		const there = readAddress(to.includes('://') ? to : `tcp://${to}`);
		if (!there.ok) return failed(there.message);
		const {kind, host, port} = there.address;
		if (kind === 'peer' || kind === 'udp') return failed(relays.notForPeers);
		return withCommand({
			type: 'listener/open',
			kind: 'tcp',
			port: here.port,
			...(here.host === undefined ? {} : {host: here.host}),
			purpose: {
				kind: 'relay',
				target: {kind: words.includes('--tls') ? 'rawTls' : kind, host, port},
			},
		});
	},
};
