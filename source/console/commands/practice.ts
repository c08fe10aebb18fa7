import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';

export const practice: SlashCommand = {
	name: 'practice',
	usage: 'practice',
	summaryKey: 'practice',
	run: (_args, {state}) =>
		state.practice
			? failed(strings.input.practice.already)
			: withCommand({type: 'practice/start'}),
};
