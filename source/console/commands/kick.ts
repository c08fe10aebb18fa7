import {isReachable} from '../../engine/index.js';
import {limits} from '../../limits.js';
import {strings} from '../../strings/index.js';
import {formatDurationMs, parseDurationMs} from '../../util/durations.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {namedOrCurrent, peerNames} from './find-peer.js';

export const kick: SlashCommand = {
	name: 'kick',
	usage: 'kick [PEER] [for 10m]',
	summaryKey: 'kick',
	complete: (index, {state}, before) => ({
		words:
			index === 0
				? peerNames(state, isReachable)
				: before.at(-1) === 'for'
					? ['10m', '1h']
					: ['for'],
	}),
	run({words}, context) {
		const sentences = strings.input.kick;
		const at = words.lastIndexOf('for');
		const timeText = at === -1 ? undefined : words.slice(at + 1).join(' ');
		const forMs =
			timeText === undefined ? limits.kickMs : parseDurationMs(timeText);
		if (forMs === undefined) return failed(sentences.badTime(timeText ?? ''));
		const found = namedOrCurrent(
			(at === -1 ? words : words.slice(0, at))[0],
			context,
		);
		if (!found.ok) return failed(found.message);
		const {key, name, address, lifecycle} = found.peer;
		if (lifecycle.phase === 'left') {
			return failed(strings.input.peers.alreadyGone(name));
		}

		if (address) {
			context.ui.notify(
				sentences.refused(address.host, formatDurationMs(forMs)),
			);
		}

		return withCommand({type: 'peer/kick', peer: key, forMs});
	},
};
