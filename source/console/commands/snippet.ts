import {
	type EngineState,
	type Snippet,
	previewBytes,
} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {
	type CommandArguments,
	type CommandContext,
	type CommandResult,
	type SlashCommand,
	done,
	failed,
	withCommand,
} from './context.js';
import {peerOf} from './find-peer.js';
import {sendTyped} from './typed.js';

const sentences = strings.input.bytes.snippets;

const fold = (name: string) => name.normalize('NFC').toLowerCase();

const findSnippet = ({notebook}: EngineState, name: string) =>
	notebook.snippets.find(each => fold(each.name) === fold(name));

type Run = (args: CommandArguments, context: CommandContext) => CommandResult;

function save({words, rest}: CommandArguments, context: CommandContext) {
	const [, name] = words;
	const line = rest(2);
	if (name === undefined || line === '') return failed(sentences.saySave);
	if (Object.hasOwn(verbs, fold(name))) return failed(sentences.reserved(name));
	const {state, conversation, notation = 'text'} = context;
	const encoding = peerOf(conversation, state)?.encoding;
	const preview = previewBytes(line, notation, {encoding, nowMs: Date.now()});
	// What cannot be written in the encoding of this peer may be for another one.
	if (preview.kind === 'error' && preview.error.code !== 'notEncodable') {
		return failed(describeError(preview.error));
	}

	const key = findSnippet(state, name)?.key;
	context.ui.notify(sentences.kept(name));
	return withSnippet({name, line, notation}, key);
}

function withSnippet(snippet: Snippet, key: number | undefined) {
	return withCommand({
		type: 'notebook/saveSnippet',
		snippet: key === undefined ? snippet : {...snippet, key},
	});
}

const verbs: Readonly<Record<string, Run>> = {
	save,
	list(_args, {ui}) {
		ui.openOverlay({kind: 'snippets'});
		return done;
	},
	delete({words}, {ui}) {
		const [, name] = words;
		if (name === undefined) return failed(sentences.sayName);
		ui.notify(sentences.deleted(name));
		return withCommand({type: 'notebook/deleteSnippet', name});
	},
	key({words}, {state, ui}) {
		const [, digit = '', name] = words;
		if (!/^(?:[1-9]|none)$/.test(digit) || name === undefined) {
			return failed(sentences.sayKey);
		}

		const snippet = findSnippet(state, name);
		if (!snippet) return failed(strings.errors.noSuchSnippet({name}));
		const {key: _key, ...rest} = snippet;
		const key = digit === 'none' ? undefined : Number(digit);
		ui.notify(
			key === undefined
				? sentences.taken(snippet.name)
				: sentences.put(snippet.name, key),
		);
		return withSnippet(rest, key);
	},
};

export const snippet: SlashCommand = {
	name: 'snippet',
	usage: 'snippet NAME | save NAME TEXT | key 3 NAME | delete NAME | list',
	summaryKey: 'snippet',
	complete(index, {state}, before) {
		const names = state.notebook.snippets.map(({name}) => name);
		if (index === 0) return {words: [...Object.keys(verbs), ...names]};
		const [verb] = before;
		if (verb === 'key') {
			const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'none'];
			return {words: index === 1 ? digits : index === 2 ? names : []};
		}

		const takesName = verb === 'delete' || verb === 'save';
		return {words: takesName && index === 1 ? names : []};
	},
	run(args, context) {
		const [first] = args.words;
		if (first === undefined) return failed(sentences.say);
		const verb = Object.hasOwn(verbs, first) ? verbs[first] : undefined;
		if (verb) return verb(args, context);
		const found = findSnippet(context.state, first);
		return found
			? sendTyped(found.line, found.notation, context)
			: failed(strings.errors.noSuchSnippet({name: first}));
	},
};

/** Sends the snippet that is on a key, 1 to 9. */
export function sendSnippetOn(
	key: number,
	context: Pick<CommandContext, 'state' | 'conversation'>,
): CommandResult {
	const found = context.state.notebook.snippets.find(each => each.key === key);
	return found
		? sendTyped(found.line, found.notation, context)
		: failed(sentences.noneOnKey(key));
}
