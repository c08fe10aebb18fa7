/**
 * Every parser of what strangers send, and of what people type, with repeats that
 * hurt parsers of its kind. `mostBytes` is the longest that it can be given at once.
 */
import {typedParsers} from './typed-parsers.js';
import {encode, textFrom, texts, unlimited, type Parser} from './parser.js';
import {createKeyTokenizer} from '../../source/console/input/key-tokenizer.js';
import {
	createRuleFrame,
	createRuleMatcher,
} from '../../source/engine/rules/rule-matching.js';
import {createSanitizer} from '../../source/engine/sanitize.js';
import {charactersOf} from '../../source/engine/streams/character-view.js';
import {textOf, textOrHex} from '../../source/engine/text-view.js';
import {looksOf} from '../../source/engine/trust/lookalike.js';
import {createCrlf} from '../../source/headless/crlf.js';
import {limits} from '../../source/limits.js';
import {createClassicReceiver} from '../../source/protocol/classic-receiving.js';
import {createFrameDecoder} from '../../source/protocol/frame-decoder.js';
import {encodeFrame} from '../../source/protocol/frame.js';
import {createFramer} from '../../source/protocol/framers/create-framer.js';
import type {Framing} from '../../source/protocol/framing.js';
import {createLaneDecoder} from '../../source/protocol/lane-decoder.js';
import {
	encodeAbort,
	encodeDataHeader,
	encodeHeld,
} from '../../source/protocol/lane-frames.js';
import {lineTextOf} from '../../source/protocol/line-text.js';
import {decodeMessage} from '../../source/protocol/message-codec.js';
import {controlMessages} from '../../source/protocol/messages.js';
import {decodePartJournal} from '../../source/storage/part-journal.js';
import {planName} from '../../source/storage/receive-name.js';
import {concatBytes} from '../../source/util/bytes.js';
import {outcomeOf} from '../fuzz/outcome.js';

const framer = (
	name: string,
	framing: Framing,
	repeats: Parser['repeats'],
	encoding = 'gb18030',
): Parser => ({
	name: `framing: ${name}`,
	mostBytes: unlimited,
	repeats,
	read(input) {
		const made = createFramer(framing, lineTextOf(encoding));
		for (let at = 0; at < input.length; at += 65_536) {
			made.push(input.subarray(at, at + 65_536), 0);
		}

		made.end();
	},
});

const lines = {
	'one letter': 'x',
	'empty lines': '\n',
	'carriage returns': '\r',
	'CR and something else': '\rx',
	'CR LF': '\r\n',
	'LF CR': '\n\r',
	'beginnings of characters': Uint8Array.of(0xe4),
};

const lengthOf = (bytes: 1 | 2 | 4 | 8): Framing => ({
	kind: 'length',
	bytes,
	endian: 'big',
	signed: false,
	countsItself: false,
	offset: 0,
});

/** A control message whose JSON is full of these. */
const json = (
	name: string,
	type: number,
	repeats: Parser['repeats'],
	around: Parser['around'],
): Parser => ({
	name,
	mostBytes: limits.frameBytes - 1,
	repeats,
	around: around ?? ['', ''],
	read(input) {
		outcomeOf(() => decodeMessage({type, payload: input}));
	},
});

