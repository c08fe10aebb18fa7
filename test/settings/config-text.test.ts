/** The file of settings as text: what it says, and what is told of wrong lines. */
import {describe, expect, it} from 'vitest';
import {readConfig} from '../../source/settings/index.js';

const read = (...lines: string[]) => readConfig(lines.join('\n'), 'c.toml');
const valuesOf = (...lines: string[]) =>
	Object.fromEntries(read(...lines).values);

describe('values', () => {
	it.each([
		['name = "bob"', {name: 'bob'}],
		['tcp = 9091', {tcp: '9091'}],
		['tcp = "off"', {tcp: 'off'}],
		['tcp = false', {tcp: 'off'}],
		['no-plain = true', {'no-plain': 'on'}],
		['limit = "20MB"', {limit: '20MB'}],
		['limit = 4096 # a comment', {limit: '4096'}],
		["theme = 'LIGHT'", {theme: 'light'}],
		['encoding = "gbk"', {encoding: 'gbk'}],
		['\uFEFFname = "好世界"\r\n', {name: '好世界'}],
		['name = """\nbob"""', {name: 'bob'}],
	])('%s', (line, values) => {
		expect(read(line).problems).toEqual([]);
		expect(valuesOf(line)).toEqual(values);
	});

	it('reads nothing out of comments', () => {
		expect(read('# name = "x"', '', '#tcp = 1')).toEqual(read(''));
	});
});

describe('wrong lines', () => {
	it.each([
		['tcp = 70000', ['c.toml, line 2', 'tcp', '70000', '65535']],
		['tcp = 1.5', ['tcp', '1.5']],
		['tcp = [1, 2]', ['tcp', '[1,2]']],
		['theme = "drak"', ['theme', 'drak', 'dark, light']],
		['wait = "soon"', ['wait', 'soon', '5s']],
		['encoding = "klingon"', ['encoding', 'klingon', 'gbk']],
		['name = ""', ['name', '""']],
		['histroy = true', ['histroy', 'Did you mean history?']],
		['frobnicate = 1', ['frobnicate', '/set']],
		['name = bob', ['line 2', 'TOML']],
		['name = "bob', ['line 2', 'TOML']],
		['[limits]\nx = 1', ['line 3', 'limits.x']],
		['host = "a"', ['line 2', 'host', 'line 1']],
		['__proto__ = 1', ['__proto__']],
		['keys = "irssi"', ['keys', '[keys.panes]']],
		['[keys]\n"ctrl+n" = "help"', ['line 3', 'keys.ctrl+n']],
	])('%s', (line, parts) => {
		const isTable = line.startsWith('[');
		const {values, problems} = read(
			'host = "::1"',
			line,
			isTable ? '' : 'udp = 5',
		);
		expect(problems).toHaveLength(1);
		for (const part of parts) expect(problems[0]).toContain(part);
		expect(values.get('host')).toBe('::1');
		// Behind a table it would be the table's.
		if (!isTable) expect(values.get('udp')).toBe('5');
	});

	it('each has its sentence, in the order of the lines', () => {
		const {problems, values} = read('tcp = -1', 'what', 'nam = 1', 'udp = 7');
		expect(problems.map(each => /line \d/.exec(each)?.[0])).toEqual([
			'line 1',
			'line 2',
			'line 3',
		]);
		expect(values.get('udp')).toBe('7');
	});

	it('a bracket that is never closed costs its line only', () => {
		const lines = [
			'name = [',
			...Array.from({length: 300}, () => ''),
			'udp = 7',
		];
		expect(read(...lines).problems).toHaveLength(1);
		expect(valuesOf(...lines)).toEqual({udp: '7'});
	});
});

it('reads keys with their places and lines', () => {
	expect(
		read(
			'[keys.panes]',
			'"ctrl+n" = "nextWithActivity"',
			'[keys.field]',
			'f2 = ""',
		).keys,
	).toEqual([
		{place: 'panes', key: 'ctrl+n', action: 'nextWithActivity', line: 2},
		{place: 'field', key: 'f2', action: '', line: 4},
	]);
});
