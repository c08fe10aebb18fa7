import type {EngineState, Peer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {toAbsolutePath} from '../input/user-path.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {findPeer, namedOrCurrent, peerNames} from './find-peer.js';
import {classicFlag, sendClassic} from './send-classic.js';

const takesFiles = ({kind, lifecycle}: Peer) =>
	kind === 'peer' && lifecycle.phase !== 'left';

/** A first word that is a peer's whole name or address names the receiver; a path never does. */
function isPeer(state: EngineState, word: string): boolean {
	if (/^[./~]/.test(word)) return false;
	const found = findPeer(state, word);
	return found.ok && found.peer.name.toLowerCase() === word.toLowerCase();
}

/** Where no peer is named or open: the only one that takes files. */
function onlyReceiver(state: EngineState): Peer | undefined {
	const receivers = state.peers.values().filter(peer => takesFiles(peer));
	return receivers.length === 1 ? receivers[0] : undefined;
}

export const send: SlashCommand = {
	name: 'send',
	usage: 'send [PEER | --classic host:port] path…',
	summaryKey: 'send',
	complete: (index, {state}) => ({
		words: index === 0 ? [...peerNames(state, takesFiles), classicFlag] : [],
		paths: true,
	}),
	run({words}, context) {
		const {state, ui} = context;
		const [first] = words;
		if (first === classicFlag) return sendClassic(words.slice(1));
		const isNamed = first !== undefined && isPeer(state, first);
		const only = onlyReceiver(state);
		const found =
			!isNamed && context.conversation === 'all' && only
				? ({ok: true, peer: only} as const)
				: namedOrCurrent(isNamed ? first : undefined, context);
		if (!found.ok) return failed(found.message);
		const {peer} = found;
		if (peer.kind !== 'peer') {
			return failed(strings.errors.rawPeerTakesNoFiles({name: peer.name}));
		}

		const paths = words.slice(isNamed ? 1 : 0);
		if (paths.length === 0) {
			ui.openOverlay({kind: 'filePicker', peer: peer.key});
			return done;
		}

		return withCommand({
			type: 'transfer/offer',
			peer: peer.key,
			paths: paths.map(path => toAbsolutePath(path)),
		});
	},
};
