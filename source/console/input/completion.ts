/** What Tab does in the composer: commands, peers, words of a command, paths. */
import {registry} from '../commands/index.js';
import type {CommandContext} from '../commands/context.js';
import {completePath} from './complete-path.js';
import {commonPrefix} from './graphemes.js';
import {quoteArgument, splitArguments, type Word} from './split-arguments.js';

export interface Completion {
	readonly text: string;
	readonly caret: number;
	/** What it could have been; one where it was clear. */
	readonly candidates: readonly string[];
}

type Line = Pick<Completion, 'text' | 'caret'>;

/** What the word before the caret could be. */
export interface Candidates {
	readonly matches: readonly string[];
	/** Where that word begins. */
	readonly start: number;
	readonly openQuote?: '"' | "'";
	/** In what is said, not in a command: nothing is quoted, and this stands behind it. */
	readonly ending?: string;
}

function beginningWith(words: readonly string[], begun: string): string[] {
	const wanted = begun.toLowerCase();
	return [
		...new Set(words.filter(word => word.toLowerCase().startsWith(wanted))),
	];
}

/** Names of peers in what is said: at its start somebody is addressed. */
function findNames(
	typed: string,
	{peers}: CommandContext['state'],
): Candidates | undefined {
	const word = /\S+$/.exec(typed)?.[0];
	if (word === undefined) return undefined;
	const start = typed.length - word.length;
	const names = peers.values().map(({name}) => name);
	const isMention = word.startsWith('@');
	const matches = beginningWith(
		isMention ? names.map(name => `@${name}`) : names,
		word,
	);
	const ending = start === 0 && !isMention ? ': ' : ' ';
	return matches.length === 0 ? undefined : {matches, start, ending};
}

/** What the word at the end of a line could be; undefined where that is nothing. */
export async function findCandidates(
	typed: string,
	context: Pick<CommandContext, 'state'>,
): Promise<Candidates | undefined> {
	const name = /^\/(?!\/)(\S*)/.exec(typed)?.[1];
	if (name === undefined) return findNames(typed, context.state);
	if (typed.length === name.length + 1) {
		const names = registry.commands.map(command => `/${command.name}`);
		return {matches: beginningWith(names, typed), start: 0};
	}

	const offset = name.length + 1;
	const words = splitArguments(typed.slice(offset));
	const last = words.at(-1);
	const end = typed.length - offset;
	const word: Word = last?.end === end ? last : {text: '', start: end, end};
	const index = last?.end === end ? words.length - 1 : words.length;
	const before = words.slice(0, index).map(({text: each}) => each);
	const {words: choices = [], paths} =
		registry.find(name)?.complete?.(index, context, before) ?? {};
	const found = paths ? await completePath(word.text) : [];
	const matches = [
		...beginningWith(choices, word.text),
		...found.filter(path => paths !== 'folders' || path.endsWith('/')),
	];
	return {
		matches,
		start: offset + word.start,
		...(word.openQuote ? {openQuote: word.openQuote} : {}),
	};
}

/** The line with a word in the place of the one that is completed; with what ends it where it `isWhole`. */
export function putIn(
	line: Line,
	{start, openQuote, ending}: Candidates,
	word: string,
	isWhole: boolean,
): Line {
	const isSaid = ending !== undefined;
	const quoted = isSaid ? word : quoteArgument(word, openQuote);
	// A folder may go on.
	const isFinished = isWhole && (isSaid || !word.endsWith('/'));
	const end = isFinished ? (ending ?? `${openQuote ?? ''} `) : '';
	const head = line.text.slice(0, start) + quoted + end;
	const after = line.text.slice(line.caret);
	const tail = end.endsWith(' ') ? after.replace(/^ /, '') : after;
	return {text: head + tail, caret: head.length};
}

/** The line completed as far as it is clear: one match is whole, of several the beginning that they share is put in. */
export function completeShared(line: Line, found: Candidates): Line {
	const {matches, start, openQuote, ending} = found;
	const shared = commonPrefix(matches);
	const isClear = matches.length === 1;
	const quoted =
		ending === undefined ? quoteArgument(shared, openQuote) : shared;
	// What was typed in capitals may be longer than what all matches share.
	const isShorter = !isClear && quoted.length < line.caret - start;
	return isShorter ? line : putIn(line, found, shared, isClear);
}

/** Completes what stands before the caret as far as it is clear; undefined where there is nothing to complete. */
export async function completeLine(
	line: Line,
	context: Pick<CommandContext, 'state'>,
): Promise<Completion | undefined> {
	const found = await findCandidates(line.text.slice(0, line.caret), context);
	if (!found || found.matches.length === 0) return undefined;
	return {...completeShared(line, found), candidates: found.matches};
}
