/** The picker of a conversation, and what its answer does. */
import {useState} from 'react';
import {isRoomKey} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {useConsole, useEngine, useUi} from './console-context.js';
import {peerWords} from './format/peer-row.js';
import {JumpPicker, type JumpTarget} from './overlays/jump-picker.js';
import {peerList} from './peer-list.js';
import {membersHere, unreadCount} from './selectors.js';
import type {Room} from './transfer-overlays.js';

export function JumpOverlay({width, height, close}: Room) {
	const {theme, actions} = useConsole();
	const state = useEngine(each => each);
	const ui = useUi(each => each);
	const [now] = useState(() => Date.now());
	const keys = peerList(state).flatMap(row =>
		row.kind === 'conversation' ? [row.key] : [],
	);
	const targets = keys.map((key): JumpTarget => {
		const unread = unreadCount(state, ui, key);
		if (isRoomKey(key)) {
			const words = strings.rooms.here(membersHere(state, key));
			return {name: key, words, unread};
		}

		const peer = key === 'all' ? undefined : state.peers.get(key);
		if (!peer) return {name: strings.peers.all, words: '', unread};
		const [word] = peerWords(peer, now, theme.glyphs)[0] ?? [''];
		return {name: peer.name, words: word, unread};
	});
	return (
		<JumpPicker
			theme={theme}
			width={width}
			height={height}
			targets={targets}
			onClose={close}
			onChoose={index => {
				close();
				actions.openConversation(keys[index]!);
			}}
		/>
	);
}
