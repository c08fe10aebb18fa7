import {strings} from '../../strings/index.js';
import {toAbsolutePath} from '../input/user-path.js';
import {type SlashCommand, done, withCommand} from './context.js';

const off = 'off';

export const log: SlashCommand = {
	name: 'log',
	usage: 'log FILE|off',
	summaryKey: 'log',
	complete: index => (index === 0 ? {words: [off], paths: true} : {words: []}),
	run({words}, {state, ui}) {
		const [path] = words;
		const {is, none} = strings.keep.log;
		if (path === undefined) {
			ui.notify(state.log === undefined ? none : is(state.log));
			return done;
		}

		if (path.toLowerCase() !== off) {
			return withCommand({type: 'log/start', path: toAbsolutePath(path)});
		}

		if (state.log !== undefined) return withCommand({type: 'log/stop'});
		ui.notify(none);
		return done;
	},
};
