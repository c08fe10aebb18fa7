/** Bytes of plain peers: framing, decoding, what is shown of them; the classic file assistant; keys of a terminal. */
import {createKeyTokenizer} from '../../../source/console/input/key-tokenizer.js';
import {createSanitizer, toSafeText} from '../../../source/engine/sanitize.js';
import {
	charactersOf,
	textPartsOf,
} from '../../../source/engine/streams/character-view.js';
import {textOf, textOrHex} from '../../../source/engine/text-view.js';
import {createCrlf} from '../../../source/headless/crlf.js';
import {limits} from '../../../source/limits.js';
import {createClassicReceiver} from '../../../source/protocol/classic-receiving.js';
import {createClassicSender} from '../../../source/protocol/classic-sending.js';
import {
	classicAnswer,
	classicPrompt,
} from '../../../source/protocol/classic-file-assistant.js';
import {createFramer} from '../../../source/protocol/framers/create-framer.js';
import type {Cut, Framing} from '../../../source/protocol/framing.js';
import {lineTextOf} from '../../../source/protocol/line-text.js';
import {
	decodeText,
	incompleteTailBytes,
} from '../../../source/protocol/text-decoding.js';
import {concatBytes} from '../../../source/util/bytes.js';
import {checkAllSafe, checkSafe} from '../safe-output.js';
import type {FuzzChance, FuzzTarget} from '../target.js';

const encode = (text: string) => new TextEncoder().encode(text);

const saying = (chance: FuzzChance): Uint8Array =>
	concatBytes(
		Array.from({length: 1 + chance.below(8)}, () =>
			encode(
				chance.pick([
					'hello\n',
					'你好\r\n',
					'\r',
					'🙂👨‍👩‍👧',
					'e\u0301\u0302',
					'\u001B[2J\u001B]52;c;AA\u0007',
					'\u202Eabc\u2066',
					'\u0000\u0000\u0000\u0005hello',
					'\u0002\u0000ab',
					'END',
					'\u1100\u1161\u11a8',
					'GET / HTTP/1.1\r\n\r\n',
				]),
			),
		),
	);

const framings: readonly Framing[] = [
	{kind: 'lines', ending: 'any'},
	{kind: 'lines', ending: 'lf'},
	{kind: 'lines', ending: 'crlf'},
	{kind: 'lines', ending: 'cr'},
	{kind: 'delimiter', delimiter: [13, 10]},
	{kind: 'delimiter', delimiter: [69, 69, 78]},
	{kind: 'fixed', bytes: 3},
	{kind: 'idle', gapMs: 5},
	...([1, 2, 4, 8] as const).flatMap(bytes =>
		(['big', 'little'] as const).map((endian): Framing => ({
			kind: 'length',
			bytes,
			endian,
			signed: bytes === 4,
			countsItself: bytes === 2,
			offset: bytes === 1 ? 2 : 0,
		})),
	),
];

const framers: FuzzTarget = {
	name: 'framers',
	weight: 8,
	legal: saying,
	read(pieces) {
		const total = pieces.reduce((sum, {length}) => sum + length, 0);
		return framings.map(framing => {
			const framer = createFramer(framing, lineTextOf('gb18030'));
			const cuts: Cut[] = [];
			const add = (more: readonly Cut[]) => {
				for (const cut of more) {
					const last = cuts.at(-1);
					// Where reads end is all that lost bytes tell.
					if (last?.ending === 'lost' && cut.ending === 'lost') {
						cuts[cuts.length - 1] = {
							...last,
							content: last.content + cut.content,
						};
					} else {
						cuts.push(cut);
					}
				}
			};

			for (const piece of pieces) add(framer.push(piece, 0));
			const {of = 0} = framer.unfinished();
			add(framer.end());
			const sum = cuts.reduce(
				(bytes, {head, content, tail}) => bytes + head + content + tail,
				0,
			);
			if (sum !== total) throw new Error(`${sum} of ${total} bytes.`);
			return [cuts, of];
		});
	},
};

const encodings = ['gb18030', 'utf-16le', 'shift_jis'];

