import {strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {readDatagramTarget} from './parse-address.js';

const sourcesOffered = 20;

export const udp: SlashCommand = {
	name: 'udp',
	usage: 'udp host:port text',
	summaryKey: 'udp',
	complete(index, {state}) {
		const {rows} = state.datagrams;
		const sources = rows
			.slice(-sourcesOffered)
			.map(({address}) => formatAddress(address));
		return {words: index === 0 ? [...new Set(sources)] : []};
	},
	run({words, rest}, {ui}) {
		const [target] = words;
		if (target === undefined) {
			ui.openOverlay({kind: 'datagram'});
			return done;
		}

		const found = readDatagramTarget(target);
		if (!found.ok) return failed(found.message);
		const text = rest(1);
		const {host, port} = found.address;
		return text === ''
			? failed(strings.input.messages.emptyDatagram)
			: withCommand({type: 'datagram/send', host, port, text});
	},
};
