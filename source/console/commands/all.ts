import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';

export const all: SlashCommand = {
	name: 'all',
	usage: 'all text',
	summaryKey: 'all',
	run({rest}) {
		const text = rest(0);
		return text === ''
			? failed(strings.input.messages.empty)
			: withCommand({type: 'chat/send', conversation: 'all', text});
	},
};
