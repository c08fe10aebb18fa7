import {limits} from '../../limits.js';
import {strings} from '../../strings/index.js';
import {graphemesOf} from '../input/graphemes.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';

export const nick: SlashCommand = {
	name: 'nick',
	usage: 'nick NAME',
	summaryKey: 'nick',
	run({words}, {state, ui}) {
		const name = words.join(' ');
		if (name === '') {
			ui.notify(strings.input.nick.current(state.self.nick));
			return done;
		}

		if (graphemesOf(name).length > limits.nickCharacters) {
			return failed(strings.input.nick.tooLong(limits.nickCharacters));
		}

		ui.notify(strings.input.nick.changed(name));
		return withCommand({type: 'self/setNick', nick: name});
	},
};
