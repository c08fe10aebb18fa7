/** Finds a command by what a person wrote. Commands are handed in, so that `/help` can look them up too. */
import {nearestName} from '../../util/nearest-name.js';
import type {SlashCommand} from './context.js';
import {otherNames} from './other-names.js';

export interface Registry {
	/** In the order of the help. */
	readonly commands: readonly SlashCommand[];
	find(name: string): SlashCommand | undefined;
	/** What was probably meant, for "did you mean": a name or alias, also with arguments. */
	nearest(name: string): string | undefined;
}

export function createRegistry(commands: readonly SlashCommand[]): Registry {
	const byName = new Map<string, SlashCommand>();
	for (const command of commands) {
		for (const name of [command.name, ...(command.aliases ?? [])]) {
			byName.set(name, command);
		}
	}

	const names = [...byName.keys()];
	return {
		commands,
		find: name => byName.get(name.toLowerCase()),
		nearest: name =>
			otherNames.get(name.toLowerCase()) ?? nearestName(names, name),
	};
}
