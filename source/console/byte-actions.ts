/** Keys for whoever types bytes: how a line is read, and snippets. */
import {isPeerKey} from '../engine/index.js';
import type {ByteNotation, Command, Engine} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {sendSnippetOn} from './commands/snippet.js';
import {plainPeer} from './commands/typed.js';
import type {Notice, UiStore} from './store.js';

const notations: readonly ByteNotation[] = ['text', 'escapes', 'hex'];

export interface ByteActions {
	/** Text, escapes, hex, text, for the open conversation. */
	cycleNotation(): void;
	/** The snippet on key 1 to 9, to the open conversation. */
	sendSnippet(key: number): void;
}

export function createByteActions(options: {
	readonly engine: Pick<Engine, 'getState'>;
	readonly ui: UiStore;
	dispatch(command: Command): void;
	notify(text: string, tone?: Notice['tone']): void;
	/** Shows the end of the conversation. */
	follow(): void;
}): ByteActions {
	const {engine, ui, dispatch, notify, follow} = options;
	const open = () => ({
		state: engine.getState(),
		conversation: ui.getState().conversation,
	});

	return {
		cycleNotation() {
			const {conversation, state} = open();
			if (!isPeerKey(conversation)) {
				notify(strings.input.bytes.choosePeer, 'bad');
				return;
			}

			const found = plainPeer(undefined, {conversation, state});
			if (!found.ok) {
				notify(found.message, 'bad');
				return;
			}

			const before = ui.getState().notations.get(conversation) ?? 'text';
			const index = (notations.indexOf(before) + 1) % notations.length;
			const notation = notations[index]!;
			ui.dispatch({type: 'notation/changed', conversation, notation});
			notify(strings.input.bytes.switched[notation]);
		},
		sendSnippet(key) {
			const result = sendSnippetOn(key, open());
			if (!result.ok) {
				notify(result.message, 'bad');
				return;
			}

			if (result.command) dispatch(result.command);
			follow();
		},
	};
}
