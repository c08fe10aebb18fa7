import {describe, expect, it} from 'vitest';
import {errorInfo, SocktermError} from '../../source/errors.js';
import {limits, verifiedLimits} from '../../source/limits.js';
import {createFrameDecoder} from '../../source/protocol/frame-decoder.js';
import {
	decodeMessage,
	encodeMessage,
} from '../../source/protocol/message-codec.js';
import {
	controlMessages,
	type ControlMessage,
} from '../../source/protocol/messages.js';
import {costGrowth, linearGrowth} from '../property/split-input.js';
import {framesOf} from '../helpers/frames.js';

const transfer = 'ab'.repeat(16);
const stream = {author: 'ab'.repeat(32), stream: Number.MAX_SAFE_INTEGER};
const samples: ControlMessage[] = [
	{name: 'pairShow', round: 1},
	{name: 'pairShare', round: 10, attempt: 3, share: 'ab'.repeat(32)},
	{
		name: 'pairReply',
		round: 1,
		attempt: 1,
		share: 'ab'.repeat(32),
		tag: 'cd'.repeat(64),
	},
	{name: 'pairConfirm', round: 1, attempt: 1, tag: 'cd'.repeat(64)},
	{name: 'pairWrong', round: 1, attempt: 2},
	{name: 'pairEnd', round: 1, reason: 'expired'},
	{
		name: 'hello',
		versions: [1],
		features: ['resume'],
		nick: '小明',
		instance: '01'.repeat(16),
		role: 'console',
		intended: 'cd'.repeat(32),
	},
	{name: 'message', id: 'm1', text: 'hi, 世界\n\u0000🙂'},
	{name: 'ack', id: 'm1'},
	{name: 'refused', id: 'm1', code: 'messageTooLong'},
	{name: 'nick', nick: 'bob'},
	{
		name: 'offer',
		transfer,
		entries: [
			{path: ['a.txt'], size: Number.MAX_SAFE_INTEGER, mtimeMs: -1.5},
			{path: ['folder', 'b'], size: 0, mtimeMs: 0},
		],
		more: false,
	},
	{name: 'accept', transfer, skip: [0, 7]},
	{name: 'decline', transfer},
	{name: 'withdraw', transfer},
	{name: 'lane', transfer, ticket: 'ef'.repeat(32)},
	{name: 'pause', transfer},
	{name: 'goOn', transfer},
	{name: 'cancel', transfer},
	{name: 'rooms', rooms: ['lab', '世界'], ask: true},
	{name: 'roomHave', room: 'lab', have: [{...stream, from: 2, to: 1}]},
	{name: 'roomWant', room: 'lab', ...stream, from: 3},
	{
		name: 'roomMessage',
		room: 'lab',
		...stream,
		seq: 1,
		at: 0,
		nick: '小明',
		text: 'hi, 世界',
		signature: 'ef'.repeat(64),
	},
	{
		name: 'roomTopic',
		room: 'lab',
		author: 'ab'.repeat(32),
		at: Number.MAX_SAFE_INTEGER,
		nick: 'bob',
		topic: '',
		signature: 'ef'.repeat(64),
	},
	{name: 'ping', nonce: 0},
	{name: 'pong', nonce: 0xff_ff_ff_ff},
	{name: 'error', code: 'protocolViolation'},
	{name: 'bye'},
];

const frameOf = (type: number, text: string | Uint8Array) => ({
	type,
	payload: typeof text === 'string' ? new TextEncoder().encode(text) : text,
});
const errorOf = (type: number, text: string | Uint8Array) => {
	try {
		decodeMessage(frameOf(type, text));
	} catch (error) {
		if (error instanceof SocktermError) return error.info;
		throw error;
	}

	return undefined;
};

const violation = (details: Record<string, string | number>) =>
	errorInfo('protocolViolation', details);

