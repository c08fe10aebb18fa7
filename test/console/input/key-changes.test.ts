/** Keys of presets and of the file: which row they become, and what is told of wrong ones. */
import {describe, expect, it} from 'vitest';
import {
	allowedActions,
	changeKeys,
} from '../../../source/console/input/key-changes.js';
import {keyPresets} from '../../../source/console/input/key-presets.js';
import {readKey} from '../../../source/console/input/key-text.js';
import {
	defaultKeys,
	type KeyPlace,
	type KeyTable,
} from '../../../source/console/input/keymap.js';
import {strings} from '../../../source/strings/index.js';

const changed = (
	place: string,
	key: string,
	action: string,
	preset = 'default',
) =>
	changeKeys(
		preset as keyof typeof keyPresets,
		[{place, key, action, line: 7}],
		'c.toml',
	);
const keysOf = (table: KeyTable, place: KeyPlace, action: string) =>
	table[place].find(([, each]) => each === action)?.[0];
const actionOf = (table: KeyTable, place: KeyPlace, key: string) =>
	table[place].find(([keys]) => keys.split(' ').includes(key))?.[1];

describe('a key as people write it', () => {
	it.each([
		['ctrl+n', 'ctrl+n'],
		['Ctrl-N', 'ctrl+n'],
		['C-n', 'ctrl+n'],
		['M-1', 'alt+1'],
		['alt+ctrl+x', 'ctrl+alt+x'],
		['Shift-Tab', 'shift+tab'],
		['PgDn', 'pagedown'],
		['F4', 'f4'],
		['alt+f4', 'alt+f4'],
		['shift+k', 'K'],
		['K', 'K'],
		['+', '+'],
		['ctrl+-', 'ctrl+-'],
		['alt++', 'alt++'],
		[':', ':'],
		['space', 'space'],
		['世', '世'],
	])('%s', (text, name) => {
		expect(readKey(text)).toEqual({kind: 'key', name});
	});

	it.each(['', 'ctrl+', 'gg', 'f99', 'hyper+x', '\u0007'])(
		'%j is none',
		text => {
			expect(readKey(text)).toEqual({kind: 'none'});
		},
	);

	it('knows what terminals cannot tell apart', () => {
		expect(readKey('ctrl+i')).toEqual({kind: 'same', as: 'tab'});
	});
});

describe('a changed key', () => {
	it('does the new thing, stands first there, and no longer does the old', () => {
		const {table, problems} = changed('panes', 'Ctrl-N', 'moveDown');
		expect(problems).toEqual([]);
		expect(keysOf(table, 'panes', 'moveDown')).toBe('ctrl+n j down');
		const {table: other} = changed('panes', 'f', 'moveDown');
		expect(keysOf(other, 'panes', 'sendFile')).toBe('f4');
		expect(defaultKeys.panes).not.toBe(other.panes);
	});

	it('can do what has no key of its own, or nothing', () => {
		const {table} = changed('composer', 'alt+n', 'nextConversation');
		expect(actionOf(table, 'composer', 'alt+n')).toBe('nextConversation');
		const {table: without} = changed('panes', 'x', '');
		expect(actionOf(without, 'panes', 'x')).toBeUndefined();
	});

	it.each([
		['pane', 'x', 'help', 'Did you mean [keys.panes]?'],
		['nowhere', 'x', 'help', 'composer, panes'],
		['panes', 'gg', 'help', '"gg" is no key'],
		['panes', 'ctrl+m', 'help', 'Enter'],
		['panes', 'x', 'toglZoom', 'Did you mean toggleZoom?'],
		['panes', 'x', 'launch', 'docs/configuration.md'],
		['field', 'a', 'yank', 'could not be typed'],
		['composer', 'space', 'help', 'could not be typed'],
		['composer', 'ctrl+c', 'help', 'only key of interrupt'],
	])('[keys.%s] %s = %s is a sentence', (place, key, action, hint) => {
		const {table, problems} = changed(place, key, action);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toContain('c.toml, line 7: ');
		expect(problems[0]).toContain(hint);
		expect(table).toEqual(defaultKeys);
	});

	it('two spellings of one key are told, and the first counts', () => {
		const {table, problems} = changeKeys(
			'default',
			[
				{place: 'panes', key: 'ctrl+n', action: 'moveUp', line: 2},
				{place: 'panes', key: 'C-n', action: 'moveDown', line: 3},
			],
			'c.toml',
		);
		expect(problems).toEqual([expect.stringContaining('line 2 already')]);
		expect(actionOf(table, 'panes', 'ctrl+n')).toBe('moveUp');
	});
});

describe.each(Object.keys(keyPresets))('the preset %s', name => {
	const {table} = changeKeys(name as keyof typeof keyPresets, [], '');

	it('has each key once in a place, and a sentence for each action', () => {
		for (const [place, rows] of Object.entries(table)) {
			const keys = rows.flatMap(([each]) => each.split(' '));
			expect(new Set(keys).size, place).toBe(keys.length);
			for (const [, action, hint] of rows) {
				expect(strings.input.hints).toHaveProperty(hint ?? action);
			}
		}
	});

	it('writes keys as they are read, and allows what it does', () => {
		for (const [place, rows] of Object.entries(keyPresets[name as 'vim'])) {
			for (const [keys, action] of rows) {
				expect(allowedActions(place as KeyPlace)).toContain(action);
				for (const key of keys.split(' ')) {
					expect(readKey(key)).toEqual({kind: 'key', name: key});
					expect(actionOf(table, place as KeyPlace, key)).toBe(action);
				}
			}
		}
	});

	it('leaves nobody caught', () => {
		for (const place of Object.keys(defaultKeys) as KeyPlace[]) {
			for (const [, action] of defaultKeys[place]) {
				if (!['interrupt', 'close', 'focusPanes', 'submit'].includes(action)) {
					continue;
				}

				expect(keysOf(table, place, action)).toBeDefined();
			}
		}
	});
});
