/** The Chinese table says what the English one says: the same facts, in Chinese. Its keys are checked by the types. */
import {describe, expect, test} from 'vitest';
import {english} from '../../source/strings/english.js';
import {chinese} from '../../source/strings/chinese.js';

interface Pair {
	readonly path: string;
	readonly en: unknown;
	readonly zh: unknown;
}

/** Every text, list and function of the two tables, side by side. */
function leaves(en: object, zh: object, path = ''): Pair[] {
	return Object.entries(en).flatMap(([key, value]) => {
		const pair = {
			path: path === '' ? key : `${path}.${key}`,
			en: value as unknown,
			zh: (zh as Record<string, unknown>)[key],
		};
		return typeof value === 'object' && !Array.isArray(value)
			? leaves(value as object, pair.zh as object, pair.path)
			: [pair];
	});
}

const keysOf = (table: object, path = ''): string[] =>
	Object.entries(table).flatMap(([key, value]) => [
		`${path}${key}`,
		...(typeof value === 'object' && !Array.isArray(value)
			? keysOf(value as object, `${path}${key}.`)
			: []),
	]);

/** What a function is given for a fact, so that it can be found in what it says. */
const sample = (name: string) => `<${name}>`;

/** Facts under any name: texts that tell which they are, or numbers. */
const factsOf = (make: (key: string) => unknown) =>
	new Proxy(
		{},
		{get: (_, key) => (typeof key === 'string' ? make(key) : undefined)},
	);

/** Facts that are one of a few words. */
const oneOf: Readonly<Record<string, string>> = {
	outcome: 'saved',
	kind: 'unknown',
};

const argumentsFor = (place: number): unknown[] => [
	sample(`a${place}`),
	7013 + place * 101,
	1,
	0,
	factsOf(key => oneOf[key] ?? sample(`a${place}.${key}`)),
	factsOf(key => 7013 + place * 101 + key.length),
	factsOf(() => undefined),
	[sample(`a${place}.0`), sample(`a${place}.1`)],
	undefined,
	'client',
];

