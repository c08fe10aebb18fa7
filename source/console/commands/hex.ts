import {type SlashCommand, done, failed} from './context.js';
import {onOff, readOnOff} from './on-off.js';

export const hex: SlashCommand = {
	name: 'hex',
	usage: 'hex [on|off]',
	summaryKey: 'hex',
	complete: index => ({words: index === 0 ? onOff : []}),
	run({words}, {ui}) {
		const read = readOnOff(words[0]);
		if (!read.ok) return failed(read.message);
		ui.look('hex', read.to);
		return done;
	},
};
