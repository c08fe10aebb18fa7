import {type SlashCommand, done, failed} from './context.js';
import {onOff, readOnOff} from './on-off.js';

export const reads: SlashCommand = {
	name: 'reads',
	usage: 'reads [on|off]',
	summaryKey: 'reads',
	complete: index => ({words: index === 0 ? onOff : []}),
	run({words}, {ui}) {
		const read = readOnOff(words[0]);
		if (!read.ok) return failed(read.message);
		ui.look('reads', read.to);
		return done;
	},
};
