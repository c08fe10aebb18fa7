/** What Enter in the composer does: runs the line, and keeps it where that fails. */
import type {Engine} from '../engine/index.js';
import type {LiveSettings} from '../settings/index.js';
import type {Actions} from './actions.js';
import {runLine} from './commands/index.js';
import type {SubmittedLines} from './submitted-lines.js';
import type {UiStore} from './store.js';
import type {TypedLines} from './typed-lines.js';

export function createSubmitLine(options: {
	readonly engine: Engine;
	readonly ui: UiStore;
	readonly lines: SubmittedLines;
	readonly typedLines: TypedLines;
	readonly actions: Actions;
	readonly settings: LiveSettings;
}): (line: string) => void {
	const {engine, ui, lines, typedLines, actions, settings} = options;
	return line => {
		const {conversation, notations} = ui.getState();
		const result = runLine(line, {
			state: engine.getState(),
			conversation,
			settings,
			notation: notations.get(conversation) ?? 'text',
			dispatch(command) {
				engine.dispatch(lines.tag(command, {conversation, line}));
			},
			ui: {
				openOverlay: overlay => ui.dispatch({type: 'overlay/opened', overlay}),
				closeOverlay: () => ui.dispatch({type: 'overlay/closed'}),
				focusConversation: actions.openConversation,
				focusPane: pane => ui.dispatch({type: 'panes/focused', pane}),
				showTransfers: which => actions.showTransfers(which === 'failed'),
				look: actions.lens.look,
				copy: actions.lens.copy,
				find: actions.finding.find,
				goTo: actions.history.goTo,
				notify: actions.notify,
				quit: actions.requestQuit,
			},
		});
		if (!result.ok) {
			actions.notify(result.message, 'bad');
			return;
		}

		typedLines.remember(conversation, line);
		ui.dispatch({type: 'draft/changed', conversation, text: ''});
		// What was just said is to be seen, wherever the view is.
		const type = result.command?.type;
		if (type === 'chat/send' || type === 'stream/send') actions.follow();
	};
}
