import * as fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {stripVTControlCharacters} from 'node:util';
import type {
	Delivery,
	Peer,
	Row,
	SafeText,
	Transfer,
	Trust,
} from '../../../source/engine/index.js';
import {datagramLines} from '../../../source/console/format/datagram-row.js';
import {
	nameWidthFor,
	rowLines,
	type RowContext,
} from '../../../source/console/format/row-layout.js';
import type {LineList} from '../../../source/console/format/line-list.js';
import {plainLens} from '../../../source/console/format/lens.js';
import {createTheme} from '../../../source/console/theme.js';
import {errorInfo} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {strings} from '../../../source/strings/index.js';
import {anyText} from '../../helpers/any-text.js';
import {
	createFakeEngine,
	messageId,
	offered,
	peerConnected,
	peerKey,
	safe,
	startOfTest,
	transferId,
} from '../../helpers/fake-engine.js';

const theme = createTheme({colour: true, ascii: false});
const at = startOfTest;

function context(
	width: number,
	more: Partial<RowContext> & {
		readonly deliveryIs?: Delivery;
		readonly transferIs?: Transfer;
		readonly peerIs?: Pick<Peer, 'fallback' | 'relayedTo'>;
	} = {},
): RowContext {
	return {
		theme,
		width,
		nameWidth: nameWidthFor(undefined, width),
		conversation: 'all',
		delivery: () => more.deliveryIs,
		transfer: () => more.transferIs,
		lens: plainLens,
		ownName: 'alice',
		fallbackEncoding: 'gb18030',
		peer: () => more.peerIs,
		...more,
	};
}

const plain = (lines: LineList) =>
	lines.slice().map(line => stripVTControlCharacters(line));

const received = (
	text: string,
	name = 'bob',
	trust: Trust = 'VERIFIED',
): Row => ({
	kind: 'received',
	at,
	order: 0,
	peer: peerKey('p'),
	name: safe(name),
	trust,
	text: safe(text),
	unfinished: false,
});

const sent = (text: string): Row => ({
	kind: 'sent',
	at,
	order: 0,
	bytes: undefined,
	to: 'all',
	toName: undefined,
	message: messageId('m'),
	text: safe(text),
});

describe('a row of a conversation', () => {
	test('has time, trust, name and direction in front of the text', () => {
		expect(plain(rowLines(received('hi there'), context(50)))).toEqual([
			'12:00:00 ✓        bob > hi there                  ',
		]);
	});

	test('keeps its own gutter in front of every wrapped line', () => {
		const lines = plain(rowLines(received('one two three four'), context(34)));
		expect(lines).toEqual([
			'12:00 ✓    bob > one two three    ',
			'               ┊ four             ',
		]);
	});

	test('the end of an address tells more than its beginning', () => {
		const [line] = plain(
			rowLines(received('x', '10.0.0.5:51234'), context(50)),
		);
		expect(line).not.toContain('10.0');
		expect(line).toContain('51234 > x');
	});

	test.each<[Delivery, string]>([
		[{pending: 1, delivered: 0, failed: 0}, '…'],
		[{pending: 0, delivered: 1, failed: 0}, '✓'],
		[{pending: 0, delivered: 0, failed: 1}, '✗'],
		[{pending: 2, delivered: 3, failed: 0}, '… 3/5'],
		[{pending: 0, delivered: 5, failed: 0}, '✓ 5/5'],
		[{pending: 0, delivered: 9, failed: 3}, '✗  9/12'],
	])('a sent one says who has it: %o is %s', (delivery, mark) => {
		const [line] = plain(
			rowLines(sent('hi'), context(50, {deliveryIs: delivery})),
		);
		expect(line!.endsWith(` ${mark}`)).toBe(true);
	});

	test('a delivery does not move the text', () => {
		const row = sent('some words that are to be wrapped somewhere, please');
		const at0 = context(40, {
			deliveryIs: {pending: 12, delivered: 0, failed: 0},
		});
		const at12 = context(40, {
			deliveryIs: {pending: 0, delivered: 12, failed: 0},
		});
		const text = (lines: LineList) =>
			plain(lines).map(line => line.slice(0, 30));
		const before = text(rowLines(row, at0));
		expect(text(rowLines(row, at12))).toEqual(before);
	});

	test('says where it was said, where that was elsewhere', () => {
		const toBob: Row = {
			...sent('psst'),
			to: peerKey('bob'),
			toName: safe('bob'),
		} as Row;
		expect(plain(rowLines(toBob, context(50)))[0]).toContain('to bob: psst');
		const here = context(50, {conversation: peerKey('bob')});
		expect(plain(rowLines(toBob, here))[0]).not.toContain('to bob');
		expect(plain(rowLines(sent('hi'), here))[0]).toContain('to all: hi');
	});

	test('is laid out once for a width, and again when what it shows has changed', () => {
		const row = sent('hi');
		const delivery = {pending: 1, delivered: 0, failed: 0};
		const first = rowLines(row, context(50, {deliveryIs: delivery}));
		expect(rowLines(row, context(50, {deliveryIs: delivery}))).toBe(first);
		const later = {pending: 0, delivered: 1, failed: 0};
		expect(rowLines(row, context(50, {deliveryIs: later}))).not.toEqual(first);
		expect(rowLines(row, context(51, {deliveryIs: delivery}))).not.toBe(first);
	});

	test('a transfer shows how it stands', () => {
		const engine = createFakeEngine();
		engine.emit(peerConnected('bob'), offered('t', {peer: 'bob'}));
		const row: Row = {
			kind: 'transfer',
			at,
			order: 0,
			transfer: transferId('t'),
			peer: peerKey('bob'),
			name: safe('bob'),
		};
		const transfer = engine.getState().transfers.get(transferId('t'))!;
		const text = plain(rowLines(row, context(90, {transferIs: transfer})))[0]!;
		expect(text).toContain('bob offers report.iso  2.1 GB');
		expect(text).toContain('/accept or /decline');
	});
});