describe('control messages', () => {
	it('has a sample of every kind here', () => {
		expect(samples.map(({name}) => name).sort()).toEqual(
			Object.keys(controlMessages).sort(),
		);
	});

	it.each(samples.map(sample => [sample.name, sample] as const))(
		'%s comes out as it went in',
		(_, sample) => {
			const frames = framesOf(
				createFrameDecoder(limits.frameBytes),
				encodeMessage(sample),
			);
			expect(frames.map(frame => decodeMessage(frame))).toEqual([sample]);
		},
	);

	it.each([
		{name: 'accept', transfer, skip: [], more: true},
		{name: 'accept', transfer, skip: [1], held: [0, 0xff_ff_ff_ff]},
		{name: 'accept', transfer, skip: [], held: [], more: false},
		{name: 'accept', transfer, skip: [], held: [2], same: [0, 0xff_ff_ff_ff]},
		{name: 'decline', transfer, code: 'tooManyOffers'},
		{name: 'pause', transfer, code: 'diskFull'},
		{
			name: 'offer',
			transfer,
			entries: [
				{path: ['a.tar'], size: 0, mtimeMs: 0, kind: 'stream'},
				{path: ['b'], size: 7, mtimeMs: 0, done: true},
			],
			more: false,
		},
		{
			name: 'offer',
			transfer,
			entries: [{path: ['a', 'b'], size: 0, mtimeMs: 0, kind: 'folder'}],
			more: false,
		},
	] satisfies ControlMessage[])(
		'with its optional fields it comes out as it went in: %j',
		sample => {
			const frames = framesOf(
				createFrameDecoder(limits.frameBytes),
				encodeMessage(sample),
			);
			expect(frames.map(frame => decodeMessage(frame))).toEqual([sample]);
		},
	);

	it('gives every kind a type byte of its own', () => {
		const types = Object.values(controlMessages).map(({type}) => type);
		expect(new Set(types).size).toBe(types.length);
	});

	it('drops fields that it does not know', () => {
		const frame = frameOf(
			0x02,
			'{"id":"x","later":1,"__proto__":{"polluted":1}}',
		);
		expect(decodeMessage(frame)).toEqual({name: 'ack', id: 'x'});
	});

	it('skips an unknown optional type and refuses an unknown critical one', () => {
		expect(decodeMessage(frameOf(0x7f, 'no JSON at all'))).toBeUndefined();
		expect(errorOf(0xff, '{}')).toEqual(
			violation({what: 'unknownType', type: 0xff}),
		);
	});

	it.each([
		['a cut character', Uint8Array.of(0x22, 0xe4, 0xbd)],
		['an overlong form', Uint8Array.of(0x22, 0xc0, 0x80, 0x22)],
		['a surrogate', Uint8Array.of(0xed, 0xa0, 0x80)],
	])('refuses bad UTF-8: %s', (_, payload) => {
		expect(errorOf(0x82, payload)).toEqual(
			violation({what: 'badUtf8', message: 'message'}),
		);
	});

	it.each(['', '{', '{"id":"x"}x', '\u{feff}{"id":"x"}', "{'id':'x'}"])(
		'refuses bad JSON: %j',
		text => {
			expect(errorOf(0x02, text)).toEqual(
				violation({what: 'badJson', message: 'ack'}),
			);
		},
	);

	it.each([
		[0x06, '[]'],
		[0x06, 'null'],
		[0x06, '1'],
		[0x02, '{}'],
		[0x02, '{"id":7}'],
		[0x02, '{"id":""}'],
		[0x02, `{"id":"${'x'.repeat(41)}"}`],
		[0x03, '{"nonce":-1}'],
		[0x03, '{"nonce":1.5}'],
		[0x03, '{"nonce":4294967296}'],
		[0x05, '{"code":"../../etc"}'],
		[0x91, `{"transfer":"${transfer}"}`],
		[0x91, `{"transfer":"${transfer}","skip":[],"held":[-1]}`],
		[0x91, `{"transfer":"${transfer}","skip":[],"held":[4294967296]}`],
		[0x91, `{"transfer":"${transfer}","skip":[],"held":[0.5]}`],
		[0x91, `{"transfer":"${transfer}","skip":[],"held":null}`],
		[0x91, `{"transfer":"${transfer}","skip":[],"same":[-1]}`],
		[0x91, `{"transfer":"${transfer}","skip":[],"same":true}`],
		[
			0x91,
			`{"transfer":"${transfer}","skip":[],"held":[${'0,'.repeat(limits.entriesPerOffer)}0]}`,
		],
		[0x92, '{"transfer":"ABAB"}'],
		[0x92, `{"transfer":"${transfer}","code":""}`],
		[0x92, `{"transfer":"${transfer}","code":"\\u001b[2J"}`],
		[0x95, `{"transfer":"${transfer}","code":"${'x'.repeat(41)}"}`],
		[0x95, `{"transfer":"${transfer}","code":7}`],
		[0x95, '{"code":"diskFull"}'],
		[0x96, '{}'],
		[0x92, `{"transfer":"${'AB'.repeat(16)}"}`],
		[0x90, `{"transfer":"${transfer}","entries":[],"more":false}`],
		[
			0x82,
			`{"id":"x","text":"${'é'.repeat(verifiedLimits.messageBytes / 2 + 1)}"}`,
		],
	])('refuses fields of another shape: %i %s', (type, text) => {
		expect(errorOf(type, text)).toMatchObject({
			code: 'protocolViolation',
			details: {what: 'badFields'},
		});
	});

	it.each([
		'"size":1,"mtimeMs":0,"path":["a"],"kind":"folder"',
		'"size":1,"mtimeMs":0,"path":["a"],"kind":"stream"',
		'"size":0,"mtimeMs":0,"path":["a"],"kind":"link"',
		'"size":0,"mtimeMs":0,"path":["a"],"done":false',
		'"size":-1,"mtimeMs":0,"path":["a"]',
		'"size":9007199254740992,"mtimeMs":0,"path":["a"]',
		'"size":1e400,"mtimeMs":0,"path":["a"]',
		'"size":0,"mtimeMs":1e16,"path":["a"]',
		'"size":0,"mtimeMs":"now","path":["a"]',
		'"size":0,"mtimeMs":0,"path":[]',
		'"size":0,"mtimeMs":0,"path":"a"',
	])('refuses an entry {%s}', fields => {
		const text = `{"transfer":"${transfer}","entries":[{${fields}}],"more":false}`;
		expect(errorOf(0x90, text)).toEqual(
			violation({what: 'badFields', message: 'offer'}),
		);
	});

	it('says nothing of what the peer wrote in an error', () => {
		const info = errorOf(0x82, '{"id":"x","text":["\\u001b]0;owned"]}');
		expect(JSON.stringify(info)).not.toContain('owned');
	});

	it('does not send what does not fit a frame', () => {
		const text = '\u0001'.repeat(limits.messageBytes);
		expect(() => encodeMessage({name: 'message', id: 'x', text})).toThrow(
			expect.objectContaining({
				info: expect.objectContaining({code: 'frameTooLong'}) as unknown,
			}) as Error,
		);
	});

	it.each<readonly [string, (size: number) => string]>([
		['arrays in arrays', size => '['.repeat(8 * size)],
		['closed arrays', size => '['.repeat(4 * size) + ']'.repeat(4 * size)],
		[
			'objects in objects',
			size => `${'{"a":'.repeat(size)}1${'}'.repeat(size)}`,
		],
		[
			'a nested id',
			size => `{"id":${'['.repeat(3 * size)}${']'.repeat(3 * size)},"text":""}`,
		],
		[
			'bad entries',
			size =>
				`{"transfer":"${transfer}","entries":[${'[],'.repeat(2 * size)}[]],"more":false}`,
		],
		[
			'one long path',
			size =>
				`{"transfer":"${transfer}","more":false,"entries":[{"size":0,"mtimeMs":0,"path":[${'"a",'.repeat(size)}"a"]}]}`,
		],
	])('refuses a bomb in linear time: %s', (_, bomb) => {
		const growth = costGrowth(scale => {
			const text = bomb(scale * 1_000);
			return () => {
				for (const type of [0x81, 0x82, 0x90]) {
					expect(errorOf(type, text)?.code).toBe('protocolViolation');
				}
			};
		});
		expect(growth).toBeLessThan(linearGrowth);
	});
});
