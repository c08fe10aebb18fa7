import type {ConversationKey} from '../../engine/index.js';
import {peerList} from '../peer-list.js';
import {
	type CommandContext,
	type CommandResult,
	type SlashCommand,
	done,
	failed,
} from './context.js';
import {findPeer, peerNames} from './find-peer.js';
import {readRoom, roomNames} from './find-room.js';

/** In the order of the peers pane, as Alt-1 … count them. */
const conversations = ({
	state,
}: Pick<CommandContext, 'state'>): readonly ConversationKey[] =>
	peerList(state).flatMap(row =>
		row.kind === 'conversation' ? [row.key] : [],
	);

export const query: SlashCommand = {
	name: 'query',
	aliases: ['window', 'win', 'buffer', 'q'],
	usage: 'query PEER|#ROOM|NUMBER|all',
	summaryKey: 'query',
	complete: (index, {state}) => ({
		words: index === 0 ? ['all', ...peerNames(state), ...roomNames(state)] : [],
	}),
	run({words}, context): CommandResult {
		const [word = ''] = words;
		const open = (key: ConversationKey) => {
			context.ui.focusConversation(key);
			return done;
		};
		if (word === 'all') return open('all');
		const room = readRoom(word);
		if (room && context.state.rooms.has(room)) return open(room);
		const byNumber = /^\d{1,5}$/.test(word)
			? conversations(context)[Number(word) - 1]
			: undefined;
		if (byNumber) return open(byNumber);
		const found = findPeer(context.state, word);
		return found.ok ? open(found.peer.key) : failed(found.message);
	},
};
