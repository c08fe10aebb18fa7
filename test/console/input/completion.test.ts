import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {completeLine} from '../../../source/console/input/completion.js';
import {connected, stateOf} from '../../helpers/engine-state.js';
import {createTemporaryFolder} from '../../helpers/temporary-folder.js';

const state = stateOf([
	connected('bob'),
	connected('Ada Lovelace'),
	connected('小明'),
	connected('sensor', {kind: 'raw'}),
]);
const folder = createTemporaryFolder();
const inside = (name: string) => join(folder.path, name);

beforeAll(() => {
	for (const name of [
		'report-1.txt',
		'report-2.txt',
		'two words',
		'.hidden',
		'你好一',
		'你好二',
		'café 大.txt',
	]) {
		writeFileSync(inside(name), '');
	}

	mkdirSync(inside('sub'));
	symlinkSync(inside('sub'), inside('link'));
});
afterAll(() => folder.remove());

/** `|` is the caret. */
async function complete(marked: string): Promise<string | undefined> {
	const caret = marked.indexOf('|');
	const text = marked.replace('|', '');
	const found = await completeLine({text, caret}, {state});
	return (
		found &&
		`${found.text.slice(0, found.caret)}|${found.text.slice(found.caret)}`
	);
}

test.each<[string, string | undefined]>([
	['/conn|', '/connect |'],
	['/CONN|', '/connect |'],
	['/li|', '/li|'],
	['/lis|', '/listen |'],
	['/nothing|', undefined],
	['hello|', undefined],
	['//conn|', undefined],
	['/msg b|', '/msg bob |'],
	['/msg b| hi', '/msg bob |hi'],
	['/msg ada|', String.raw`/msg Ada\ Lovelace |`],
	['/msg "ad|', '/msg "Ada Lovelace" |'],
	['/msg bob x|', undefined],
	['小|', '小明: |'],
	['hey @小|', 'hey @小明 |'],
	['/query 小|', '/query 小明 |'],
	['/listen u|', '/listen udp |'],
	['/encoding gb|', '/encoding gb|'],
	['/help /|', undefined],
])('%s → %s', async (line, expected) => {
	expect(await complete(line)).toBe(expected);
});

test('paths: what is clear is put in, blanks are escaped, folders end with a slash', async () => {
	const begin = `/send ${folder.path}/`;
	expect(await complete(`${begin}re|`)).toBe(`${begin}report-|`);
	expect(await complete(`${begin}report-2|`)).toBe(`${begin}report-2.txt |`);
	expect(await complete(`${begin}REPORT-2|`)).toBe(`${begin}report-2.txt |`);
	expect(await complete(`${begin}tw|`)).toBe(`${begin}two\\ words |`);
	expect(await complete(`/send "${folder.path}/tw|`)).toBe(
		`/send "${folder.path}/two words" |`,
	);
	expect(await complete(`${begin}su|`)).toBe(`${begin}sub/|`);
	expect(await complete(`${begin}li|`)).toBe(`${begin}link/|`);
	expect(await complete(`${begin}.h|`)).toBe(`${begin}.hidden |`);
	expect(await complete(`${begin}你|`)).toBe(`${begin}你好|`);
	expect(await complete(`${begin}caf|`)).toBe(`${begin}café\\ 大.txt |`);
	expect(await complete(`${begin}你好二|`)).toBe(`${begin}你好二 |`);
	expect(await complete(`${begin}missing/x|`)).toBe(undefined);
	expect(await complete(`/send bob ${folder.path}/su|`)).toBe(
		`/send bob ${folder.path}/sub/|`,
	);
});

test('several candidates are named, hidden files only where a dot was typed', async () => {
	const text = `/send ${folder.path}/`;
	const found = await completeLine({text, caret: text.length}, {state});
	expect(
		found?.candidates.map(path => path.slice(folder.path.length + 1)),
	).toEqual([
		'café 大.txt',
		'link/',
		'report-1.txt',
		'report-2.txt',
		'sub/',
		'two words',
		'你好一',
		'你好二',
	]);
	expect(found?.text).toBe(text);
});
