/** Every limit is told to people: a row in `docs/limits.md` for each, and none for what is gone. */
import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {limits} from '../../source/limits.js';

it('has a row for every limit, in their order', () => {
	const page = readFileSync(
		new URL('../../docs/limits.md', import.meta.url),
		'utf8',
	);
	const names = [...page.matchAll(/^\| `(\w+)`/gm)].map(match => match[1]);
	expect(names).toEqual(Object.keys(limits));
});
