import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';

export const me: SlashCommand = {
	name: 'me',
	usage: 'me text',
	summaryKey: 'me',
	run({rest}, {state, conversation}) {
		const what = rest(0);
		if (what === '') return failed(strings.input.messages.empty);
		const text = `* ${state.self.nick} ${what}`;
		return withCommand({type: 'chat/send', conversation, text});
	},
};
