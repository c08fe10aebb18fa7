/**
 * A conversation begins with what was said last: decides when that is read. One after
 * the other, in the order in which they came; invariant: whoever has gone when its turn
 * comes is not read, so that of ten thousand that come and go none makes the others wait.
 */
import {isPeerKey} from '../ids.js';
import type {EngineContext} from '../context.js';
import type {ConversationKey} from '../ids.js';
import {conversationKeyOf} from './history-keys.js';
import type {HistoryKey} from './history-port.js';

export function createOpenings(
	context: EngineContext,
	/** Whether anything can be read. */
	opened: Promise<boolean>,
	/** Reads its first page. */
	read: (conversation: ConversationKey) => Promise<void>,
): void {
	const waiting = new Set<ConversationKey>();
	let isReading = false;
	/** Under which name it was read, of whom we dialled: who answered is known later. */
	const readAs = new Map<ConversationKey, HistoryKey>();

	const isRead = (conversation: ConversationKey) => {
		const state = context.state();
		const key = conversationKeyOf(state, conversation);
		const isThere = state.past.has(conversation);
		const isSame = (readAs.get(conversation) ?? key) === key;
		const isDialled =
			isPeerKey(conversation) && state.peers.get(conversation)?.target;
		if (isDialled && key !== undefined) readAs.set(conversation, key);
		return isThere && isSame;
	};

	const readAll = async () => {
		for (const conversation of waiting) {
			waiting.delete(conversation);
			if (isRead(conversation)) continue;
			// What fails is told when somebody asks for it.
			await read(conversation).catch(() => undefined);
		}

		// At once: what is added from now on begins anew.
		isReading = false;
	};

	const open = (conversation: ConversationKey) => {
		waiting.add(conversation);
		if (isReading) return;
		isReading = true;
		void opened.then(async isOpen => {
			// Where nothing can be read nothing waits for it.
			if (!isOpen) waiting.clear();
			await readAll();
		});
	};

	open('all');
	context.on(event => {
		const isOpened =
			event.type === 'peer/connected' ||
			(event.type === 'peer/appeared' && event.target !== undefined);
		if (isOpened) open(event.peer);
		if (event.type === 'room/joined') open(event.room);
	});
}
