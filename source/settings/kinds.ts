/**
 * What a setting may be. Decides which texts are a value of a kind, and how one is
 * written: flags, environment, the file and `/set` all read with it. Invariant: what
 * `readValue` gives is read again as itself.
 */
import {isEncoding} from '../engine/index.js';
import {parseDurationMs} from '../util/durations.js';
import {parseSize} from '../util/quantities.js';

export type Kind =
	| {readonly type: 'text'; readonly mostCharacters?: number}
	| {readonly type: 'choice'; readonly of: readonly string[]}
	| {readonly type: 'switch'}
	/** Bytes a second, or no limit. */
	| {readonly type: 'rate'}
	| {readonly type: 'size'}
	| {readonly type: 'duration'}
	| {readonly type: 'count'; readonly most: number}
	/** A number, or none at all. */
	| {readonly type: 'port'}
	| {readonly type: 'folder'}
	| {readonly type: 'encoding'};

export const off = 'off';

const yes = ['on', 'true', 'yes', '1'];
const no = ['off', 'false', 'no', '0'];

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

// Controls have no place in a file of settings nor on a command line.
const hasControl = /\p{Cc}/u;

function wholeUpTo(text: string, most: number): string | undefined {
	const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
	return number <= most ? String(number) : undefined;
}

/** The value as it is kept and shown; undefined where the text is none of this kind. */
export function readValue(kind: Kind, given: string): string | undefined {
	const text = given.trim();
	if (text === '' || hasControl.test(text)) return undefined;
	const lower = text.toLowerCase();
	switch (kind.type) {
		case 'text': {
			const {mostCharacters = Number.POSITIVE_INFINITY} = kind;
			return [...graphemes.segment(text)].length <= mostCharacters
				? text
				: undefined;
		}

		case 'choice': {
			return kind.of.find(each => each === lower);
		}

		case 'switch': {
			return yes.includes(lower) ? 'on' : no.includes(lower) ? off : undefined;
		}

		case 'rate': {
			if (lower === off) return off;
			return (parseSize(text) ?? 0) >= 1 ? text : undefined;
		}

		case 'size': {
			return (parseSize(text) ?? 0) >= 1 ? text : undefined;
		}

		case 'duration': {
			return parseDurationMs(text) === undefined ? undefined : text;
		}

		case 'count': {
			const count = wholeUpTo(text, kind.most);
			return count === '0' ? undefined : count;
		}

		case 'port': {
			return lower === off ? off : wholeUpTo(text, 65_535);
		}

		case 'folder': {
			return text;
		}

		case 'encoding': {
			return isEncoding(text) ? text : undefined;
		}
	}
}

/** What Tab offers for a value. */
export function offeredValues(
	kind: Kind,
	encodings: readonly string[],
): readonly string[] {
	switch (kind.type) {
		case 'choice': {
			return kind.of;
		}

		case 'switch': {
			return ['on', off];
		}

		case 'rate':
		case 'port': {
			return [off];
		}

		case 'encoding': {
			return encodings;
		}

		default: {
			return [];
		}
	}
}
