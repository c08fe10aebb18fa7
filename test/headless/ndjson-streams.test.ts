import {describe, expect, test} from 'vitest';
import {initialState, type EventBody} from '../../source/engine/index.js';
import {reduceAll} from '../../source/engine/reducer.js';
import {createNdjson} from '../../source/headless/ndjson.js';
import {packCuts, type Cut} from '../../source/protocol/framing.js';
import {
	messageId,
	peerConnected,
	peerKey,
	safe,
} from '../helpers/fake-engine.js';

const at = Date.UTC(2026, 0, 15, 12, 0, 0, 5);
const head = {v: 1, at: '2026-01-15T12:00:00.005Z'};

describe('a raw conversation', () => {
	const cut = (
		head: number,
		content: number,
		tail: number,
		ending: Cut['ending'] = 'whole',
	): Cut => ({head, content, tail, ending});

	const read = (bytes: readonly number[], ...cuts: Cut[]): EventBody => ({
		type: 'stream/received',
		peer: peerKey('raw'),
		bytes: Uint8Array.from(bytes),
		cuts: packCuts(cuts),
	});

	const linesOf = (...bodies: EventBody[]) => {
		const ndjson = createNdjson();
		let state = initialState;
		const lines = bodies.map(body => {
			const event = {...body, at};
			state = reduceAll(state, [event]);
			return ndjson(event, state);
		});
		return lines
			.join('')
			.split('\n')
			.slice(0, -1)
			.map(line => JSON.parse(line) as Record<string, unknown>);
	};

	test('has a line for each message, whatever the reads were', () => {
		const [, first, second, third] = linesOf(
			peerConnected('raw', {kind: 'raw'}),
			read([0x61, 0x62, 0x0a, 0xc4, 0xe3], cut(0, 2, 1)),
			read([0xba]),
			read([0xc3, 0x0a, 0x3e, 0x20], cut(0, 4, 1)),
			read([], cut(0, 2, 0, 'quiet')),
		);
		const said = {...head, type: 'chat/received', peer: 'raw'};
		expect(first).toEqual({...said, text: 'ab', sizeBytes: 2, ending: 'whole'});
		expect(second).toEqual({
			...said,
			text: '你好',
			sizeBytes: 4,
			ending: 'whole',
		});
		expect(third).toEqual({
			...said,
			text: '> ',
			sizeBytes: 2,
			ending: 'quiet',
			unfinished: true,
		});
	});

	test('gives bytes that are no text as hex, and never as a list', () => {
		const lines = linesOf(
			peerConnected('raw', {kind: 'raw'}),
			read([3, 0, 1, 2], cut(1, 3, 0)),
			{type: 'stream/sent', peer: peerKey('raw'), bytes: Uint8Array.of(255, 1)},
			{
				type: 'chat/sent',
				conversation: peerKey('raw'),
				peers: [peerKey('raw')],
				message: messageId('m'),
				text: safe('hi'),
				bytes: Uint8Array.of(104, 105, 10),
			},
			{
				type: 'stream/framingChanged',
				peer: peerKey('raw'),
				framing: {kind: 'delimiter', delimiter: [13, 10]},
			},
			{
				type: 'stream/sendingChanged',
				peer: peerKey('raw'),
				sending: {framing: {kind: 'lines', ending: 'crlf'}, paceMs: 20},
			},
		).slice(1);
		expect(lines).toMatchObject([
			{type: 'chat/received', hex: '000102', sizeBytes: 3},
			{type: 'stream/sent', hex: 'ff01'},
			{type: 'chat/sent', text: 'hi'},
			{type: 'stream/framingChanged', framing: 'delimiter 0d0a'},
			{
				type: 'stream/sendingChanged',
				sending: {framing: 'lines crlf', paceMs: 20},
			},
		]);
		expect(JSON.stringify(lines)).not.toMatch(/\[\d|"\d+":|"bytes"/);
	});
});
