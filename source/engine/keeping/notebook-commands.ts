/** What is remembered by name: addresses and snippets. */
import type {DialTarget} from '../commands.js';
import type {ByteNotation} from '../streams/stream-commands.js';

export interface Snippet {
	readonly name: string;
	readonly line: string;
	readonly notation: ByteNotation;
	/** 1 to 9: sent with Alt-F1 … Alt-F9 (`alt+f1`). */
	readonly key?: number;
}

export interface BookEntry {
	readonly name: string;
	readonly target: DialTarget;
}

export interface Notebook {
	readonly snippets: readonly Snippet[];
	readonly addresses: readonly BookEntry[];
}

/** Each is answered by `notebook/changed`, once it is kept. */
export type NotebookCommand =
	| {readonly type: 'notebook/saveSnippet'; readonly snippet: Snippet}
	| {readonly type: 'notebook/deleteSnippet'; readonly name: string}
	| {readonly type: 'notebook/saveAddress'; readonly entry: BookEntry}
	| {readonly type: 'notebook/deleteAddress'; readonly name: string};
