import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {keyLabel} from '../../source/console/input/key-label.js';
import {bindingsFor} from '../../source/console/input/keymap.js';

const page = readFileSync('docs/keys.md', 'utf8');

test('docs/keys.md names every key that edits a line', () => {
	const editing = [
		...bindingsFor('field'),
		...bindingsFor('composer').filter(({action}) =>
			/^(complete|newLine|history|global|recall|lastArgument|redraw)/.test(
				action,
			),
		),
	];
	const missing = editing
		.flatMap(({keys}) => keys)
		.map(key => `\`${keyLabel(key)}\``)
		.filter(label => !page.includes(label));
	expect(editing.length).toBeGreaterThan(30);
	expect(missing).toEqual([]);
});
