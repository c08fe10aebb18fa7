import {strings} from '../../strings/index.js';
import {registry} from '../commands/index.js';
import {cellWidth, fitCells, wrapCells} from '../../util/cells.js';
import {composeLine} from '../format/lines.js';
import {keyLabel} from '../input/key-label.js';
import {type Binding, type KeyPlace, bindingsFor} from '../input/keymap.js';
import type {Theme} from '../theme.js';

interface Entry {
	readonly left: string;
	readonly right: string;
}

/** One line for each hint: the conversations share theirs. */
function keyEntries(bindings: readonly Binding[], isAscii: boolean): Entry[] {
	const byHint = new Map<string, string[]>();
	for (const {keys, hint} of bindings) {
		const labels = keys.map(key => keyLabel(key, isAscii));
		byHint.set(hint, [...(byHint.get(hint) ?? []), ...labels]);
	}

	return [...byHint].map(([hint, labels]) => ({
		left:
			hint === 'conversation' || hint === 'snippet'
				? `${labels[0]}…${labels.at(-1)?.slice(-1)}`
				: labels.join(' '),
		right: strings.input.hints[hint as Binding['hint']],
	}));
}

function commandEntries(): Entry[] {
	return registry.commands.map(({usage, aliases, summaryKey}) => ({
		left: [`/${usage}`, ...(aliases ?? []).map(each => `/${each}`)].join(' '),
		right: strings.input.commands[summaryKey],
	}));
}

/** Keys of windows that have their own. */
const windows = ['offer', 'partials', 'listeners'] as const;

const leftWidth = 30;

function entryLines({left, right}: Entry, theme: Theme, width: number) {
	const isWide = width >= 2 * leftWidth;
	const column = isWide ? leftWidth : Math.min(16, Math.floor(width / 3));
	const rightWidth = Math.max(1, width - column - 1);
	const fits = cellWidth(left) <= column;
	const parts = wrapCells(right, rightWidth);
	const lines = fits ? [] : [composeLine(theme, width, [[left, 'accent']])];
	for (const [index, part] of parts.entries()) {
		const first = fits && index === 0 ? left : '';
		lines.push(
			composeLine(theme, width, [
				[fitCells(first, column), 'accent'],
				[` ${part}`],
			]),
		);
	}

	return lines;
}

/** The whole help, the keys of the place from which it was opened first. */
export function helpLines(
	where: 'composer' | 'panes',
	theme: Theme,
	width: number,
): string[] {
	const words = strings.input.help;
	const places: readonly KeyPlace[] =
		where === 'composer'
			? ['composer', 'field', 'panes', ...windows, 'picker']
			: ['panes', ...windows, 'composer', 'field', 'picker'];
	const keys = places.map(place => ({
		title: words.sections[place],
		entries: keyEntries(bindingsFor(place), theme.isAscii),
	}));
	const commands = {title: words.sections.commands, entries: commandEntries()};
	const sections =
		where === 'composer' ? [commands, ...keys] : [...keys, commands];
	return sections.flatMap(({title, entries}, index) => [
		...(index > 0 ? [composeLine(theme, width, [])] : []),
		composeLine(theme, width, [[title, 'strong']]),
		...entries.flatMap(entry => entryLines(entry, theme, width)),
	]);
}
