/** What is searched for, or alone shown: made once of what was typed, then asked of every row. */
import {createExpression, type Direction} from '../../engine/index.js';
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import {describeError, strings} from '../../strings/index.js';
import {fromHex, toHex} from '../../util/bytes.js';

/** A row, as far as it is looked into; each part is made when it is asked for. */
export interface SearchTarget {
	/** As it is shown; at most `limits.searchCharacters`. */
	text(): string;
	/** Undefined where it has none. */
	bytes(): Uint8Array | undefined;
	readonly direction: Direction | undefined;
	/** Whom it came from or went to: name, address. */
	names(): readonly string[];
}

export interface Query {
	/** For people. */
	readonly label: string;
	matches(target: SearchTarget): boolean;
	/** What it found, as it may stand on the screen: for drawing it. */
	found(target: SearchTarget): readonly string[];
}

export type QueryResult =
	| {readonly ok: true; readonly query: Query}
	| {readonly ok: false; readonly message: string};

const fold = (text: string) => text.normalize('NFC').toLowerCase();

function textQuery(text: string): Query {
	const wanted = fold(text);
	return {
		label: text,
		matches: target => fold(target.text()).includes(wanted),
		found: () => [text],
	};
}

function hexQuery(bytes: Uint8Array): Query {
	const wanted = Buffer.from(bytes);
	return {
		label: `hex:${toHex(bytes)}`,
		matches(target) {
			const held = target.bytes();
			if (!held) return false;
			// Not a copy: it looks at the same memory.
			const {buffer, byteOffset, length} = held;
			return Buffer.from(buffer, byteOffset, length).includes(wanted);
		},
		found: () => [toHex(bytes, ' ')],
	};
}

/** Throws badExpression. */
function expressionQuery(source: string, ignoresCase: boolean): Query {
	const expression = createExpression(ignoresCase ? `(?i:${source})` : source);
	return {
		label: `/${source}/${ignoresCase ? 'i' : ''}`,
		matches: target => expression.match(target.text()) !== undefined,
		found(target) {
			const text = expression.match(target.text())?.[0] ?? '';
			return text === '' ? [] : [text];
		},
	};
}

/** Neither an expression nor bytes. */
export const isPlainQuery = (text: string): boolean =>
	!/^\/.+\/i?$/s.test(text) && !/^hex:/i.test(text);

/** `text`, `/expression/` (`/…/i`: case does not count), or `hex:0d0a`. */
export function readQuery(text: string): QueryResult {
	const words = strings.keep.search;
	if (text.length > limits.searchCharacters) {
		return {ok: false, message: words.tooLong};
	}

	const [, source, flag] = /^\/(.+)\/(i?)$/s.exec(text) ?? [];
	if (source !== undefined) {
		try {
			return {ok: true, query: expressionQuery(source, flag === 'i')};
		} catch (error) {
			if (!(error instanceof SocktermError)) throw error;
			return {ok: false, message: describeError(error.info)};
		}
	}

	if (!/^hex:/i.test(text)) return {ok: true, query: textQuery(text)};
	const bytes = fromHex(text.slice('hex:'.length).replaceAll(/\s/g, ''));
	return bytes && bytes.length > 0
		? {ok: true, query: hexQuery(bytes)}
		: {ok: false, message: words.halfByte(text)};
}

function directionQuery(direction: Direction): Query {
	const {inbound, outbound} = strings.keep.filter;
	return {
		label: direction === 'in' ? inbound : outbound,
		matches: target => target.direction === direction,
		found: () => [],
	};
}

function peerQuery(name: string): Query {
	const wanted = fold(name);
	return {
		label: strings.keep.filter.peer(name),
		matches: target =>
			target.names().some(each => fold(each).startsWith(wanted)),
		found: () => [],
	};
}

/** Exactly this sender of datagrams. */
export function senderQuery(address: string): Query {
	return {
		label: strings.keep.filter.peer(address),
		matches: target => target.names().includes(address),
		found: () => [],
	};
}

const joined = new WeakMap<Query, WeakMap<Query, Query>>();

/** Both; the same one for the same two. What is found is what the right one finds. */
export function bothOf(
	left: Query | undefined,
	right: Query | undefined,
): Query | undefined {
	if (!left || !right) return left ?? right;
	const known = joined.get(left) ?? new WeakMap<Query, Query>();
	joined.set(left, known);
	const query = known.get(right) ?? {
		label: `${left.label}, ${right.label}`,
		matches: (target: SearchTarget) =>
			left.matches(target) && right.matches(target),
		found: right.found,
	};
	known.set(right, query);
	return query;
}

/** `[in|out] [peer:NAME] [what `readQuery` reads]`, at least one of them. */
export function readFilter(text: string): QueryResult {
	const words = strings.keep.filter;
	let rest = text.trim();
	let filter: Query | undefined;
	for (;;) {
		const [taken, word = ''] = /^(\S+)(?:\s+|$)/.exec(rest) ?? [''];
		const peer = /^peer:(.*)$/i.exec(word)?.[1];
		if (peer === '') return {ok: false, message: words.noPeer};
		const part =
			peer === undefined
				? /^(in|out)$/i.test(word)
					? directionQuery(word.toLowerCase() as Direction)
					: undefined
				: peerQuery(peer);
		if (!part) break;
		filter = bothOf(filter, part);
		rest = rest.slice(taken.length);
	}

	if (rest === '' && filter) return {ok: true, query: filter};
	const read = readQuery(rest);
	return read.ok ? {ok: true, query: bothOf(filter, read.query)!} : read;
}