const anyRow = fc
	.record({
		kind: fc.constantFrom('received', 'sent', 'joined', 'left', 'problem'),
		text: anyText,
		name: anyText,
		trust: fc.constantFrom<Trust>('PLAIN', 'UNVERIFIED', 'VERIFIED', 'BLOCKED'),
	})
	.map(({kind, text, name, trust}): Row => {
		const peer = peerKey('p');
		const safeName = name as SafeText;
		switch (kind) {
			case 'sent': {
				return {...sent(text), to: peer, toName: safeName} as Row;
			}

			case 'joined': {
				const address = {host: '::1', port: 9};
				return {kind, at, order: 0, peer, name: safeName, trust, address};
			}

			case 'left': {
				const error = errorInfo('connectionReset', {peer: text});
				return {
					kind,
					at,
					order: 0,
					peer,
					name: safeName,
					error,
					retrying: false,
				};
			}

			case 'problem': {
				return {
					kind,
					at,
					order: 0,
					error: errorInfo('fileMissing', {path: text}),
				};
			}

			default: {
				return {...received(text, name, trust)};
			}
		}
	});

describe('whatever a stranger sends', () => {
	test('each line is exactly as wide as the pane, and begins with ours', () => {
		fc.assert(
			fc.property(
				anyRow,
				fc.integer({min: 8, max: 70}),
				fc.constantFrom(true, false),
				(row, width, ascii) => {
					const lines = rowLines(row, {
						...context(width, {
							deliveryIs: {pending: 0, delivered: 7, failed: 13},
						}),
						theme: createTheme({colour: !ascii, ascii}),
					});
					expect(lines.length).toBeGreaterThan(0);
					for (const [index, line] of lines.slice().entries()) {
						const bare = stripVTControlCharacters(line);
						expect(stringWidth(bare)).toBe(width);
						const gutter =
							index === 0 ? /^(\d\d:\d\d(:\d\d)? )?. / : /^ *[┊:] /u;
						expect(bare).toMatch(gutter);
					}
				},
			),
			{numRuns: 300},
		);
	});

	test('datagramPreviewBytes: the row of a larger one shows its beginning and its whole size', () => {
		const most = limits.datagramPreviewBytes;
		const [line = ''] = datagramLines(
			{
				at,
				direction: 'in',
				address: {host: '10.0.0.9', port: 5353},
				listener: undefined,
				bytes: Buffer.from('a'.repeat(most) + '#'.repeat(1_000)),
				error: undefined,
			},
			2 * most,
			theme,
			'gb18030',
		);
		expect(line).toContain('a'.repeat(most));
		expect(line).not.toContain('#');
		expect(line).toContain(strings.datagrams.size(most + 1_000));
	});

	test('a datagram takes one or two lines, exactly as wide as the pane', () => {
		fc.assert(
			fc.property(anyText, fc.integer({min: 8, max: 120}), (text, width) => {
				const lines = datagramLines(
					{
						at,
						direction: 'in',
						address: {host: '10.0.0.9', port: 5353},
						listener: undefined,
						bytes: new TextEncoder().encode(text),
						error: undefined,
					},
					width,
					theme,
					'gb18030',
				);
				expect(lines.length).toBeLessThanOrEqual(2);
				for (const line of lines) {
					expect(stringWidth(stripVTControlCharacters(line))).toBe(width);
				}
			}),
		);
	});
});
