import {strings} from '../../strings/index.js';
import {type SlashCommand, failed} from './context.js';
import {sendTyped} from './typed.js';

export const raw: SlashCommand = {
	name: 'raw',
	usage: 'raw TEXT',
	summaryKey: 'raw',
	run({rest}, context) {
		const text = rest(0);
		return text === ''
			? failed(strings.input.bytes.raw)
			: sendTyped(text, 'escapes', context);
	},
};
