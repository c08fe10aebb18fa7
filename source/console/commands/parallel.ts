import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';

export const parallel: SlashCommand = {
	name: 'parallel',
	usage: 'parallel NUMBER',
	summaryKey: 'parallel',
	run({words}) {
		const [text] = words;
		const {sayCount, badCount} = strings.input.transfers;
		if (text === undefined) return failed(sayCount);
		return /^[1-9]\d{0,3}$/.test(text)
			? withCommand({type: 'transfer/setAtOnce', count: Number(text)})
			: failed(badCount(text));
	},
};
