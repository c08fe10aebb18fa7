/**
 * The file that keeps lines typed in the composer: `lines.json` in the state folder.
 * Decides what may stand in it, and how much: the oldest go. Leaves which lines are
 * kept to the console, and that the file is whole to `state-file.ts`. Consoles that
 * share a state folder add to what is there, so that none takes the others' lines away.
 */
import * as v from 'valibot';
import type {TypedLine, TypedLinesPort} from '../engine/ports.js';
import {limits} from '../limits.js';
import {createStateFile} from './state-file.js';

const schema = v.object({
	lines: v.pipe(
		v.array(
			v.object({
				place: v.pipe(v.string(), v.maxLength(limits.inputCharacters)),
				line: v.pipe(
					v.string(),
					v.minLength(1),
					v.maxLength(limits.inputCharacters),
				),
			}),
		),
		v.maxLength(limits.typedLines),
	),
});

/** The newest lines, as many as are kept. */
export function newestLines(lines: readonly TypedLine[]): TypedLine[] {
	const newest = lines.slice(-limits.typedLines);
	let characters = 0;
	const tooFar = newest.findLastIndex(
		({line}) => (characters += line.length) > limits.typedLinesCharacters,
	);
	return newest.slice(tooFar + 1);
}

/** The lines of a state folder that exists. */
export function createTypedLinesFile(stateFolder: string): TypedLinesPort {
	const file = createStateFile({
		folder: stateFolder,
		name: 'lines.json',
		version: 1,
		schema,
		maxBytes: limits.typedLinesFileBytes,
		unusable: 'linesUnusable',
		damaged: 'linesDamaged',
	});
	const load = async () => (await file.load())?.lines ?? [];
	return {
		load,
		async add(lines) {
			await file.save({lines: newestLines([...(await load()), ...lines])});
		},
	};
}
