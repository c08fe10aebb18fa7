/** What people type, paste or configure, and what the system tells as text. */
import {readFilter, readQuery} from '../../../source/console/search/query.js';
import {
	quoteArgument,
	splitArguments,
} from '../../../source/console/input/split-arguments.js';
import {
	dialTargetOf,
	parseAddress,
	parsePort,
} from '../../../source/engine/parse-address.js';
import {
	createRuleFrame,
	createRuleMatcher,
} from '../../../source/engine/rules/rule-matching.js';
import {looksOf} from '../../../source/engine/trust/lookalike.js';
import {
	parseByteTemplate,
	renderByteTemplate,
} from '../../../source/protocol/byte-template.js';
import {parseDelimiter} from '../../../source/protocol/delimiter-text.js';
import {createExpression} from '../../../source/protocol/expression/expression.js';
import {
	formatFraming,
	parseFraming,
} from '../../../source/protocol/framing-text.js';
import {parseImpairment} from '../../../source/protocol/impairment-text.js';
import {parseLength} from '../../../source/protocol/length-text.js';
import {readPairingCode} from '../../../source/protocol/pairing-inputs.js';
import {
	formatMeter,
	parseMeter,
} from '../../../source/protocol/sequence-meter-text.js';
import {
	encodeText,
	normalizeEncoding,
} from '../../../source/protocol/text-decoding.js';
import {planName, readSafeName} from '../../../source/storage/receive-name.js';
import {parseDrops} from '../../../source/transport/kernel-drops.js';
import {parseQueues} from '../../../source/transport/unread-bytes.js';
import {parseAddressRange} from '../../../source/util/address-range.js';
import {parseDurationMs} from '../../../source/util/durations.js';
import {parseSize} from '../../../source/util/quantities.js';
import {outcomeOf} from '../outcome.js';
import {checkSafe} from '../safe-output.js';
import type {FuzzTarget} from '../target.js';

/** A reader of text that comes whole. */
const textTarget = (
	name: string,
	weight: number,
	examples: readonly string[],
	read: (text: string) => unknown,
): FuzzTarget => ({
	name,
	weight,
	legal: chance =>
		new TextEncoder().encode(
			chance.below(3) === 0
				? chance.pick(examples) + chance.pick(examples)
				: chance.pick(examples),
		),
	read: pieces => read(Buffer.concat(pieces).toString()),
});

const here = {host: '127.0.0.1', port: 9_090};

export const typedTargets: readonly FuzzTarget[] = [
	textTarget(
		'byte templates',
		8,
		[
			String.raw`a\x41\u{4f60}\n$crc16`,
			'$len16be+2 ${seq}01 $ts',
			'01 02,0xff $crc32 $sum8',
			String.raw`\$1 \\ "x" $seq8`,
		],
		line =>
			(['text', 'escapes', 'hex'] as const).map(notation =>
				outcomeOf(() =>
					renderByteTemplate(parseByteTemplate(line, notation), {
						seq: 7,
						nowMs: 1e12,
						encode: text => encodeText(text, 'utf-8'),
					}),
				),
			),
	),
	textTarget(
		'expressions',
		10,
		[
			'(a+)+b\u0000aaaaaaaaaaaaaaaaaaaaaaaaaaaa',
			'^(\\w+)\\s(?:x|y){2,5}$\u0000abc xy',
			'[^a-z\\d]*?\\b(?i:Q)\u0000!!Q',
			'(\\u{1f642}|.)+\u0000🙂🙂',
			'((a?){9}){9}\u0000aaaa',
		],
		line => {
			const [source = '', text = source] = line.split('\u0000');
			const found = outcomeOf(() => createExpression(source).match(text));
			if (typeof found === 'object' && !text.includes(found[0] ?? '')) {
				throw new Error('Found what is not there.');
			}

			const rule = outcomeOf(() =>
				createRuleMatcher({kind: 'expression', source})(
					createRuleFrame(
						{bytes: new TextEncoder().encode(text), head: 0, tail: 0},
						'gb18030',
					),
				),
			);
			return [found, rule];
		},
	),
	textTarget(
		'framings and other settings',
		8,
		[
			'lines crlf',
			'delimiter "END\\r\\n"',
			'length u16le+2 itself',
			'length >H',
			'fixed 16',
			'idle 50ms',
			'u32be@4',
			'delay=20ms drop=3% split=7',
			'1.5 MB',
			'20MB/s',
			'10 min',
			'utf-16le',
			'0d 0a',
			'123-456',
		],
		text => {
			const framing = outcomeOf(() => parseFraming(text));
			if (typeof framing === 'object') {
				const again = parseFraming(formatFraming(framing));
				if (JSON.stringify(again) !== JSON.stringify(framing)) {
					throw new Error('Another framing when it is read again.');
				}
			}

			const meter = outcomeOf(() => parseMeter(text));
			if (typeof meter === 'object') parseMeter(formatMeter(meter));
			return [
				framing,
				meter,
				outcomeOf(() => normalizeEncoding(text)),
				parseDelimiter(text),
				parseLength(text),
				parseImpairment(text.split(' ')),
				parseDurationMs(text),
				parseSize(text),
				readPairingCode(text),
			];
		},
	),
	textTarget(
		'addresses and ranges',
		8,
		[
			'host:9090',
			'tls://[::1]:1',
			'tcp://example.org',
			'ssl://1.2.3.4:443',
			'[fe80::1%eth0]:80',
			'10.0.0.0/8',
			'1.2.3.4-1.2.3.9',
			'::ffff:1.2.3.4/120',
			'  1: 0100007F:2382 00000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 1 2 0 17',
		],
		text => {
			const address = outcomeOf(() => parseAddress(text));
			return [
				address,
				typeof address === 'object' && dialTargetOf(address),
				parsePort(text),
				parseAddressRange(text),
				parseDrops(text, here),
				parseQueues(text, {local: here, remote: here}),
			];
		},
	),
	textTarget(
		'names of files and people',
		10,
		[
			'a.txt',
			'..',
			'CON.txt',
			'a\u0301'.repeat(20),
			'ü'.repeat(200),
			'.bashrc',
			'paypa1 \u0440',
			'x'.repeat(300) + '.tar.gz',
			'🙂.png',
			'a\\b',
		],
		text => {
			looksOf(text);
			const plan = planName(text);
			if (!plan.ok) return plan.error.code;
			const {name} = plan;
			checkSafe(name, 'a name');
			if (/[/\\]|^\.{1,2}$|^$/.test(name) || Buffer.byteLength(name) > 255) {
				throw new Error(`A name that is none: ${JSON.stringify(name)}`);
			}

			// A name that was made is taken as it is.
			if (readSafeName(name) !== name) {
				throw new Error(
					`Not the same the second time: ${JSON.stringify(name)}`,
				);
			}

			return plan;
		},
	),
	textTarget(
		'lines of the console',
		6,
		['/send "a b" c\\ d', "/pair 'x", 'hex: 0d 0a', '/(a|b)+/', 're:a+'],
		text => {
			const words = splitArguments(text);
			for (const word of words) {
				const [again, ...more] = splitArguments(quoteArgument(word.text));
				if (
					word.text !== '' &&
					(again?.text !== word.text || more.length > 0)
				) {
					throw new Error(`Quoted it is ${JSON.stringify(again)}`);
				}
			}

			const found = [readQuery(text), readFilter(text)].map(query =>
				query.ok
					? query.query.matches({
							text: () => 'some text',
							bytes: () => new Uint8Array([13, 10]),
							direction: 'in',
							names: () => ['alice'],
						})
					: query.message,
			);
			return [words, found];
		},
	),
];