export const parsers: readonly Parser[] = [
	{
		name: 'control frames',
		mostBytes: unlimited,
		repeats: {
			'tiny unknown ones': encodeFrame(0x7e, new Uint8Array(0)),
			pings: encodeFrame(0x03, encode('{"nonce":1}')),
			'long ones': encodeFrame(0x7e, new Uint8Array(65_000)),
			'bad ones': encodeFrame(0x82, encode('{')),
		},
		read(input) {
			const decoder = createFrameDecoder(limits.frameBytes);
			// The first bad one ends it.
			outcomeOf(() => {
				decoder.push(input, frame => {
					decodeMessage(frame);
				});
			});
		},
	},
	json(
		'JSON of a message',
		controlMessages.message.type,
		{
			'opening brackets': '[',
			'opening braces': '{"a":',
			escapes: String.raw`\u0000`,
			'halves of pairs': String.raw`\ud800`,
			quotes: '"',
			digits: '9',
			blanks: ' ',
			'no UTF-8': Uint8Array.of(0xff),
		},
		undefined,
	),
	json(
		'the text of a message',
		controlMessages.message.type,
		{letters: 'x', escapes: String.raw`\u0000`, 'three bytes': '你'},
		['{"id":"1","text":"', '"}'],
	),
	json(
		'the entries of an offer',
		controlMessages.offer.type,
		{
			'small files': '{"path":["a"],"size":1,"mtimeMs":0},',
			'no entries': '1,',
			'empty objects': '{},',
		},
		[
			`{"transfer":"${'0'.repeat(32)}","more":false,"entries":[`,
			'{"path":["a"],"size":1,"mtimeMs":0}]}',
		],
	),
	json(
		'what an answer leaves out',
		controlMessages.accept.type,
		{numbers: '1,', 'no numbers': '-1,'},
		[`{"transfer":"${'0'.repeat(32)}","skip":[`, '0]}'],
	),
	{
		name: 'lane frames',
		mostBytes: unlimited,
		repeats: {
			'a byte of data each': concatBytes([
				encodeDataHeader(0, 1),
				Uint8Array.of(1),
			]),
			aborts: encodeAbort({entry: 1, code: 'x'}),
			hashes: concatBytes(encodeHeld(0, new Uint8Array(32 * 127))),
			'no hashes': concatBytes(encodeHeld(0, new Uint8Array(0))),
		},
		read(input) {
			createLaneDecoder().push(input, () => undefined);
		},
	},
	framer('lines', {kind: 'lines', ending: 'any'}, lines),
	framer('lines that end with CR LF', {kind: 'lines', ending: 'crlf'}, lines),
	framer(
		'lines of UTF-16',
		{kind: 'lines', ending: 'any'},
		{...lines, 'halves of an end': Uint8Array.of(0x0a, 0x0a, 0x00)},
		'utf-16le',
	),
	framer(
		'a delimiter',
		{kind: 'delimiter', delimiter: [...encode('xxxxxxxxxxxxxxxxy')]},
		{
			'nearly it': 'x',
			'nearly it, again and again': 'xxxxxxxxxxxxxxxz',
			'it alone': 'xxxxxxxxxxxxxxxxy',
		},
	),
	framer('a length of one byte', lengthOf(1), {
		'empty messages': Uint8Array.of(0),
		'messages of one byte': Uint8Array.of(1, 0),
		'long ones': Uint8Array.of(0xff),
	}),
	framer('a length of eight bytes', lengthOf(8), {
		'empty messages': new Uint8Array(8),
		'absurd ones': Uint8Array.of(0x7f, 0xff),
	}),
	framer('messages of one byte', {kind: 'fixed', bytes: 1}, {bytes: 'x'}),
	{
		name: 'text of a message, made safe',
		mostBytes: limits.rowTextBytes,
		repeats: texts,
		read(input) {
			textOf(input);
		},
	},
	{
		name: 'text of a message in UTF-16, made safe',
		mostBytes: limits.rowTextBytes,
		repeats: {
			'first halves of pairs': Uint8Array.of(0, 0xd8),
			'second halves of pairs': Uint8Array.of(0, 0xdc),
			'one letter': Uint8Array.of(120, 0),
		},
		read(input) {
			textOf(input, 'utf-16le');
		},
	},
	{
		name: 'a datagram as text or hex',
		mostBytes: limits.datagramBytes,
		repeats: texts,
		read(input) {
			textOrHex(input);
		},
	},
	{
		name: 'text made safe in pieces of a byte',
		mostBytes: limits.rowTextBytes,
		atMost: {bytes: limits.rowTextBytes, why: 'the text of one message'},
		repeats: texts,
		read(input) {
			const sanitizer = createSanitizer();
			for (const character of textFrom(input)) sanitizer.push(character);
			sanitizer.end();
		},
	},
	{
		name: 'the characters of a message, with their bytes',
		mostBytes: limits.rowTextBytes,
		repeats: texts,
		read(input) {
			charactersOf(input);
		},
	},
	{
		name: 'a rule with an expression',
		mostBytes: unlimited,
		repeats: {'what nearly matches': 'a', words: 'ab '},
		read(input) {
			createRuleMatcher({kind: 'expression', source: '(a+)+b'})(
				createRuleFrame({bytes: input, head: 0, tail: 0}, 'gb18030'),
			);
		},
	},
	...typedParsers,
	{
		name: 'the name of a file',
		mostBytes: 4 * limits.nameBytes,
		repeats: {...texts, dots: '.', 'dots and blanks': '. ', spaces: '\u3000'},
		around: ['a', 'z'],
		read(input) {
			planName(textFrom(input));
		},
	},
	{
		name: 'the look of a nick',
		mostBytes: 4 * limits.nickCharacters,
		atMost: {
			bytes: limits.framesPerSecond * 4 * limits.nickCharacters,
			why: 'a second of new nicks of one peer',
		},
		repeats: {...texts, 'what becomes long': '\uFDFA'},
		read(input) {
			looksOf(textFrom(input));
		},
	},
	{
		name: 'keys of a terminal',
		mostBytes: 65_536,
		repeats: {
			...texts,
			'CSI without an end': '\u001B[1;',
			'a paste in a paste': '\u001B[200~',
			'ends of pastes': '\u001B[201~',
			'SS3 without an end': '\u001BO1',
		},
		read(input) {
			const tokenizer = createKeyTokenizer();
			tokenizer.push(input);
			tokenizer.flush();
		},
	},
	{
		name: 'the journal of a partial file',
		mostBytes: unlimited,
		repeats: {
			'opening brackets': '[',
			'opening braces': '{"a":',
			keys: '"a":1,',
		},
		around: ['{', '}'],
		read(input) {
			decodePartJournal(input);
		},
	},
	{
		name: 'the header of a classic sender, byte by byte',
		mostBytes: limits.classicTextBytes,
		atMost: {
			bytes: limits.classicAtOnce * limits.classicTextBytes,
			why: 'a header of each sender that may come at once',
		},
		repeats: {
			letters: 'x',
			zeros: Uint8Array.of(0),
			halves: Uint8Array.of(0xc4),
		},
		read(input) {
			const receiver = createClassicReceiver(0);
			for (let at = 0; at < input.length; at++) {
				receiver.receive(input.subarray(at, at + 1), 0);
			}

			receiver.quiet(limits.classicQuietMs);
		},
	},
	{
		name: 'line ends for others',
		mostBytes: unlimited,
		repeats: {'line feeds': '\n', 'CR LF': '\r\n'},
		read(input) {
			createCrlf()(input);
		},
	},
];
