import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	bothOf,
	readFilter,
	readQuery,
	type Query,
	type SearchTarget,
} from '../../../source/console/search/query.js';
import {
	conversationTarget,
	datagramTarget,
} from '../../../source/console/search/targets.js';
import {initialState, type Row} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {
	bytesOf,
	frameRow,
	peerKey,
	rawPeer,
	stateWith,
} from '../../engine/keeping/export/kept-state.js';

const target = (
	text: string,
	rest: Partial<Omit<SearchTarget, 'text'>> = {},
): SearchTarget => ({
	text: () => text,
	bytes: () => bytesOf(text),
	direction: 'in',
	names: () => ['bob', '10.0.0.5:9090'],
	...rest,
});

function queryOf(text: string, read = readQuery): Query {
	const found = read(text);
	if (!found.ok) throw new Error(found.message);
	return found.query;
}

const fits = (query: string, text: string, read = readQuery) =>
	queryOf(query, read).matches(target(text));

describe('a query', () => {
	it.each([
		['Needle', 'a NEEDLE in hay', true],
		['needle', 'nothing', false],
		['你好', '说你好', true],
		['e\u0301', 'CAFÉ', true],
		['/te?mp=\\d+/', 'tmp=21', true],
		['/^21$/', 'tmp=21', false],
		['/TEMP/', 'temp', false],
		['/TEMP/i', 'temp', true],
		['hex:6 1 62', 'xab', true],
		['HEX:6162', 'ba', false],
		// What is no expression is text.
		['/usr', 'cd /usr', true],
		['//', 'a // b', true],
	])('%j in %j: %s', (query, text, isThere) => {
		expect(fits(query, text)).toBe(isThere);
	});

	it.each(['hex:', 'hex:0', 'hex:0g', '/(/', '/a{2,1}/', 'x'.repeat(5000)])(
		'is not %j, and says so',
		text => {
			expect(readQuery(text)).toMatchObject({
				ok: false,
				message: expect.stringMatching(/\w \w.*\.$/) as unknown,
			});
		},
	);

	it('ends in time, whatever the expression', () => {
		const text = 'a'.repeat(limits.searchCharacters);
		for (const source of ['(a+)+b', '(a|a)*b', '.*.*.*.*x', '(a*)*(a*)*b']) {
			const beganAt = performance.now();
			expect(fits(`/${source}/`, text)).toBe(false);
			expect(performance.now() - beganAt).toBeLessThan(2000);
		}
	});

	it('looks for bytes where there are none, too', () => {
		const nothing = target('ab', {bytes: () => undefined});
		expect(queryOf('hex:61').matches(nothing)).toBe(false);
	});

	it('finds any part of any bytes', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({minLength: 1}),
				fc.uint8Array(),
				fc.uint8Array(),
				(wanted, before, after) => {
					const held = Buffer.concat([before, wanted, after]);
					const query = queryOf(`hex:${Buffer.from(wanted).toString('hex')}`);
					expect(query.matches(target('', {bytes: () => held}))).toBe(true);
				},
			),
		);
	});
});

describe('a filter', () => {
	it.each([
		['in', true],
		['out', false],
		['peer:BO', true],
		['peer:10.0.0', true],
		['peer:carol', false],
		['in peer:bob hello', true],
		['peer:bob out hello', false],
		['in bye', false],
		['in /h.*o/', true],
		['in hex:6c6c', true],
		['inside', false],
	])('%j: %s', (text, isThere) => {
		expect(fits(text, 'hello', readFilter)).toBe(isThere);
	});

	it('says what it shows', () => {
		expect(queryOf('in peer:bob hello', readFilter).label).toBe(
			'received, of bob, hello',
		);
		expect(readFilter('peer:')).toMatchObject({ok: false});
		expect(readFilter('in hex:0')).toMatchObject({ok: false});
	});

	it('is the same for the same two', () => {
		const [left, right] = [queryOf('a'), queryOf('b')];
		expect(bothOf(left, right)).toBe(bothOf(left, right));
		expect(bothOf(left, undefined)).toBe(left);
		expect(bothOf(undefined, right)).toBe(right);
	});
});

describe('rows', () => {
	it('are looked into as they are shown, and as bytes with their ends', () => {
		const row = frameRow('hi', {offset: 0, after: 0}, '\r\n');
		const found = conversationTarget(row, stateWith({}));
		expect(found.text()).toBe('hi');
		expect(queryOf('hex:0d0a').matches(found)).toBe(true);
		expect(queryOf('in peer:10.0.0.5', readFilter).matches(found)).toBe(true);
	});

	it('are read in the encoding of their peer', () => {
		const bytes = Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3);
		const row = {...frameRow('', {offset: 0, after: 0}), bytes} as Row;
		const state = stateWith({peer: {fallback: 'gbk'}});
		expect(conversationTarget(row, state).text()).toBe('你好');
		const big5 = stateWith({peer: {fallback: 'latin1'}});
		expect(conversationTarget(row, big5).text()).toBe('Äãº Ã'.replace(' ', ''));
	});

	it('that we sent belong to whom they went to', () => {
		const row: Row = {
			kind: 'written',
			at: 0,
			order: 0,
			peer: peerKey,
			bytes: bytesOf('x'),
			offset: 0,
			note: undefined,
		};
		const found = conversationTarget(row, stateWith({}));
		expect(found.direction).toBe('out');
		expect(found.names()).toContain(rawPeer.name);
	});

	it('are datagrams, by their address', () => {
		const found = datagramTarget(
			{
				at: 0,
				direction: 'in',
				address: {host: '::1', port: 9},
				listener: undefined,
				bytes: bytesOf('hello'),
				error: undefined,
			},
			initialState.self.fallbackEncoding,
		);
		expect(queryOf('peer:[::1] hel', readFilter).matches(found)).toBe(true);
	});

	it('datagramPreviewBytes: of a datagram what its row shows is text', () => {
		const most = limits.datagramPreviewBytes;
		const found = datagramTarget(
			{
				at: 0,
				direction: 'in',
				address: {host: '::1', port: 9},
				listener: undefined,
				bytes: bytesOf(`${'x'.repeat(most - 3)}end#`),
				error: undefined,
			},
			initialState.self.fallbackEncoding,
		);
		expect(queryOf('xend', readFilter).matches(found)).toBe(true);
		expect(queryOf('end#', readFilter).matches(found)).toBe(false);
	});
});
