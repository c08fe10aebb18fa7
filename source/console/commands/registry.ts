/** Finds a command by what a person wrote. Commands are handed in, so that `/help` can look them up too. */
import type {SlashCommand} from './context.js';

export interface Registry {
	/** In the order of the help. */
	readonly commands: readonly SlashCommand[];
	find(name: string): SlashCommand | undefined;
	/** A name or alias that was probably meant, for "did you mean". */
	nearest(name: string): string | undefined;
}

/** Changes of one letter (in, out, another, two swapped) from one word to the other. */
function distance(left: string, right: string): number {
	const rows: number[][] = [
		Array.from({length: right.length + 1}, (_, index) => index),
	];
	for (let i = 1; i <= left.length; i++) {
		const row = [i];
		const above = rows[i - 1]!;
		for (let j = 1; j <= right.length; j++) {
			const isSame = left[i - 1] === right[j - 1];
			let best = Math.min(
				above[j]! + 1,
				row[j - 1]! + 1,
				above[j - 1]! + (isSame ? 0 : 1),
			);
			const isSwapped =
				left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
			if (i > 1 && j > 1 && isSwapped)
				best = Math.min(best, rows[i - 2]![j - 2]! + 1);
			row.push(best);
		}

		rows.push(row);
	}

	return rows.at(-1)!.at(-1)!;
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
		nearest(name) {
			const wanted = name.toLowerCase().slice(0, 40);
			if (wanted === '') return undefined;
			const begun = names.filter(each => each.startsWith(wanted));
			if (begun.length > 0) return begun[0];
			const [nearest] = names
				.map(each => ({each, changes: distance(wanted, each)}))
				.filter(({each, changes}) => changes <= (each.length > 4 ? 2 : 1))
				.sort((left, right) => left.changes - right.changes);
			return nearest?.each;
		},
	};
}
