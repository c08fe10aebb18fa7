import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {RuleMatch} from '../../../source/engine/index.js';
import {
	createRuleFrame,
	createRuleMatcher,
	fillLine,
	fillText,
} from '../../../source/engine/rules/rule-matching.js';
import {createPacer} from '../../../source/engine/rules/rule-pacer.js';
import {SocktermError} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {
	parseByteTemplate,
	renderByteTemplate,
} from '../../../source/protocol/byte-template.js';
import {encodeText} from '../../../source/protocol/text-decoding.js';
import {peerKey} from '../../helpers/engine-state.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

function match(
	what: RuleMatch,
	bytes: Uint8Array,
	{head = 0, tail = 0, fallback = 'gb18030'} = {},
) {
	return createRuleMatcher(what)(
		createRuleFrame({bytes, head, tail}, fallback),
	);
}

describe('a message', () => {
	test.each<[RuleMatch, string, readonly string[] | undefined]>([
		[{kind: 'contains', text: 'PING'}, 'a PING b', ['PING']],
		[{kind: 'contains', text: 'PING'}, 'ping', undefined],
		[{kind: 'prefix', text: 'HE'}, 'HELO', ['HE']],
		[{kind: 'prefix', text: 'HE'}, ' HELO', undefined],
		[{kind: 'expression', source: 'T=(\\d+)'}, 'T=23', ['T=23', '23']],
		[{kind: 'expression', source: '(a)|(b)'}, 'b', ['b', '', 'b']],
		[{kind: 'bytes', bytes: [0x41, 0x42]}, 'AAB', ['4142']],
		[{kind: 'bytes', bytes: [0x41, 0x42]}, 'AA', undefined],
	])('%j in %j', (what, text, captures) => {
		expect(match(what, utf8(text))).toEqual(captures);
	});

	test('is looked at without its head and tail, but for bytes', () => {
		const bytes = utf8('\0\u0005hello\r\n');
		const parts = {head: 2, tail: 2};
		const whole: RuleMatch = {kind: 'expression', source: '^hello$'};
		expect(match(whole, bytes, parts)).toEqual(['hello']);
		expect(match({kind: 'bytes', bytes: [13, 10]}, bytes, parts)).toBeDefined();
	});

	test('is read as the peer writes it', () => {
		const what: RuleMatch = {kind: 'contains', text: '你好'};
		expect(match(what, encodeText('说你好', 'gbk'))).toBeDefined();
		const big5 = encodeText('你好', 'big5');
		expect(match(what, big5, {fallback: 'big5'})).toBeDefined();
		expect(match(what, big5)).toBeUndefined();
	});

	test('beyond 4 KiB is not looked at, and no character is cut for that', () => {
		const bytes = utf8(
			`${'你'.repeat(Math.ceil(limits.ruleTextBytes / 3))}END`,
		);
		expect(match({kind: 'prefix', text: '你你'}, bytes)).toBeDefined();
		expect(match({kind: 'contains', text: 'END'}, bytes)).toBeUndefined();
		expect(match({kind: 'bytes', bytes: [0x45]}, bytes)).toBeUndefined();
	});

	test.each<RuleMatch>([
		{kind: 'contains', text: ''},
		{kind: 'prefix', text: ''},
		{kind: 'expression', source: ''},
		{kind: 'bytes', bytes: []},
		{kind: 'expression', source: '(a)\\1'},
	])('cannot be looked for as %j', what => {
		expect(() => createRuleMatcher(what)).toThrow(SocktermError);
	});
});

describe('captures', () => {
	test.each([
		['got $1 and $2', 'got x and y'],
		['$3$1', 'x'],
		['$0 $', '$0 $'],
		['cost \\$1', 'cost \\x'],
	])('in text: %s', (text, filled) => {
		expect(fillText(text, ['', 'x', 'y'])).toBe(filled);
	});

	test('an escaped dollar is no capture', () => {
		expect(fillLine('\\$1 $1', 'escapes', ['', 'x'], 'utf-8')).toBe('\\$1 x');
	});

	test('in hex are the bytes of their text', () => {
		expect(fillLine('01 $1 02', 'hex', ['', '你'], 'gbk')).toBe('01 c4e3 02');
	});

	const render = (line: string, notation: 'escapes' | 'hex') =>
		renderByteTemplate(parseByteTemplate(line, notation), {
			seq: 1,
			nowMs: 0,
			encode: utf8,
		});

	test('property: whatever a stranger says goes out as it is', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({unit: 'grapheme'}),
					fc.constantFrom('$crc32', '\\x00', '${seq}', '$1', '\\', '\\$'),
				),
				fc.constantFrom('escapes' as const, 'hex' as const),
				(capture, notation) => {
					const line = fillLine('$1', notation, ['', capture], 'utf-8');
					expect(render(line, notation)).toEqual(utf8(capture));
				},
			),
		);
	});
});

describe('how often a rule may act', () => {
	const most = limits.ruleActionsPerSecond;
	const one = peerKey('raw:1');
	const other = peerKey('raw:2');

	test('so many times a second for each peer, then one word, then rest', () => {
		const pacer = createPacer();
		const ask = (atMs: number, peer = one) => pacer.ask(peer, atMs);
		for (let count = 0; count < most; count++) expect(ask(0)).toBe('go');
		expect(ask(500)).toBe('tell');
		expect(ask(900)).toBe('rest');
		expect(ask(900, other)).toBe('go');
		// As much again in the next second is the same story.
		for (let count = 0; count < most; count++) expect(ask(1000)).toBe('go');
		expect(ask(1001)).toBe('rest');
		// After a quiet one it is told again.
		expect(ask(3000)).toBe('go');
		for (let count = 1; count < most; count++) expect(ask(3000)).toBe('go');
		expect(ask(3001)).toBe('tell');
	});
});
