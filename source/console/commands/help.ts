import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed} from './context.js';
import type {Registry} from './registry.js';

/** `registry` comes late, because the help is one of its commands. */
export function createHelp(registry: () => Registry): SlashCommand {
	return {
		name: 'help',
		usage: 'help [command]',
		summaryKey: 'help',
		complete: () => ({words: registry().commands.map(({name}) => name)}),
		run({words}, {ui}) {
			const [word] = words;
			if (word === undefined) {
				ui.openOverlay({kind: 'help'});
				return done;
			}

			const name = word.replace(/^\//, '');
			const command = registry().find(name);
			if (!command) {
				return failed(
					strings.input.lines.unknownCommand(name, registry().nearest(name)),
				);
			}

			ui.notify(
				`/${command.usage}  ${strings.input.commands[command.summaryKey]}`,
			);
			return done;
		},
	};
}
