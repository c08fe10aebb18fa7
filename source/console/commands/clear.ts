import {type SlashCommand, withCommand} from './context.js';

export const clear: SlashCommand = {
	name: 'clear',
	usage: 'clear',
	summaryKey: 'clear',
	run: (_args, {conversation}) =>
		withCommand({type: 'chat/clear', conversation}),
};
