import {resolve} from 'node:path';
import {describe, expect, test} from 'vitest';
import {completeLine} from '../../../source/console/input/completion.js';
import type {
	ByteNotation,
	Command,
	ConversationKey,
} from '../../../source/engine/index.js';
import {connected, peerKey, stateOf} from '../../helpers/engine-state.js';
import {runTyped} from '../../helpers/typed-line.js';

const state = stateOf([
	connected('bob'),
	connected('plc', {kind: 'raw', host: '10.0.0.7'}),
	{
		type: 'notebook/changed',
		notebook: {
			addresses: [],
			snippets: [
				{name: 'ping', line: '01 $crc8', notation: 'hex', key: 2},
				{name: 'hi', line: 'hello', notation: 'text'},
			],
		},
	},
]);
const plc = peerKey('raw:plc');
const bob = peerKey('peer:bob');

const run = (
	line: string,
	conversation: ConversationKey = plc,
	notation: ByteNotation = 'text',
) => runTyped(line, conversation, state, notation);

const sent = (line: string, notation: 'escapes' | 'hex'): Command => ({
	type: 'stream/send',
	peer: plc,
	line,
	notation,
});

const repeated = (
	line: string,
	everyMs: number,
	notation: ByteNotation,
	count?: number,
): Command => ({
	type: 'stream/repeat',
	peer: plc,
	line,
	notation,
	everyMs,
	...(count === undefined ? {} : {count}),
});

test.each<[string, ByteNotation, Command]>([
	['01 0a', 'hex', sent('01 0a', 'hex')],
	[String.raw`a\r\n`, 'escapes', sent(String.raw`a\r\n`, 'escapes')],
	['//x', 'escapes', sent('/x', 'escapes')],
	['01 0a', 'text', {type: 'chat/send', conversation: plc, text: '01 0a'}],
	[
		String.raw`/raw GET / HTTP/1.0\r\n\r\n`,
		'hex',
		sent(String.raw`GET / HTTP/1.0\r\n\r\n`, 'escapes'),
	],
	['/repeat 500ms x10  ping  1', 'text', repeated('ping  1', 500, 'text', 10)],
	['/repeat 1.5s 01 02', 'hex', repeated('01 02', 1500, 'hex')],
	['/repeat 2m xylophone', 'text', repeated('xylophone', 120_000, 'text')],
	['/repeat stop', 'text', {type: 'stream/stopRepeat', peer: plc}],
	[
		'/sendraw a.bin',
		'text',
		{type: 'stream/sendFile', peer: plc, path: resolve('a.bin')},
	],
	['/sendraw stop', 'text', {type: 'stream/stopFile', peer: plc}],
	['/snippet ping', 'text', sent('01 $crc8', 'hex')],
	['/snippet HI', 'hex', {type: 'chat/send', conversation: plc, text: 'hello'}],
	[
		'/snippet save new 01 02',
		'hex',
		{
			type: 'notebook/saveSnippet',
			snippet: {name: 'new', line: '01 02', notation: 'hex'},
		},
	],
	[
		'/snippet save PING 03',
		'hex',
		{
			type: 'notebook/saveSnippet',
			snippet: {name: 'PING', line: '03', notation: 'hex', key: 2},
		},
	],
	[
		'/snippet key 3 hi',
		'text',
		{
			type: 'notebook/saveSnippet',
			snippet: {name: 'hi', line: 'hello', notation: 'text', key: 3},
		},
	],
	[
		'/snippet key none ping',
		'text',
		{
			type: 'notebook/saveSnippet',
			snippet: {name: 'ping', line: '01 $crc8', notation: 'hex'},
		},
	],
	['/snippet delete hi', 'text', {type: 'notebook/deleteSnippet', name: 'hi'}],
])('%s (%s)', (line, notation, command) => {
	const {result, dispatched} = run(line, plc, notation);
	expect(result).toEqual({ok: true, command});
	expect(dispatched).toEqual([command]);
});

test.each<[string, ConversationKey, ByteNotation, RegExp]>([
	['01 0', plc, 'hex', /Character 4, 0, is half a byte/],
	['zz', plc, 'hex', /Character 1, z, is no hex digit/],
	[
		'ab$x',
		plc,
		'escapes',
		/Character 3: there is no token \$x.*\$crc16\/modbus/,
	],
	[String.raw`\q`, plc, 'escapes', /\\q is no escape/],
	['00', 'all', 'hex', /open its conversation/],
	['00', bob, 'hex', /bob is a sockterm/],
	['/raw', plc, 'text', /Say what to send/],
	['/raw x', bob, 'text', /bob is a sockterm/],
	['/repeat', plc, 'text', /\/repeat 500ms/],
	['/repeat 500 x', plc, 'text', /“500” is no time/],
	['/repeat 500ms', plc, 'text', /\/repeat 500ms/],
	['/repeat 500ms x3', plc, 'text', /\/repeat 500ms/],
	['/repeat 500ms 0', plc, 'hex', /half a byte/],
	['/repeat 500ms x', 'all', 'text', /which peer/],
	['/sendraw', plc, 'text', /\/sendraw PATH/],
	['/sendraw a.bin bob', plc, 'text', /bob is a sockterm/],
	['/snippet', plc, 'text', /\/snippet NAME/],
	['/snippet nope', plc, 'text', /no snippet called nope/],
	['/snippet ping', 'all', 'text', /open its conversation/],
	['/snippet save x', plc, 'text', /what to keep/],
	['/snippet save list x', plc, 'text', /word of this command/],
	['/snippet save x 0', plc, 'hex', /half a byte/],
	['/snippet key 0 hi', plc, 'text', /1 to 9/],
	['/snippet key 3 nope', plc, 'text', /no snippet called nope/],
	['/snippet delete', plc, 'text', /its name/],
])('%s in %s (%s): refused', (line, conversation, notation, sentence) => {
	const {result, dispatched} = run(line, conversation, notation);
	expect(result).toMatchObject({ok: false});
	expect(result).toHaveProperty('message', expect.stringMatching(sentence));
	expect(dispatched).toEqual([]);
});

test('/snippet list opens them', () => {
	expect(run('/snippet list').ui).toEqual(['openOverlay {"kind":"snippets"}']);
});

describe('completion', () => {
	const complete = async (text: string) => {
		const found = await completeLine({text, caret: text.length}, {state});
		return found?.candidates;
	};

	test.each([
		['/snippet p', ['ping']],
		['/snippet delete ', ['ping', 'hi']],
		['/snippet key 3 h', ['hi']],
		['/sendraw st', ['stop']],
		['/repeat st', ['stop']],
		['/repeat stop ', ['plc']],
	])('%s', async (text, candidates) => {
		expect(await complete(text)).toEqual(candidates);
	});
});
