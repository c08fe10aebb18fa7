/** What a framing does, in a few words, and framings as they are typed. */
import {parseFraming, type Framing} from '../../engine/index.js';
import {toErrorInfo} from '../../errors.js';
import {describeError, strings} from '../../strings/index.js';

export type FramingResult =
	| {readonly ok: true; readonly framing: Framing}
	| {readonly ok: false; readonly message: string};

export function readFraming(text: string): FramingResult {
	try {
		return {ok: true, framing: parseFraming(text)};
	} catch (error) {
		return {ok: false, message: describeError(toErrorInfo(error))};
	}
}

/** Whether what is meant came in or goes out. */
export type FramingSide = 'received' | 'sent';

export function framingWords(framing: Framing, side: FramingSide): string {
	const words = strings.stream.framing[side];
	switch (framing.kind) {
		case 'lines': {
			return words.lines[framing.ending];
		}

		case 'length': {
			const {bytes, endian, offset, countsItself} = framing;
			return words.length(bytes, endian === 'big', offset, countsItself);
		}

		case 'fixed': {
			return words.fixed(framing.bytes);
		}

		case 'idle': {
			return words.idle(framing.gapMs);
		}

		case 'chunks':
		case 'delimiter': {
			return words[framing.kind];
		}
	}
}

const length = (
	bytes: 1 | 2 | 4 | 8,
	endian: 'big' | 'little' = 'big',
): Framing => ({
	kind: 'length',
	bytes,
	endian,
	signed: false,
	countsItself: false,
	offset: 0,
});

const lengths: readonly Framing[] = [
	length(1),
	length(2),
	length(2, 'little'),
	length(4),
	length(4, 'little'),
	length(8),
	length(8, 'little'),
];

/** Those to choose from; others are typed. */
export const framingChoices: Readonly<Record<FramingSide, readonly Framing[]>> =
	{
		received: [
			{kind: 'lines', ending: 'any'},
			{kind: 'lines', ending: 'lf'},
			{kind: 'lines', ending: 'crlf'},
			{kind: 'lines', ending: 'cr'},
			{kind: 'chunks'},
			{kind: 'delimiter', delimiter: [0]},
			...lengths,
			{kind: 'fixed', bytes: 16},
			{kind: 'idle', gapMs: 50},
		],
		sent: [
			{kind: 'lines', ending: 'lf'},
			{kind: 'lines', ending: 'crlf'},
			{kind: 'lines', ending: 'cr'},
			{kind: 'chunks'},
			{kind: 'delimiter', delimiter: [0]},
			...lengths,
		],
	};
