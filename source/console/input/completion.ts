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

interface Found {
	readonly matches: readonly string[];
	/** Where the word that is completed begins. */
	readonly start: number;
	readonly openQuote?: '"' | "'";
}

function beginningWith(words: readonly string[], begun: string): string[] {
	const wanted = begun.toLowerCase();
	return [
		...new Set(words.filter(word => word.toLowerCase().startsWith(wanted))),
	];
}

/** What the word before the caret could be; undefined in a line that is no command. */
async function find(
	typed: string,
	context: Pick<CommandContext, 'state'>,
): Promise<Found | undefined> {
	const name = /^\/(?!\/)(\S*)/.exec(typed)?.[1];
	if (name === undefined) return undefined;
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

/**
 * Completes what stands before the caret as far as it is clear; `undefined` where
 * there is nothing to complete. One match is finished (a blank behind it, or the
 * slash of a folder), of several the beginning that they share is put in.
 */
export async function completeLine(
	line: {readonly text: string; readonly caret: number},
	context: Pick<CommandContext, 'state'>,
): Promise<Completion | undefined> {
	const before = line.text.slice(0, line.caret);
	const found = await find(before, context);
	if (!found || found.matches.length === 0) return undefined;
	const {matches, start, openQuote} = found;
	const isClear = matches.length === 1;
	const shared = commonPrefix(matches);
	const isFinished = isClear && !shared.endsWith('/');
	const quoted = quoteArgument(shared, openQuote);
	const end = isFinished ? `${openQuote ?? ''} ` : '';
	const typed = before.slice(start);
	// What was typed in capitals may be longer than what all matches share.
	const isShorter = !isClear && quoted.length < typed.length;
	const head = before.slice(0, start) + (isShorter ? typed : quoted + end);
	const after = line.text.slice(line.caret);
	const tail = end.endsWith(' ') ? after.replace(/^ /, '') : after;
	return {text: head + tail, caret: head.length, candidates: matches};
}
