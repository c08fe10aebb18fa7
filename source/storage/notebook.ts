/**
 * The file that keeps snippets and addresses: `notebook.json` in the state folder.
 * Decides what may stand in it. Leaves what is in it to the engine, and that it is
 * whole to `state-file.ts`.
 */
import * as v from 'valibot';
import type {NotebookPort} from '../engine/ports.js';
import {limits} from '../limits.js';
import {createStateFile} from './state-file.js';

const name = v.pipe(
	v.string(),
	v.minLength(1),
	v.maxLength(limits.notebookNameCharacters),
	v.regex(/^[^\s\p{C}]+$/u),
);
const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const list = <Item extends v.GenericSchema>(item: Item) =>
	v.pipe(v.array(item), v.maxLength(limits.notebookItems));

const schema = v.object({
	snippets: list(
		v.object({
			name,
			line: v.pipe(v.string(), v.maxLength(limits.snippetCharacters)),
			notation: v.picklist(['text', 'escapes', 'hex']),
			key: v.exactOptional(whole(1, 9)),
		}),
	),
	addresses: list(
		v.object({
			name,
			target: v.object({
				kind: v.picklist(['peer', 'raw', 'rawTls']),
				host: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
				port: whole(1, 65_535),
			}),
		}),
	),
});

/** The notebook of a state folder that exists. */
export function createNotebook(stateFolder: string): NotebookPort {
	const file = createStateFile({
		folder: stateFolder,
		name: 'notebook.json',
		version: 1,
		schema,
		maxBytes: limits.notebookFileBytes,
		unusable: 'notebookUnusable',
		damaged: 'notebookDamaged',
	});
	return {
		load: async () => (await file.load()) ?? {snippets: [], addresses: []},
		save: async ({snippets, addresses}) =>
			file.save({snippets: [...snippets], addresses: [...addresses]}),
	};
}
