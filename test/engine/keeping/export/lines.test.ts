import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	csvField,
	csvHead,
	csvLine,
} from '../../../../source/engine/keeping/export/csv-export.js';
import {
	describerOf,
	itemOfRow,
	itemsOfConversation,
	itemsOfDatagrams,
} from '../../../../source/engine/keeping/export/kept-item.js';
import {ndjsonLine} from '../../../../source/engine/keeping/export/ndjson-export.js';
import {textLines} from '../../../../source/engine/keeping/export/text-export.js';
import {
	initialState,
	type DatagramRow,
	type MessageId,
	type Row,
} from '../../../../source/engine/index.js';
import {errorInfo} from '../../../../source/errors.js';
import {createLog} from '../../../../source/util/log.js';
import {formatTimestamp} from '../../../../source/util/timestamp.js';
import {
	bytesOf,
	frameRow,
	noon,
	peerKey,
	safe,
	stateWith,
} from './kept-state.js';

const describeError = describerOf(error => `sentence for ${error.code}`);

/** RFC 4180, as a reader of another program would: quotes doubled, CRLF between rows. */
function readCsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let field = '';
	let isQuoted = false;
	for (let at = 0; at < text.length; at++) {
		const character = text[at]!;
		if (isQuoted) {
			if (character !== '"') field += character;
			else if (text[at + 1] === '"') field += text[at++]!;
			else isQuoted = false;
		} else if (character === '"') {
			isQuoted = true;
		} else if (character === ',') {
			row.push(field);
			field = '';
		} else if (character === '\r' && text[at + 1] === '\n') {
			rows.push([...row, field]);
			row = [];
			field = '';
			at++;
		} else {
			field += character;
		}
	}

	return rows;
}

const rows: readonly Row[] = [
	{
		kind: 'joined',
		at: noon,
		order: 1,
		peer: peerKey,
		name: safe('sensor'),
		trust: 'PLAIN',
		address: {host: '10.0.0.5', port: 50_123},
	},
	frameRow('=cmd|calc', {offset: 0, after: 1}, '\r\n'),
	{
		kind: 'written',
		at: noon + 2,
		order: 3,
		peer: peerKey,
		bytes: Uint8Array.of(1, 2, 255),
		offset: 0,
		note: safe('rule'),
	},
	{
		kind: 'left',
		at: noon + 3,
		order: 4,
		peer: peerKey,
		name: safe('sensor'),
		error: errorInfo('connectionReset'),
		retrying: false,
	},
];

const items = () => [
	...itemsOfConversation(stateWith({rows}), peerKey, describeError),
];

