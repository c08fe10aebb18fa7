import type {ByteNotation} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {readDatagramTarget} from './parse-address.js';

const sourcesOffered = 20;

const notations: Readonly<Record<string, ByteNotation>> = {
	'-x': 'hex',
	'--hex': 'hex',
	'-e': 'escapes',
	'--escapes': 'escapes',
};

export const udp: SlashCommand = {
	name: 'udp',
	usage: 'udp [-x|-e] host:port text',
	summaryKey: 'udp',
	complete(index, {state}, before) {
		const {rows} = state.datagrams;
		const isTarget = index === (before[0]?.startsWith('-') ? 1 : 0);
		const sources = rows
			.slice(-sourcesOffered)
			.map(({address}) => formatAddress(address));
		return {words: isTarget ? [...new Set(sources)] : []};
	},
	run({words, rest}, {ui}) {
		const notation = notations[words[0] ?? ''];
		const behind = notation ? 1 : 0;
		const target = words[behind];
		if (target === undefined && !notation) {
			ui.openOverlay({kind: 'datagram'});
			return done;
		}

		const found = readDatagramTarget(target ?? '');
		if (!found.ok) return failed(found.message);
		const text = rest(behind + 1);
		const {host, port} = found.address;
		return text === ''
			? failed(strings.input.messages.emptyDatagram)
			: withCommand({
					type: 'datagram/send',
					host,
					port,
					text,
					...(notation ? {notation} : {}),
				});
	},
};
