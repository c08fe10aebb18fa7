/**
 * Whether a rule matches a message, and what its captures become in an answer. Pure.
 * Looks at the beginning of a message only (`limits.ruleTextBytes`), and its
 * expressions take a time that grows with the length alone: what a stranger sends
 * cannot hold the engine up.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import {createExpression} from '../../protocol/expression/expression.js';
import {
	decodeText,
	encodeText,
	incompleteTailBytes,
	type DecodedText,
} from '../../protocol/text-decoding.js';
import {isAscii} from '../../protocol/utf8.js';
import {toHex} from '../../util/bytes.js';
import type {RuleMatch} from './rule-commands.js';
import type {ByteNotation} from '../streams/stream-commands.js';

/** A message to be looked at; its text is made when a rule asks for it, once. */
export interface RuleFrame {
	/** Head, content and tail. */
	readonly bytes: Uint8Array;
	/** Of the content's beginning. */
	text(): string;
	/** What its text is written in; undefined: it is ASCII, which says nothing. */
	encoding(): string | undefined;
}

/** What matched, and the groups of an expression; those that took no part are empty. */
export type Captures = readonly string[];

export type RuleMatcher = (frame: RuleFrame) => Captures | undefined;

export function createRuleFrame(
	frame: {
		readonly bytes: Uint8Array;
		readonly head: number;
		readonly tail: number;
	},
	fallback: string,
): RuleFrame {
	const {bytes, head, tail} = frame;
	let decoded: DecodedText | undefined;
	const decode = (): DecodedText => {
		if (decoded) return decoded;
		const content = bytes.subarray(head, bytes.length - tail);
		let looked = content.subarray(0, limits.ruleTextBytes);
		if (looked.length < content.length) {
			const half = incompleteTailBytes(looked, fallback);
			looked = looked.subarray(0, looked.length - half);
		}

		decoded = decodeText(looked, fallback);
		return decoded;
	};

	return {
		bytes,
		text: () => decode().text,
		encoding: () => (isAscii(bytes) ? undefined : decode().encoding),
	};
}

function indexOfBytes(bytes: Uint8Array, wanted: readonly number[]): number {
	const [first = 0] = wanted;
	for (
		let at = bytes.indexOf(first);
		at !== -1;
		at = bytes.indexOf(first, at + 1)
	) {
		if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
	}

	return -1;
}

/** Throws badExpression, ruleEmpty. */
export function createRuleMatcher(match: RuleMatch): RuleMatcher {
	switch (match.kind) {
		case 'contains':
		case 'prefix': {
			const {text} = match;
			if (text === '') throw new SocktermError('ruleEmpty');
			const isIt =
				match.kind === 'prefix'
					? (whole: string) => whole.startsWith(text)
					: (whole: string) => whole.includes(text);
			return frame => (isIt(frame.text()) ? [text] : undefined);
		}

		case 'expression': {
			if (match.source === '') throw new SocktermError('ruleEmpty');
			const expression = createExpression(match.source);
			return frame =>
				expression.match(frame.text())?.map(capture => capture ?? '');
		}

		case 'bytes': {
			const {bytes} = match;
			if (bytes.length === 0) throw new SocktermError('ruleEmpty');
			return ({bytes: whole}) => {
				const looked = whole.subarray(0, limits.ruleTextBytes);
				return indexOfBytes(looked, bytes) === -1
					? undefined
					: [toHex(Uint8Array.from(bytes))];
			};
		}
	}
}

// A backslash and what it escapes stay together: `\$1` is no capture.
const captureSign = /\\[^]|\$([1-9])/g;

/** `$1` to `$9` replaced in text that is not read any further. */
export const fillText = (text: string, captures: Captures): string =>
	text.replace(/\$([1-9])/g, (_, digit) => captures[Number(digit)] ?? '');

/**
 * `$1` to `$9` replaced in a line that is yet to be read in its notation: a capture is
 * always text, whatever is in it. Throws notEncodable {encoding, character} for hex.
 */
export function fillLine(
	line: string,
	notation: ByteNotation,
	captures: Captures,
	encoding: string,
): string {
	if (notation === 'text') return fillText(line, captures);
	return line.replace(captureSign, (found, digit?: string) => {
		if (digit === undefined) return found;
		const capture = captures[Number(digit)] ?? '';
		return notation === 'hex'
			? toHex(encodeText(capture, encoding))
			: capture.replace(/[\\$]/g, String.raw`\$&`);
	});
}
