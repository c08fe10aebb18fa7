/**
 * What one person keeps by name: snippets and addresses. Decides what is fit to be
 * kept. Leaves the file to the notebook port; without one it lasts as long as the
 * program. Invariants: a change is told once it is kept, and only then; changes
 * follow each other, each made on what is kept at that moment, so that two
 * programs with one state folder do not undo each other's; of a damaged file
 * nothing is written over.
 */
import {SocktermError, toErrorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {parseByteTemplate} from '../../protocol/byte-template.js';
import type {HandlersOf} from '../command-handlers.js';
import type {EngineContext} from '../context.js';
import type {
	BookEntry,
	Notebook,
	NotebookCommand,
	Snippet,
} from './notebook-commands.js';

export interface NotebookKeeper {
	readonly handlers: HandlersOf<NotebookCommand>;
	/** Tells what is kept. */
	start(): void;
}

interface Named {
	readonly name: string;
}

const fold = (name: string) => name.normalize('NFC').toLowerCase();
const isNamed = (name: string) => (item: Named) =>
	fold(item.name) === fold(name);

/** In the place of the one with its name, else at the end. */
function put<Item extends Named>(
	items: readonly Item[],
	item: Item,
): readonly Item[] {
	const index = items.findIndex(isNamed(item.name));
	if (index !== -1) return items.with(index, item);
	if (items.length >= limits.notebookItems) {
		throw new SocktermError('notebookFull', {most: limits.notebookItems});
	}

	return [...items, item];
}

function without<Item extends Named>(
	items: readonly Item[],
	name: string,
	missing: 'noSuchSnippet' | 'noSuchAddress',
): readonly Item[] {
	const index = items.findIndex(isNamed(name));
	if (index === -1) throw new SocktermError(missing, {name});
	return items.toSpliced(index, 1);
}

function checkName(name: string): void {
	const most = limits.notebookNameCharacters;
	if (/^[^\s\p{C}]+$/u.test(name) && name.length <= most) return;
	throw new SocktermError('badNotebookName', {name: name.slice(0, most), most});
}

function checkSnippet({name, line, notation, key}: Snippet): void {
	checkName(name);
	if (line.length > limits.snippetCharacters) {
		const most = limits.snippetCharacters;
		throw new SocktermError('snippetTooLong', {most});
	}

	const isKey =
		key === undefined || (Number.isInteger(key) && key >= 1 && key <= 9);
	if (line === '' || !isKey) throw new SocktermError('nothingToSend');
	// What cannot be sent is told now, not when it is needed.
	parseByteTemplate(line, notation);
}

function checkAddress({name, target}: BookEntry): void {
	checkName(name);
	const {host, port} = target;
	const isPort = Number.isInteger(port) && port >= 1 && port <= 65_535;
	if (host === '' || host.length > 255 || !isPort) {
		throw new SocktermError('badAddress', {host, port});
	}
}

/** A key belongs to one snippet: the last that asked for it. */
const freeKey = (snippets: readonly Snippet[], key: number | undefined) =>
	snippets.map(snippet => {
		if (key === undefined || snippet.key !== key) return snippet;
		const {key: _key, ...rest} = snippet;
		return rest;
	});

export function createNotebookKeeper(context: EngineContext): NotebookKeeper {
	const port = context.ports.notebook;
	let latest: Notebook = {snippets: [], addresses: []};
	let last: Promise<void> = Promise.resolve();

	const tell = (notebook: Notebook, error?: ErrorInfo) => {
		latest = notebook;
		context.emit({
			type: 'notebook/changed',
			notebook,
			...(error ? {error} : {}),
		});
	};

	/** What is kept now; where the file was damaged since, what was known of it. */
	const current = async (): Promise<Notebook> => {
		try {
			return (await port?.load()) ?? latest;
		} catch (error) {
			if (toErrorInfo(error).code === 'notebookDamaged') return latest;
			throw error;
		}
	};

	const inOrder = async (task: () => Promise<void>) => {
		const result = last.then(task);
		last = result.catch(() => undefined);
		return result;
	};

	const change = async (edit: (notebook: Notebook) => Notebook) =>
		inOrder(async () => {
			const next = edit(await current());
			await port?.save(next);
			tell(next);
		});

	return {
		start() {
			if (!port) return;
			void inOrder(async () => {
				try {
					tell(await port.load());
				} catch (error) {
					tell(latest, toErrorInfo(error));
				}
			});
		},
		handlers: {
			async 'notebook/saveSnippet'({snippet}) {
				checkSnippet(snippet);
				await change(notebook => ({
					...notebook,
					snippets: put(freeKey(notebook.snippets, snippet.key), snippet),
				}));
			},
			'notebook/deleteSnippet': async ({name}) =>
				change(notebook => ({
					...notebook,
					snippets: without(notebook.snippets, name, 'noSuchSnippet'),
				})),
			async 'notebook/saveAddress'({entry}) {
				checkAddress(entry);
				await change(notebook => ({
					...notebook,
					addresses: put(notebook.addresses, entry),
				}));
			},
			'notebook/deleteAddress': async ({name}) =>
				change(notebook => ({
					...notebook,
					addresses: without(notebook.addresses, name, 'noSuchAddress'),
				})),
		},
	};
}
