/** Every setting is told to people: in `docs/configuration.md` and in the help of the command line. */
import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {allowedActions} from '../../source/console/input/key-changes.js';
import {defaultKeys, type KeyPlace} from '../../source/console/input/keymap.js';
import {documentRows} from '../../source/settings/document.js';
import {settingNames} from '../../source/settings/index.js';
import {strings} from '../../source/strings/index.js';

const page = readFileSync(
	new URL('../../docs/configuration.md', import.meta.url),
	'utf8',
);

const plain = (text: string) => text.replaceAll(/ {2,}/g, ' ').trim();

it('the document has a row for every setting, in their order, as the table has it', () => {
	const rows = page
		.split('\n')
		.filter(line => /^\| `[a-z-]+` .*SOCKTERM_/.test(line))
		.map(plain);
	expect(rows).toEqual(documentRows());
});

it('the help names a flag for every setting', () => {
	const missing = settingNames.filter(
		name => !new RegExp(`--(?:no-)?${name}\\b`).test(strings.cli.help),
	);
	expect(missing).toEqual([]);
});

it('the document names every action that a key can be given', () => {
	const places = Object.keys(defaultKeys) as KeyPlace[];
	const missing = places
		.flatMap(place => allowedActions(place))
		.filter(action => !page.includes(`\`${action}\``));
	expect(missing).toEqual([]);
});
