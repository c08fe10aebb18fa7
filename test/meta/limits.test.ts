/** Every limit is told to people: a row in `docs/limits.md` for each, and none for what is gone. */
import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {limits, verifiedLimits} from '../../source/limits.js';

const page = readFileSync(
	new URL('../../docs/limits.md', import.meta.url),
	'utf8',
);
const [ofAll = '', ofVerified = ''] = page.split('## Verified peers');
const namesIn = (text: string) =>
	[...text.matchAll(/^\| `(\w+)`/gm)].map(match => match[1]);

it('has a row for every limit, in their order', () => {
	expect(namesIn(ofAll)).toEqual(Object.keys(limits));
});

it('has a row for every limit that is wider for verified peers', () => {
	expect(namesIn(ofVerified)).toEqual(Object.keys(verifiedLimits));
});

it('gives a verified peer more, never less', () => {
	const names = Object.keys(verifiedLimits) as Array<
		keyof typeof verifiedLimits
	>;
	const notWider = names.filter(name => verifiedLimits[name] <= limits[name]);
	expect(notWider).toEqual([]);
});
