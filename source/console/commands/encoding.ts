import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {namedOrCurrent, peerNames} from './find-peer.js';

const common = [
	'utf-8',
	'gb18030',
	'gbk',
	'big5',
	'shift_jis',
	'euc-jp',
	'euc-kr',
	'latin1',
	'windows-1252',
	'utf-16le',
];

export const encoding: SlashCommand = {
	name: 'encoding',
	usage: 'encoding NAME [PEER]',
	summaryKey: 'encoding',
	complete: (index, {state}) => ({
		words:
			index === 0
				? common
				: index === 1
					? peerNames(state, ({kind}) => kind !== 'peer')
					: [],
	}),
	run({words}, context) {
		const [name, peerWord] = words;
		if (name === undefined) return failed(strings.input.encoding.sayWhich);
		const found = namedOrCurrent(peerWord, context);
		if (!found.ok) return failed(found.message);
		const {peer} = found;
		return peer.kind === 'peer'
			? failed(strings.input.encoding.alwaysUtf8(peer.name))
			: withCommand({
					type: 'peer/setEncoding',
					peer: peer.key,
					encoding: name,
				});
	},
};
