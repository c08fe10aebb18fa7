import {type SlashCommand, done, withCommand} from './context.js';

export const clear: SlashCommand = {
	name: 'clear',
	usage: 'clear',
	summaryKey: 'clear',
	run(_args, {conversation, state, ui}) {
		if (state.history.phase === 'off') {
			return withCommand({type: 'chat/clear', conversation});
		}

		ui.openOverlay({kind: 'clear', conversation});
		return done;
	},
};
