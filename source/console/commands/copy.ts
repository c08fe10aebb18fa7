import {strings} from '../../strings/index.js';
import {copyFormats} from '../format/copy-text.js';
import {type SlashCommand, done, failed} from './context.js';

export const copy: SlashCommand = {
	name: 'copy',
	usage: 'copy [hex|c|python|text]',
	summaryKey: 'copy',
	complete: index => ({words: index === 0 ? copyFormats : []}),
	run({words}, {ui}) {
		const [word = 'text'] = words;
		const format = copyFormats.find(each => each === word.toLowerCase());
		if (!format) return failed(strings.stream.copy.unknown(word));
		const sentence = ui.copy(format);
		return sentence === undefined ? done : failed(sentence);
	},
};