const text: FuzzTarget = {
	name: 'decoding and making safe',
	weight: 10,
	legal: saying,
	read(pieces) {
		const bytes = concatBytes([new Uint8Array(0), ...pieces]);
		const results = encodings.map(encoding => {
			const decoded = decodeText(bytes, encoding);
			const shown = textOf(bytes, encoding);
			checkSafe(shown, encoding);
			checkAllSafe(textOrHex(bytes, encoding), encoding);
			const tail = incompleteTailBytes(bytes, encoding);
			if (tail < 0 || tail > Math.min(4, bytes.length)) {
				throw new Error(`A tail of ${tail} bytes.`);
			}

			checkAllSafe(
				textPartsOf(bytes, [0, Math.floor(bytes.length / 2)], encoding),
				encoding,
			);
			const characters = charactersOf(bytes, encoding);
			checkAllSafe(characters, encoding);
			return [decoded, shown, tail];
		});
		return results;
	},
};

const sanitizer: FuzzTarget = {
	name: 'making safe in pieces',
	weight: 10,
	legal: saying,
	read(pieces) {
		// Every byte is a unit of UTF-16 with its neighbour, so halves of pairs are cut too.
		const bytes = Buffer.concat(pieces);
		const unitsOf = (piece: Uint8Array) =>
			Buffer.from(piece).toString('latin1');
		const wide = bytes.subarray(0, bytes.length & ~1).toString('utf16le');
		const both = [true, false].map(joiners => {
			const inPieces = createSanitizer({joiners});
			const shown =
				pieces.map(piece => inPieces.push(unitsOf(piece))).join('') +
				inPieces.end();
			const byUnit = createSanitizer({joiners});
			let slow = '';
			for (let at = 0; at < wide.length; at++) slow += byUnit.push(wide[at]!);
			slow += byUnit.end();
			const whole = toSafeText(wide, {joiners});
			if (slow !== whole) throw new Error(`${slow} is not ${whole}`);
			if (toSafeText(whole, {joiners}) !== whole) {
				throw new Error('Not the same the second time.');
			}

			checkSafe(whole, 'utf-16');
			checkSafe(shown, 'latin1');
			checkSafe(toSafeText(wide, {joiners, maxCharacters: 7}), 'cut');
			return [shown, whole];
		});
		return both;
	},
};

const classic: FuzzTarget = {
	name: 'the classic file assistant',
	weight: 4,
	legal(chance) {
		const size = chance.below(40);
		const field = new Uint8Array(8);
		new DataView(field.buffer).setBigInt64(0, BigInt(size), true);
		return chance.below(2) === 0
			? concatBytes([classicPrompt, classicAnswer])
			: concatBytes([encode('name.txt'), field, chance.bytes(size)]);
	},
	read(pieces) {
		const receiver = createClassicReceiver(0);
		const sender = createClassicSender({name: encode('a'), sizeBytes: 3}, 0);
		const steps: unknown[] = [];
		const file: Uint8Array[] = [];
		let wantedBytes = 0;
		const take = (given: ReturnType<typeof receiver.end>) => {
			for (const step of given) {
				if (step.kind === 'data') file.push(step.bytes);
				else steps.push(step);
				if (step.kind !== 'announced') continue;
				wantedBytes = step.sizeBytes;
				take(receiver.take());
			}
		};

		for (const piece of pieces) {
			if (piece.length === 0) continue;
			take(receiver.receive(piece, 0));
			sender.receive(piece, 0);
		}

		take(receiver.quiet(limits.classicQuietMs));
		take(receiver.end());
		sender.quiet(limits.classicAnswerMs);
		sender.end();
		const bytes = concatBytes([new Uint8Array(0), ...file]);
		if (bytes.length > wantedBytes) throw new Error('More than announced.');
		return [steps, bytes];
	},
};

const keys: FuzzTarget = {
	name: 'keys, and line ends for others',
	weight: 4,
	legal: chance =>
		concatBytes(
			Array.from({length: 1 + chance.below(8)}, () =>
				encode(
					chance.pick([
						'a',
						'\u001B[A',
						'\u001BOP',
						'\u001B[200~paste\n\u001B[201~',
						'\u001B',
						'é',
						'\u001B[1;5C',
						'\u007F',
					]),
				),
			),
		),
	read(pieces) {
		const tokenizer = createKeyTokenizer();
		const crlf = createCrlf();
		const got = pieces.flatMap(piece => tokenizer.push(piece));
		const pending = tokenizer.pending();
		got.push(...tokenizer.flush());
		// A composed character in two reads is two keys.
		return [
			got.join(''),
			pending,
			concatBytes([new Uint8Array(0), ...pieces.map(piece => crlf(piece))]),
		];
	},
};

export const streamTargets: readonly FuzzTarget[] = [
	framers,
	text,
	sanitizer,
	classic,
	keys,
];
