import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed} from './context.js';
import {namedOrCurrent, peerNames} from './find-peer.js';

/** The code is typed in the dialog: lines are remembered. */
export const pair: SlashCommand = {
	name: 'pair',
	usage: 'pair [PEER]',
	summaryKey: 'pair',
	complete: (index, {state}) => ({
		words: index === 0 ? peerNames(state, ({kind}) => kind === 'peer') : [],
	}),
	run({words: [word, extra]}, context) {
		const sentences = strings.input.trust;
		if (extra !== undefined) return failed(sentences.codeElsewhere);
		const found = namedOrCurrent(word, context);
		if (!found.ok) return failed(found.message);
		const {key, name, kind, lifecycle} = found.peer;
		if (kind !== 'peer') return failed(sentences.onlyEncrypted(name));
		if (lifecycle.phase !== 'ready') return failed(sentences.notThere(name));
		context.ui.openOverlay({kind: 'pair', peer: key});
		return done;
	},
};
