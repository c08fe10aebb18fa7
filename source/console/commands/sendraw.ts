import {strings} from '../../strings/index.js';
import {toAbsolutePath} from '../input/user-path.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {peerNames} from './find-peer.js';
import {plainPeer} from './typed.js';

export const sendraw: SlashCommand = {
	name: 'sendraw',
	usage: 'sendraw PATH [PEER]',
	summaryKey: 'sendraw',
	complete: (index, {state}) =>
		index === 0
			? {words: ['stop'], paths: true}
			: {
					words:
						index === 1 ? peerNames(state, ({kind}) => kind !== 'peer') : [],
				},
	run({words}, context) {
		const [path, peerWord] = words;
		if (path === undefined) return failed(strings.input.bytes.file.say);
		const found = plainPeer(peerWord, context);
		if (!found.ok) return failed(found.message);
		const {key: peer} = found.peer;
		return path === 'stop'
			? withCommand({type: 'stream/stopFile', peer})
			: withCommand({
					type: 'stream/sendFile',
					peer,
					path: toAbsolutePath(path),
				});
	},
};
