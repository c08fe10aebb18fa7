import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createTypedLines, isPrivate} from '../../source/console/typed-lines.js';
import type {ConversationKey, TypedLine} from '../../source/engine/index.js';
import {limits} from '../../source/limits.js';
import {createTypedLinesFile} from '../../source/storage/typed-lines.js';
import {
	createTemporaryFolder,
	type TemporaryFolder,
} from '../helpers/temporary-folder.js';

const bob = 'peer:bob' as ConversationKey;
const setup = () => createTypedLines({placeOf: String});

describe('typed lines', () => {
	test('one way and back, with what was being typed at the end', () => {
		const lines = setup();
		for (const line of ['one', 'two', 'two', '']) lines.remember('all', line);
		const walk = (by: 1 | -1, shown: string) =>
			lines.walk('all', 'here', by, shown);
		expect(walk(1, 'draft')).toBeUndefined();
		expect(walk(-1, 'draft')).toBe('two');
		expect(walk(-1, 'two')).toBe('one');
		expect(walk(-1, 'one')).toBeUndefined();
		expect(walk(1, 'one')).toBe('two');
		expect(walk(1, 'two')).toBe('draft');
	});

	test('of one conversation, or of all', () => {
		const lines = setup();
		lines.remember(bob, 'to bob');
		lines.remember('all', 'to all');
		expect(lines.walk(bob, 'here', -1, '')).toBe('to bob');
		expect(lines.walk(bob, 'all', 1, 'to bob')).toBe('to all');
		expect(lines.walk(bob, 'here', -1, 'to all')).toBe('to bob');
		expect(lines.walk(bob, 'here', 1, 'to bob')).toBe('');
		expect(lines.walk('all', 'here', -1, '')).toBe('to all');
		expect(lines.walk('all', 'here', -1, 'to all')).toBeUndefined();
	});

	test('what is made of a line is kept until something is sent', () => {
		const lines = setup();
		lines.remember('all', 'one');
		lines.remember('all', 'two');
		const walk = (by: 1 | -1, shown: string) =>
			lines.walk('all', 'here', by, shown);
		expect(walk(-1, 'new')).toBe('two');
		expect(walk(-1, 'two, changed')).toBe('one');
		expect(walk(1, 'one')).toBe('two, changed');
		lines.remember('all', 'sent');
		expect(walk(-1, '')).toBe('sent');
		expect(walk(-1, 'sent')).toBe('two');
		// An emptied line begins anew.
		expect(walk(-1, '')).toBe('sent');
	});

	test('searching goes to older ones, and back', () => {
		const lines = setup();
		for (const line of ['Alpha', 'beta', 'alphabet']) {
			lines.remember('all', line);
		}

		const first = lines.find('ALPHA')!;
		expect(first.line).toBe('alphabet');
		const older = lines.find('alpha', {id: first.id, by: -1})!;
		expect(older.line).toBe('Alpha');
		expect(lines.find('alpha', {id: older.id, by: -1})).toBeUndefined();
		expect(lines.find('alpha', {id: older.id, by: 1})?.line).toBe('alphabet');
	});

	test('the last word of each line', () => {
		const lines = setup();
		lines.remember('all', '/send bob "my file.txt"');
		lines.remember('all', 'hello there');
		expect(lines.lastWordAt(0)).toBe('there');
		expect(lines.lastWordAt(1)).toBe('"my file.txt"');
		expect(lines.lastWordAt(2)).toBeUndefined();
	});

	test.each([
		[' secret', true],
		['/pair bob 123 456', true],
		['123456', true],
		['123-456 ', true],
		['build 123456 failed', false],
		['12345', false],
		['call 1234567', false],
		['hello', false],
	])('%j is kept from memory: %s', (line, expected) => {
		expect(isPrivate(line)).toBe(expected);
		const lines = setup();
		lines.remember('all', line);
		expect(lines.walk('all', 'here', -1, '')).toBe(expected ? undefined : line);
	});
});

describe('typed lines on disk', () => {
	let folder: TemporaryFolder;
	beforeEach(() => {
		folder = createTemporaryFolder();
	});
	afterEach(() => {
		folder.remove();
	});

	test('come back, those of this run behind them, and private ones never', async () => {
		const port = createTypedLinesFile(folder.path);
		const first = createTypedLines({placeOf: String, port});
		first.remember('all', 'one');
		first.remember('all', ' not this');
		first.remember(bob, 'two');
		await first.settled();
		expect(await port.load()).toEqual([
			{place: 'all', line: 'one'},
			{place: bob, line: 'two'},
		]);
		const second = createTypedLines({placeOf: String, port});
		second.remember('all', 'three');
		await second.settled();
		expect(second.walk('all', 'all', -1, '')).toBe('three');
		expect(second.walk('all', 'all', -1, 'three')).toBe('two');
		expect(second.walk('all', 'here', -1, 'two')).toBe('one');
	});

	test('consoles that share a folder keep each other’s lines', async () => {
		const left = createTypedLines({
			placeOf: String,
			port: createTypedLinesFile(folder.path),
		});
		const right = createTypedLines({
			placeOf: String,
			port: createTypedLinesFile(folder.path),
		});
		left.remember('all', 'left');
		await left.settled();
		right.remember('all', 'right');
		await right.settled();
		const kept = await createTypedLinesFile(folder.path).load();
		expect(kept.map(({line}) => line)).toEqual(['left', 'right']);
	});

	test('a bounded number of lines and of characters', async () => {
		const port = createTypedLinesFile(folder.path);
		const short = Array.from({length: limits.typedLines + 5}, (_, index) => ({
			place: 'all',
			line: `line ${index}`,
		}));
		await port.add(short);
		const kept = await port.load();
		expect(kept).toHaveLength(limits.typedLines);
		expect(kept.at(-1)).toEqual(short.at(-1));
		const line = '世'.repeat(limits.inputCharacters);
		await port.add(Array.from({length: 10}, () => ({place: 'all', line})));
		const characters = (await port.load()).reduce(
			(sum, each) => sum + each.line.length,
			0,
		);
		expect(characters).toBeLessThanOrEqual(limits.typedLinesCharacters);
		expect(characters).toBeGreaterThan(0);
	});

	test('that cannot be kept are told of once, and stay for this run', async () => {
		const problems: unknown[] = [];
		const broken = {
			load: async () => [] as TypedLine[],
			add: async () => {
				throw new Error('full');
			},
		};
		const lines = createTypedLines({
			placeOf: String,
			port: broken,
			problem: error => problems.push(error),
		});
		lines.remember('all', 'one');
		await lines.settled();
		lines.remember('all', 'two');
		await lines.settled();
		expect(problems).toHaveLength(1);
		expect(lines.walk('all', 'here', -1, '')).toBe('two');
	});
});