/** What happens where facts are of another kind than the function wants. */
function said(what: unknown, values: readonly unknown[]): string | undefined {
	try {
		const result: unknown =
			typeof what === 'function' ? (what(...values) as unknown) : what;
		const text = Array.isArray(result) ? result.join('\n') : result;
		return typeof text === 'string' &&
			!/undefined|NaN|\[object|function/.test(text)
			? text
			: undefined;
	} catch {
		return undefined;
	}
}

function combinations(count: number): unknown[][] {
	let all: unknown[][] = [[]];
	for (let place = 0; place < count; place++) {
		all = all.flatMap(begun =>
			argumentsFor(place)
				// Of many facts the first kinds are enough: text, or facts of text.
				.filter((_, kind) => count < 5 || kind === 0 || kind === 4)
				.map(value => [...begun, value]),
		);
	}

	return all;
}

const facts = (text: string) =>
	[...new Set(text.match(/<a\d[^>]*>|7[0-4]\d\d/g))].sort();

/** Both texts of one entry, for every kind of facts that it takes. */
function* sayings({en, zh}: Pair) {
	const count = typeof en === 'function' ? en.length : 0;
	for (const values of combinations(count)) {
		const first = said(en, values);
		if (first !== undefined) {
			// A table may have no word for a fact that the types rule out.
			const second = said(zh, values);
			if (second !== undefined) yield {en: first, zh: second};
		}
	}
}

/** Without facts, and without what is typed as it stands: a command or program and what follows it, what is quoted. */
const prose = (text: string) =>
	text
		.replaceAll(/<a\d[^>]*>/g, ' ')
		.replaceAll(
			/(?:\/[a-z]+|sockterm|a program|tar c|nc|delimiter|--?[a-zA-Z-]+) [ -~]*/g,
			' ',
		)
		.replaceAll(/“[ -~]*”|"[^"]*"|\/\S+\//g, ' ');

const wordsOf = (text: string) => text.match(/(?<![\w-])[a-z]+(?!\w)/gi) ?? [];

/** What English sentences are made of. Where it is typed somewhere, it stands in quotes or behind a command. */
const ofSentences = new Set(
	'the is are was were be been of to for with and but not it its that this there here you your by from when what which who has have does do can cannot will would at if as'.split(
		' ',
	),
);

const isOfSentences = (word: string) => ofSentences.has(word.toLowerCase());

const pairs = leaves(english, chinese).filter(({path}) => path !== 'cli.help');
const hasChinese = (text: string) => /\p{Script=Han}/u.test(text);

describe('the Chinese table', () => {
	test('has the keys of the English one, and no others', () => {
		expect(keysOf(chinese).sort()).toEqual(keysOf(english).sort());
	});

	test('has functions where it has, of no more facts', () => {
		const other = pairs
			.filter(
				({en, zh}) =>
					typeof en !== typeof zh ||
					(typeof en === 'function' && (zh as typeof en).length > en.length),
			)
			.map(({path}) => path);
		expect(other).toEqual([]);
	});

	test('says something wherever the English one does, whatever the facts', () => {
		const silent = new Set<string>();
		for (const pair of pairs) {
			let isSaid = false;
			for (const {en, zh} of sayings(pair)) {
				isSaid = true;
				if ((en === '') !== (zh === '')) silent.add(pair.path);
			}

			if (!isSaid) silent.add(`${pair.path} (no sample fits)`);
		}

		expect([...silent]).toEqual([]);
	});

	test('tells the same facts', () => {
		const other: Record<string, unknown> = {};
		for (const pair of pairs) {
			for (const {en, zh} of sayings(pair)) {
				const [ours, theirs] = [facts(zh), facts(en)];
				if (ours.join() !== theirs.join()) other[pair.path] = {en, zh};
			}
		}

		expect(other).toEqual({});
	});

	test('is in Chinese, but for names of things and what is typed', () => {
		const other: Record<string, string> = {};
		for (const pair of pairs) {
			for (const {en, zh} of sayings(pair)) {
				const words = wordsOf(prose(en)).filter(word => word !== 'client');
				const isSentence = words.length > 3 && words.some(isOfSentences);
				if (isSentence && !hasChinese(zh)) other[pair.path] = zh;
				// A name or a word to type stands in both; anything else is a leftover.
				const known = new Set(['client', ...wordsOf(en.toLowerCase())]);
				const left = wordsOf(prose(zh)).filter(
					word => isOfSentences(word) || !known.has(word.toLowerCase()),
				);
				if (left.length > 0) other[pair.path] = `${left.join()}: ${zh}`;
			}
		}

		expect(other).toEqual({});
	});

	test('sets its sentences with its own signs', () => {
		const other: Record<string, string> = {};
		for (const pair of pairs) {
			for (const {zh} of sayings(pair)) {
				if (
					/\p{Script=Han}[,;:!?]|\p{Script=Han}\.(?!\w)|[。，：；！？] /u.test(
						zh,
					)
				)
					other[pair.path] = zh;
			}
		}

		expect(other).toEqual({});
	});
});

test('the help in Chinese names every option and verb, and fits 80 cells', async () => {
	const {cellWidth} = await import('../../source/util/cells.js');
	const typed = (text: string) =>
		[...new Set(text.match(/(?<![\w-])--?[a-zA-Z][\w-]*/g))].sort();
	expect(typed(chinese.cli.help)).toEqual(typed(english.cli.help));
	const examples = (text: string) =>
		text
			.split('\n')
			.filter(line => line.startsWith('    $ '))
			.slice(11);
	expect(examples(chinese.cli.help)).toEqual(examples(english.cli.help));
	const widest = (text: string) => Math.max(...text.split('\n').map(cellWidth));
	expect(widest(chinese.cli.help)).toBeLessThanOrEqual(
		widest(english.cli.help),
	);
});
