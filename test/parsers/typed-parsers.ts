/** Parsers of what people type. */
import {textFrom, type Parser} from './parser.js';
import {splitArguments} from '../../source/console/input/split-arguments.js';
import {readQuery} from '../../source/console/search/query.js';
import {parseAddress} from '../../source/engine/parse-address.js';
import {limits} from '../../source/limits.js';
import {
	parseByteTemplate,
	renderByteTemplate,
} from '../../source/protocol/byte-template.js';
import {createExpression} from '../../source/protocol/expression/expression.js';
import {parseFraming} from '../../source/protocol/framing-text.js';
import {parseImpairment} from '../../source/protocol/impairment-text.js';
import {encodeText} from '../../source/protocol/text-decoding.js';
import {parseAddressRange} from '../../source/util/address-range.js';
import {parseDurationMs} from '../../source/util/durations.js';
import {outcomeOf} from '../fuzz/outcome.js';

const typed = (
	name: string,
	repeats: Parser['repeats'],
	read: (text: string) => unknown,
	around?: Parser['around'],
): Parser => ({
	name,
	mostBytes: limits.inputCharacters,
	atMost: {bytes: limits.inputCharacters, why: 'a line that somebody types'},
	repeats,
	...(around ? {around} : {}),
	read(input) {
		outcomeOf(() => read(textFrom(input)));
	},
});

export const typedParsers: readonly Parser[] = [
	typed(
		'an expression',
		{
			'opening brackets': '(',
			groups: '(a)',
			classes: '[a-z]',
			repeats: 'a{2}',
			alternatives: '|',
			backslashes: '\\',
		},
		text => createExpression(text),
	),
	typed(
		'typed bytes with escapes',
		{
			letters: 'a',
			escapes: String.raw`\x41`,
			backslashes: '\\',
			dollars: '$',
			'open braces': '${',
			counters: '$seq',
			lengths: '$len',
			checksums: '$crc32',
			sums: '$sum8',
			'each checksum': '$crc32$crc8$sum8$xor$crc16/modbus',
		},
		text => render(text, 'escapes'),
	),
	typed('typed hex', {digits: 'f', bytes: '0x00,', blanks: ' '}, text =>
		render(text, 'hex'),
	),
	typed(
		'words of a line',
		{
			quotes: '"',
			apostrophes: "'",
			backslashes: '\\',
			blanks: ' ',
			words: 'a ',
		},
		text => splitArguments(text),
	),
	typed(
		'what is searched for',
		{letters: 'a', 'opening brackets': '(', blanks: ' '},
		text => readQuery(text),
		['/', '/'],
	),
	typed(
		'an address',
		{colons: ':', brackets: '[', percent: '%', digits: '1', blanks: ' '},
		text => parseAddress(text),
		['a', 'a'],
	),
	typed(
		'a range of addresses',
		{blanks: ' ', dashes: '-', colons: ':', dots: '1.', slashes: '/'},
		text => parseAddressRange(text),
		['1.2.3.4', '5'],
	),
	typed(
		'a framing',
		{blanks: ' ', digits: '0', quotes: '"', backslashes: '\\'},
		text => parseFraming(text),
		['delimiter "', '"'],
	),
	typed(
		'a disturbance',
		{letters: 'a', signs: '=', digits: '1'},
		text => parseImpairment([text]),
		['delay=', ''],
	),
	typed(
		'a duration',
		{digits: '1', blanks: ' ', dots: '.'},
		text => parseDurationMs(text),
		['1', 'x'],
	),
];

function render(text: string, notation: 'escapes' | 'hex'): Uint8Array {
	return renderByteTemplate(parseByteTemplate(text, notation), {
		seq: 1,
		nowMs: 0,
		encode: part => encodeText(part, 'utf-8'),
	});
}
