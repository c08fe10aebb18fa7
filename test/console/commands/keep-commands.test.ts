/** `/export`, `/log`, `/search`, `/filter`, as they are typed. */
import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import {expect, test} from 'vitest';
import {completeLine} from '../../../source/console/input/completion.js';
import type {Command, ConversationKey} from '../../../source/engine/index.js';
import {connected, peerKey, safe, stateOf} from '../../helpers/engine-state.js';
import {runTyped} from '../../helpers/typed-line.js';

const state = stateOf([
	connected('bob', {isDialled: true}),
	connected('sensor', {kind: 'raw', host: '10.0.0.7'}),
]);
const sensor = peerKey('raw:sensor');
const logging = stateOf([{type: 'log/changed', path: safe('/tmp/all.log')}]);

const run = (line: string, at: ConversationKey = 'all', on = state) =>
	runTyped(line, at, on);

const exported = (
	path: string,
	rest: Omit<Extract<Command, {type: 'export/write'}>, 'type' | 'path'>,
) => ({type: 'export/write', path, ...rest});

test.each<[string, ConversationKey, unknown]>([
	[
		'/export a.txt',
		'all',
		exported(resolve('a.txt'), {what: 'all', format: 'text'}),
	],
	[
		'/export ~/a.CSV',
		sensor,
		exported(join(homedir(), 'a.CSV'), {what: sensor, format: 'csv'}),
	],
	[
		'/export /tmp/a.pcapng sens',
		'all',
		exported('/tmp/a.pcapng', {what: sensor, format: 'pcapng'}),
	],
	[
		'/export ndjson "/tmp/my file" datagrams',
		sensor,
		exported('/tmp/my file', {what: 'datagrams', format: 'ndjson'}),
	],
	['/export text', sensor, undefined],
	[
		'/export csv a.txt all',
		sensor,
		exported(resolve('a.txt'), {what: 'all', format: 'csv'}),
	],
	['/log ~/s.log', 'all', {type: 'log/start', path: join(homedir(), 's.log')}],
])('%s', (line, at, command) => {
	const {dispatched, result} = run(line, at);
	expect(dispatched).toEqual(command === undefined ? [] : [command]);
	expect(result.ok).toBe(command !== undefined);
});

test.each([
	['/export', 'Say where to'],
	['/export a.doc', 'cannot be told from its name'],
	['/export a.txt nobody', 'no peer'],
	['/export a.txt bob more', 'enough'],
])('%s is refused', (line, sentence) => {
	const {result, dispatched} = run(line);
	expect(result).toMatchObject({
		ok: false,
		message: expect.stringContaining(sentence) as unknown,
	});
	expect(dispatched).toEqual([]);
});

test('the log is shown, and ended where there is one', () => {
	expect(run('/log').ui).toEqual([
		'notify "No log is kept. /log FILE starts one."',
	]);
	expect(run('/log off').ui).toHaveLength(1);
	expect(run('/log off', 'all', logging).dispatched).toEqual([
		{type: 'log/stop'},
	]);
	expect(run('/log', 'all', logging).ui[0]).toContain('/tmp/all.log');
});

test('what is searched for stays as it was typed', () => {
	expect(run('/search "a  b" \\d').ui).toEqual([
		`find "search" ${JSON.stringify('"a  b" \\d')}`,
	]);
	expect(run('/filter in peer:bob x').ui).toEqual([
		'find "filter" "in peer:bob x"',
	]);
	expect(run('/search off').ui).toEqual(['find "search" ']);
});

test.each([
	['/export pc', '/export pcapng '],
	['/export csv x.csv dat', '/export csv x.csv datagrams '],
	['/export x.csv sen', '/export x.csv sensor '],
	['/filter peer:s', '/filter peer:sensor '],
	['/log of', '/log off '],
])('%s is completed', async (text, completed) => {
	const found = await completeLine({text, caret: text.length}, {state});
	expect(found?.text).toBe(completed);
});
