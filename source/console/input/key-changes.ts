/**
 * The keys of a preset, and those that the file of settings changes. Decides what is a
 * place, a key and an action, and what is told where one is none; the others still count.
 */
import type {KeyChange} from '../../settings/index.js';
import {strings} from '../../strings/index.js';
import {nearestName} from '../../util/nearest-name.js';
import type {Action} from './action-names.js';
import {keyLabel} from './key-label.js';
import {keyPresets, type PresetName} from './key-presets.js';
import {isText, readKey} from './key-text.js';
import {
	defaultKeys,
	type HintKey,
	type KeyPlace,
	type KeyTable,
	type Row,
} from './keymap.js';

export interface ChangedKeys {
	readonly table: KeyTable;
	/** Sentences. */
	readonly problems: readonly string[];
}

const places = Object.keys(defaultKeys) as KeyPlace[];

const isPlace = (name: string): name is KeyPlace =>
	places.some(place => place === name);

const numbers = Array.from({length: 20}, (_, index) => index + 1);

/** They have no key of their own unless somebody gives them one. */
const withoutKey: readonly Action[] = [
	'nextConversation',
	'previousConversation',
	'startCommand',
	...numbers.map(number => `conversation${number as 1}` as const),
];

const actionsIn = (place: KeyPlace): readonly Action[] =>
	defaultKeys[place].map(([, action]) => action);

/** What a key can be made to do there: the composer also does what panes do. */
export function allowedActions(place: KeyPlace): readonly Action[] {
	const own = actionsIn(place);
	if (place === 'panes') return [...new Set([...own, ...withoutKey])];
	return place === 'composer'
		? [...new Set([...own, ...actionsIn('panes'), ...withoutKey])]
		: own;
}

const without = (rows: readonly Row[], key: string): Row[] =>
	rows.flatMap(([keys, action, hint]): Row[] => {
		const kept = keys.split(' ').filter(each => each !== key);
		if (kept.length === 0) return [];
		const words = kept.join(' ');
		return [hint ? [words, action, hint] : [words, action]];
	});

/** The rows with one key changed; it stands first of the keys of its action. */
function withKey(
	rows: readonly Row[],
	key: string,
	action: Action | undefined,
	hint?: HintKey,
): Row[] {
	const rest = without(rows, key);
	if (action === undefined) return rest;
	const index = rest.findIndex(([, each]) => each === action);
	const [keys, , known] = rest[index] ?? [];
	const words = keys === undefined ? key : `${key} ${keys}`;
	const shared = action.startsWith('conversation') ? 'conversation' : undefined;
	const told = known ?? hint ?? shared;
	const row: Row = told ? [words, action, told] : [words, action];
	return index === -1 ? [...rest, row] : rest.with(index, row);
}

function presetKeys(preset: PresetName): Record<KeyPlace, readonly Row[]> {
	const table = {...defaultKeys};
	for (const place of places) {
		for (const [keys, action, hint] of keyPresets[preset][place] ?? []) {
			for (const key of keys.split(' ').toReversed()) {
				table[place] = withKey(table[place], key, action, hint);
			}
		}
	}

	return table;
}

/** Without these somebody would be caught. */
const needed: readonly Action[] = [
	'interrupt',
	'close',
	'focusPanes',
	'submit',
];

export function changeKeys(
	preset: PresetName,
	changes: readonly KeyChange[],
	file: string,
): ChangedKeys {
	const words = strings.settings.keys;
	const table = presetKeys(preset);
	const problems: string[] = [];
	const seen = new Map<string, number>();
	for (const {place, key: written, action: name, line} of changes) {
		const tell = (sentence: string) => {
			problems.push(words.at(file, line) + sentence);
		};

		if (!isPlace(place)) {
			tell(words.noPlace(place, places, nearestName(places, place)));
			continue;
		}

		const read = readKey(written);
		if (read.kind !== 'key') {
			const same = read.kind === 'same' ? keyLabel(read.as) : undefined;
			tell(same ? words.sameKey(written, same) : words.noKey(written));
			continue;
		}

		const key = read.name;
		const isTyped = place === 'composer' || place === 'field';
		if (isTyped && isText(key)) {
			tell(words.isText(written, place));
			continue;
		}

		const before = seen.get(`${place} ${key}`);
		if (before !== undefined) {
			tell(words.twice(written, place, before));
			continue;
		}

		const allowed = allowedActions(place);
		const action = allowed.find(each => each === name);
		if (name !== '' && !action) {
			tell(words.noAction(name, place, nearestName(allowed, name)));
			continue;
		}

		const rows = withKey(table[place], key, action);
		const lost = table[place].find(
			([, each]) =>
				needed.includes(each) && !rows.some(([, kept]) => kept === each),
		);
		if (lost) {
			tell(words.needed(written, lost[1], place));
			continue;
		}

		seen.set(`${place} ${key}`, line);
		table[place] = rows;
	}

	return {table, problems};
}