describe('kept rows', () => {
	it('become lines of text', () => {
		const time = (after: number) => formatTimestamp(noon + after);
		expect(
			items()
				.map(item => textLines(item))
				.join(''),
		).toBe(
			[
				`${time(0)}\t--\tsensor\tjoined 10.0.0.5:50123 PLAIN`,
				`${time(1)}\tin\tsensor\t=cmd|calc`,
				`${time(2)}\tout\tsensor\t${items()[2]!.text}`,
				`${time(3)}\t--\tsensor\tleft sentence for connectionReset`,
				'',
			].join('\n'),
		);
	});

	it('become CSV that other programs read, without formulas', () => {
		const [head, ...lines] = readCsv(
			csvHead +
				items()
					.map(item => csvLine(item))
					.join(''),
		);
		expect(head).toEqual(
			'time,kind,direction,name,address,bytes,text,hex,room'.split(','),
		);
		expect(lines[1]!.slice(1)).toEqual([
			'frame',
			'in',
			'sensor',
			'10.0.0.5:50123',
			'11',
			"'=cmd|calc",
			'3d636d647c63616c630d0a',
			'',
		]);
		expect(lines[2]![7]).toBe('0102ff');
	});

	it('keeps every text in a field of CSV', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.string({
						unit: fc.constantFrom(
							...Array.from('=+-@＝ ,;"\'\r\n\tab界\u00A0'),
						),
					}),
					{minLength: 1, maxLength: 8},
				),
				texts => {
					const line = `${texts.map(text => csvField(text)).join(',')}\r\n`;
					const [fields, ...more] = readCsv(line);
					expect(more).toEqual([]);
					expect(
						fields!.map(field => field.replace(/^'(?=\s*[=+\-@＝＋－＠])/, '')),
					).toEqual(
						texts.map(text => text.replace(/^'(?=\s*[=+\-@＝＋－＠])/, '')),
					);
					expect(fields!.every(field => !/^\s*[=+\-@]/.test(field))).toBe(true);
				},
			),
		);
	});

	it('become NDJSON with text and bytes', () => {
		const [joined, frame, written] = items().map(
			item => JSON.parse(ndjsonLine(item)) as Record<string, unknown>,
		);
		expect(joined).toMatchObject({v: 1, type: 'joined', name: 'sensor'});
		expect(frame).toEqual({
			v: 1,
			at: new Date(noon + 1).toISOString(),
			type: 'frame',
			direction: 'in',
			name: 'sensor',
			address: {host: '10.0.0.5', port: 50_123},
			text: '=cmd|calc',
			sizeBytes: 11,
			hex: '3d636d647c63616c630d0a',
			head: 0,
			tail: 2,
			ending: 'whole',
			offset: 0,
			firstRead: 1,
			lastRead: 1,
		});
		expect(written).toMatchObject({note: 'rule', hex: '0102ff'});
	});

	it('of a room say which, theirs and ours', () => {
		const items = [
			{
				kind: 'received',
				at: noon,
				order: 1,
				peer: peerKey,
				name: safe('alice'),
				trust: 'VERIFIED',
				text: safe('hi'),
				unfinished: false,
				room: '#lab',
			},
			{
				kind: 'sent',
				at: noon,
				order: 2,
				to: '#lab',
				toName: safe('#lab'),
				message: 'm' as MessageId,
				text: safe('hello'),
				bytes: undefined,
			},
			{
				kind: 'room',
				what: 'topic',
				at: noon,
				order: 3,
				room: '#lab',
				name: safe('alice'),
				text: safe('new'),
			},
		].map(row => itemOfRow(row as Row, stateWith({}), describeError));
		const time = formatTimestamp(noon);
		expect(items.map(item => textLines(item))).toEqual([
			`${time}\tin\t#lab alice\thi\n`,
			`${time}\tout\t#lab\thello\n`,
			`${time}\t--\t#lab alice\troom new\n`,
		]);
		for (const item of items) {
			expect(readCsv(csvLine(item))[0]!.at(-1)).toBe('#lab');
			expect(JSON.parse(ndjsonLine(item))).toMatchObject({room: '#lab'});
		}
	});

	it('never hold more than one line, whatever a peer sends', () => {
		fc.assert(
			fc.property(fc.uint8Array({minLength: 1, maxLength: 200}), bytes => {
				const row = {...frameRow('', {offset: 0, after: 0}), bytes} as Row;
				const item = itemOfRow(row, stateWith({}), describeError);
				for (const line of [textLines(item), ndjsonLine(item)]) {
					expect(/[^\t\P{Control}]/u.test(line.slice(0, -1))).toBe(false);
				}

				expect(textLines(item).split('\t')).toHaveLength(4);
				expect(readCsv(csvLine(item))).toHaveLength(1);
			}),
		);
	});

	it('of a message are several as text, and one row of CSV', () => {
		const item = {
			at: noon,
			kind: 'received',
			direction: 'in',
			name: 'bob',
			text: '=one␊two',
		} as const;
		const time = formatTimestamp(noon);
		expect(textLines(item)).toBe(
			`${time}\tin\tbob\t=one\n${time}\tin\tbob\ttwo\n`,
		);
		expect(readCsv(csvLine(item)).map(row => row[6])).toEqual(["'=one␊two"]);
		// A frame is as it came.
		expect(textLines({...item, kind: 'frame'})).toContain('=one␊two\n');
	});

	it('are datagrams too, failed ones with their sentence', () => {
		const row: DatagramRow = {
			at: noon,
			direction: 'in',
			address: {host: '::1', port: 5353},
			listener: undefined,
			bytes: bytesOf('-1'),
			error: undefined,
		};
		const failed = {
			...row,
			error: errorInfo('unreachable'),
			bytes: bytesOf(''),
		};
		const datagrams = {
			...initialState.datagrams,
			rows: createLog<DatagramRow>({maxItems: 5}).append(row).append(failed),
		};
		const lines = [
			...itemsOfDatagrams({...initialState, datagrams}, describeError),
		];
		expect(lines.map(item => textLines(item))).toEqual([
			`${formatTimestamp(noon)}\tin\t[::1]:5353\t-1\n`,
			`${formatTimestamp(noon)}\tin\t[::1]:5353\tfailed sentence for unreachable\n`,
		]);
		expect(readCsv(csvLine(lines[0]!))[0]![6]).toBe("'-1");
	});
});
