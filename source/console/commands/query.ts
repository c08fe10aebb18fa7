import type {
	ConversationKey,
	EngineState,
	RoomKey,
} from '../../engine/index.js';
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

/** That of this name, else the only one that begins with it. */
function roomOf(state: EngineState, word: string): RoomKey | undefined {
	const named = readRoom(word);
	if (named === undefined) return undefined;
	if (state.rooms.has(named)) return named;
	const begun = state.rooms.values().filter(({key}) => key.startsWith(named));
	return begun.length === 1 ? begun[0]!.key : undefined;
}

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
		const room = roomOf(context.state, word);
		if (room) return open(room);
		const byNumber = /^\d{1,5}$/.test(word)
			? conversations(context)[Number(word) - 1]
			: undefined;
		if (byNumber) return open(byNumber);
		const found = findPeer(context.state, word);
		return found.ok ? open(found.peer.key) : failed(found.message);
	},
};
