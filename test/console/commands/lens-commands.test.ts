import {describe, expect, test} from 'vitest';
import {registry} from '../../../source/console/commands/index.js';
import {completeLine} from '../../../source/console/input/completion.js';
import {
	defaultSending,
	offeredEncodings,
} from '../../../source/engine/index.js';
import {
	createFakeEngine,
	peerConnected,
	peerKey,
	started,
} from '../../helpers/fake-engine.js';
import {runTyped} from '../../helpers/typed-line.js';

const engine = createFakeEngine();
engine.emit(
	...started,
	peerConnected('bob'),
	peerConnected('sensor', {kind: 'raw'}),
	peerConnected('plc', {kind: 'raw'}),
);
const state = engine.getState();
const sensor = peerKey('sensor');
const plc = peerKey('plc');

const run = (line: string, conversation = sensor as 'all' | typeof sensor) =>
	runTyped(line, conversation, state);

const u32be = {
	kind: 'length',
	bytes: 4,
	endian: 'big',
	signed: false,
	countsItself: false,
	offset: 0,
} as const;

describe('/framing', () => {
	test('cuts what the open peer sends, or a named one', () => {
		expect(run('/framing length u32be').dispatched).toEqual([
			{type: 'stream/setFraming', peer: sensor, framing: u32be},
		]);
		expect(run('/framing plc length u32be').dispatched).toEqual([
			{type: 'stream/setFraming', peer: plc, framing: u32be},
		]);
		expect(run('/framing plc lines crlf', 'all').dispatched).toEqual([
			{
				type: 'stream/setFraming',
				peer: plc,
				framing: {kind: 'lines', ending: 'crlf'},
			},
		]);
	});

	test('the text is taken as it was typed: quotes and backslashes are its own', () => {
		const framing = (delimiter: string) => ({
			type: 'stream/setFraming',
			peer: sensor,
			framing: {
				kind: 'delimiter',
				delimiter: Array.from(delimiter, each => each.codePointAt(0)),
			},
		});
		expect(run('/framing delimiter "END"').dispatched).toEqual([
			framing('END'),
		]);
		expect(run(String.raw`/framing delimiter \x03`).dispatched).toEqual([
			framing('\u0003'),
		]);
	});

	test('with send: how a message is sent', () => {
		const command = (peer: string) => ({
			type: 'stream/setSending',
			peer,
			sending: {...defaultSending, framing: u32be},
		});
		expect(run('/framing send length u32be').dispatched).toEqual([
			command('sensor'),
		]);
		expect(run('/framing plc send length u32be').dispatched).toEqual([
			command('plc'),
		]);
	});

	test('alone it opens the choice', () => {
		expect(run('/framing').ui).toEqual([
			'openOverlay {"kind":"framing","peer":"sensor"}',
		]);
		expect(run('/framing plc', 'all').ui).toEqual([
			'openOverlay {"kind":"framing","peer":"plc"}',
		]);
	});

	test.each([
		['/framing legnth u32be', /“legnth u32be” is no framing/],
		['/framing length u33', /“length u33” is no framing. A length is/],
		['/framing send', /how a message is sent/],
		['/framing bob lines', /bob is a sockterm/],
		['/framing plc lines lfcr', /Lines end with/],
	])('%s is answered with a sentence', (line, sentence) => {
		const {result, dispatched} = run(line);
		expect(result.ok || result.message).toMatch(sentence);
		expect(dispatched).toEqual([]);
	});

	test('in All it asks for a peer', () => {
		const {result} = run('/framing lines', 'all');
		expect(result.ok || result.message).toMatch(/which peer/);
	});
});

describe('what is sent', () => {
	test('/eol keeps the pace, /pace keeps the framing', () => {
		const peer = sensor;
		const lines = (ending: string) => ({
			type: 'stream/setSending',
			peer,
			sending: {paceMs: 0, framing: {kind: 'lines', ending}},
		});
		expect(run('/eol CRLF').dispatched).toEqual([lines('crlf')]);
		expect(run('/eol cr').dispatched).toEqual([lines('cr')]);
		expect(run('/eol none').dispatched).toEqual([
			{
				type: 'stream/setSending',
				peer,
				sending: {paceMs: 0, framing: {kind: 'chunks'}},
			},
		]);
		const sending = {...defaultSending, paceMs: 20};
		expect(run('/pace 20ms').dispatched).toEqual([
			{type: 'stream/setSending', peer, sending},
		]);
		expect(run('/pace off plc').dispatched).toEqual([
			{type: 'stream/setSending', peer: plc, sending: defaultSending},
		]);
	});

	test.each([
		['/eol', /lf, crlf, cr or none/],
		['/eol constructor', /“constructor” is no line ending/],
		['/pace', /\/pace 20ms/],
		['/pace soon', /“soon” is no time/],
		['/pace 2m', /“2m” is no time/],
		['/pace 20ms bob', /bob is a sockterm/],
	])('%s is answered with a sentence', (line, sentence) => {
		const {result, dispatched} = run(line);
		expect(result.ok || result.message).toMatch(sentence);
		expect(dispatched).toEqual([]);
	});
});

describe('how it is looked at', () => {
	test.each([
		['/hex', 'look "hex" '],
		['/hex on', 'look "hex" true'],
		['/reads OFF', 'look "reads" false'],
		['/copy', 'copy "text"'],
		['/copy Python', 'copy "python"'],
	])('%s', (line, call) => {
		expect(run(line).ui).toEqual([call]);
	});

	test.each([
		['/hex maybe', /“maybe” is neither on nor off/],
		['/copy base64', /“base64” is none of these/],
	])('%s is answered with a sentence', (line, sentence) => {
		const {result, ui} = run(line);
		expect(result.ok || result.message).toMatch(sentence);
		expect(ui).toEqual([]);
	});
});

describe('/encoding', () => {
	test('alone it opens the choice', () => {
		expect(run('/encoding').ui).toEqual([
			'openOverlay {"kind":"encoding","of":"sensor"}',
		]);
	});
});

describe('completion', () => {
	const complete = async (text: string) =>
		completeLine({text, caret: text.length}, {state});

	test.each([
		['/fra', '/framing '],
		['/framing le', '/framing length '],
		['/framing length u32l', '/framing length u32le '],
		['/framing lines crl', '/framing lines crlf '],
		['/framing pl', '/framing plc '],
		['/framing plc se', '/framing plc send '],
		['/framing send delim', '/framing send delimiter '],
		['/encoding windows-1251', '/encoding windows-1251 '],
		['/encoding gbk pl', '/encoding gbk plc '],
		['/eol crl', '/eol crlf '],
		['/copy py', '/copy python '],
		['/hex of', '/hex off '],
	])('%s', async (typed, completed) => {
		expect((await complete(typed))?.text).toBe(completed);
	});

	test('every encoding that is offered can be completed', async () => {
		const found = await complete('/encoding ');
		expect(found?.candidates).toEqual(offeredEncodings());
	});
});

test('the help has a line for each of them', () => {
	for (const name of ['framing', 'eol', 'pace', 'hex', 'reads', 'copy']) {
		expect(registry.find(name)?.summaryKey).toBe(name);
	}
});
