/** `/search` and `/filter`: what the lines behind the keys `/` and `&` do, typed. */
import {
	type CommandArguments,
	type CommandContext,
	type CommandResult,
	type SlashCommand,
	done,
	failed,
} from './context.js';

const off = 'off';

function find(
	what: 'search' | 'filter',
	{rest}: CommandArguments,
	{ui}: CommandContext,
): CommandResult {
	// As it was typed: quotes and backslashes belong to what is searched for.
	const text = rest(0).trim();
	const message = ui.find(what, text.toLowerCase() === off ? undefined : text);
	return message === undefined ? done : failed(message);
}

export const search: SlashCommand = {
	name: 'search',
	aliases: ['find', 'lastlog'],
	usage: 'search TEXT|/expression/|hex:0d0a|off',
	summaryKey: 'search',
	complete: index => ({words: index === 0 ? [off, 'hex:'] : []}),
	run: (args, context) => find('search', args, context),
};

export const filter: SlashCommand = {
	name: 'filter',
	usage: 'filter [in|out] [peer:NAME] TEXT|/expression/|hex:0d0a|off',
	summaryKey: 'filter',
	complete: (_index, {state}) => ({
		words: [
			off,
			'in',
			'out',
			'hex:',
			...state.peers.values().map(({name}) => `peer:${name}`),
		],
	}),
	run: (args, context) => find('filter', args, context),
};
