import {offeredEncodings} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {namedOrCurrent} from './find-peer.js';
import {rawPeerNames} from './raw-peer.js';

export const encoding: SlashCommand = {
	name: 'encoding',
	usage: 'encoding [NAME] [PEER|udp]',
	summaryKey: 'encoding',
	complete: (index, {state}) => ({
		words:
			index === 0
				? offeredEncodings()
				: index === 1
					? ['udp', ...rawPeerNames(state)]
					: [],
	}),
	run({words}, context) {
		const [name, peerWord] = words;
		if (name !== undefined && peerWord === 'udp') {
			return withCommand({type: 'datagram/setEncoding', encoding: name});
		}

		const found = namedOrCurrent(peerWord, context);
		if (!found.ok) return failed(found.message);
		const {peer} = found;
		if (peer.kind === 'peer') {
			return failed(strings.input.encoding.alwaysUtf8(peer.name));
		}

		if (name === undefined) {
			context.ui.openOverlay({kind: 'encoding', of: peer.key});
			return done;
		}

		return withCommand({
			type: 'peer/setEncoding',
			peer: peer.key,
			encoding: name,
		});
	},
};
