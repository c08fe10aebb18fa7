import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed} from './context.js';

/** `/set at-once` by its old name. */
export const parallel: SlashCommand = {
	name: 'parallel',
	usage: 'parallel NUMBER',
	summaryKey: 'parallel',
	run({words}, {settings, ui}) {
		const [text] = words;
		const {sayCount, badCount} = strings.input.transfers;
		if (text === undefined) return failed(sayCount);
		if (!/^[1-9]\d{0,3}$/.test(text)) return failed(badCount(text));
		settings.set('at-once', text);
		ui.notify(strings.settings.now('at-once', text));
		return done;
	},
};
