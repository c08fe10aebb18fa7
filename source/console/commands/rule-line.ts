/** A rule as people write it: `[dry] [for PEER] when WHAT answer|note|forward …`. */
import type {
	ByteNotation,
	EngineState,
	RuleAction,
	RuleMatch,
	RuleOptions,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {fromHex} from '../../util/bytes.js';
import {findPeer} from './find-peer.js';
import {readTerm, type Term} from './rule-terms.js';

type Result<Value> =
	| {readonly ok: true; readonly value: Value; readonly end: number}
	| {readonly ok: false; readonly message: string};

const hexMark = /^hex:/i;

/** Text for bytes: `hex:aa55` as hex digits, all else with escapes. */
export function readNotation(text: string): {
	readonly line: string;
	readonly notation: Exclude<ByteNotation, 'text'>;
} {
	return hexMark.test(text)
		? {line: text.replace(hexMark, ''), notation: 'hex'}
		: {line: text, notation: 'escapes'};
}

const fail = (message: string) => ({ok: false, message}) as const;

function readBytes(text: string): RuleMatch | undefined {
	const bytes = fromHex(text.replace(/[\s,]/g, ''));
	return bytes && bytes.length > 0
		? {kind: 'bytes', bytes: [...bytes]}
		: undefined;
}

function readHexMatch(line: string, term: Term): Result<RuleMatch> {
	const {rules} = strings.input;
	// The digits may stand in quotes: hex:"aa 55".
	const start = term.end - term.text.length + 'hex:'.length;
	const digits = readTerm(line, start);
	const isBehind = digits && start === digits.end - digits.text.length;
	const isQuoted = digits?.kind === 'quoted' && line[start] === '"';
	const found = digits && (isBehind || isQuoted) ? digits : undefined;
	if (found?.isOpen) return fail(rules.openQuote);
	const text = found?.text ?? '';
	const value = readBytes(text);
	return value ? {ok: true, value, end: found!.end} : fail(rules.badHex(text));
}

function readMatch(line: string, start: number): Result<RuleMatch> {
	const {rules} = strings.input;
	const term = readTerm(line, start);
	if (!term) return fail(rules.sayMatch);
	if (term.isOpen) return fail(rules.openQuote);
	if (term.kind === 'expression') {
		if (!/^i?$/.test(term.flags)) return fail(rules.badFlag(term.flags));
		const source = term.flags === 'i' ? `(?i:${term.text})` : term.text;
		return {ok: true, value: {kind: 'expression', source}, end: term.end};
	}

	if (term.kind === 'word' && hexMark.test(term.text)) {
		return readHexMatch(line, term);
	}

	const kind = term.text.toLowerCase();
	if (kind !== 'contains' && kind !== 'prefix') return fail(rules.sayMatch);
	const text = readTerm(line, term.end);
	if (!text) return fail(rules.sayMatch);
	if (text.isOpen && text.kind === 'quoted') return fail(rules.openQuote);
	// A slash is a letter like any other here.
	const plain =
		text.kind === 'expression'
			? /^\s*(\S+)/.exec(line.slice(term.end))![0]
			: undefined;
	return plain === undefined
		? {ok: true, value: {kind, text: text.text}, end: text.end}
		: {
				ok: true,
				value: {kind, text: plain.trim()},
				end: term.end + plain.length,
			};
}

/** Text to the end of the line, in quotes or not. */
function readText(line: string, start: number): Result<string> {
	const {rules} = strings.input;
	const term = readTerm(line, start);
	if (!term) return fail(rules.sayAction);
	if (term.kind !== 'quoted') {
		return {ok: true, value: line.slice(start).trim(), end: line.length};
	}

	if (term.isOpen) return fail(rules.openQuote);
	const rest = line.slice(term.end).trim();
	return rest === ''
		? {ok: true, value: term.text, end: line.length}
		: fail(rules.tooMuch(rest));
}

function readAction(
	line: string,
	start: number,
	state: EngineState,
): Result<RuleAction> {
	const term = readTerm(line, start);
	const kind = term?.text.toLowerCase();
	if (!term || (kind !== 'answer' && kind !== 'note' && kind !== 'forward')) {
		return fail(strings.input.rules.sayAction);
	}

	const text = readText(line, term.end);
	if (!text.ok) return text;
	const {value, end} = text;
	switch (kind) {
		case 'answer': {
			return {ok: true, value: {kind, ...readNotation(value)}, end};
		}

		case 'note': {
			return {ok: true, value: {kind, text: value}, end};
		}

		case 'forward': {
			const found = findPeer(state, value);
			return found.ok
				? {ok: true, value: {kind, to: found.peer.key}, end}
				: found;
		}
	}
}

/** What stands behind `/rule` where a rule is made. */
export function readRule(
	line: string,
	state: EngineState,
):
	| {readonly ok: true; readonly rule: RuleOptions}
	| {readonly ok: false; readonly message: string} {
	const {rules} = strings.input;
	let dryRun = false;
	let peer: RuleOptions['peer'];
	let at = 0;
	for (;;) {
		const term = readTerm(line, at);
		const word = term?.kind === 'word' ? term.text.toLowerCase() : '';
		if (!term || (word !== 'dry' && word !== 'for' && word !== 'when')) {
			return fail(rules.sayWhat);
		}

		at = term.end;
		if (word === 'when') break;
		if (word === 'dry') {
			dryRun = true;
			continue;
		}

		const name = readTerm(line, at);
		const found = findPeer(state, name?.text ?? '');
		if (!found.ok) return found;
		peer = found.peer.key;
		at = name!.end;
	}

	const match = readMatch(line, at);
	if (!match.ok) return match;
	const action = readAction(line, match.end, state);
	if (!action.ok) return action;
	const rule: RuleOptions = {
		match: match.value,
		action: action.value,
		dryRun,
		...(peer === undefined ? {} : {peer}),
	};
	return {ok: true, rule};
}
