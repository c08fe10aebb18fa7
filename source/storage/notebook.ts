/**
 * The file that keeps snippets and addresses: `notebook.json` in the state folder.
 * Decides whether what is there can be read. Leaves what is in it to the engine.
 * Invariants: the file is whole at every moment (written beside, made durable,
 * renamed), readable by its owner alone, and a damaged one is set aside, never
 * written over.
 */
import {randomBytes} from 'node:crypto';
import {constants} from 'node:fs';
import {link, open, rename, unlink} from 'node:fs/promises';
import {join} from 'node:path';
import * as v from 'valibot';
import type {Notebook, NotebookPort} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {syncDirectory} from './directory.js';
import {errnoOf} from './storage-errors.js';
import {nodeFiles} from './storage-files.js';

const fileName = 'notebook.json';
const version = 1;
/** Damaged files that are kept side by side. */
const mostSetAside = 100;

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
	version: v.literal(version),
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

const laterVersion = v.object({
	version: v.pipe(v.number(), v.minValue(version + 1)),
});

/** The notebook of a state folder that exists. */
export function createNotebook(stateFolder: string): NotebookPort {
	const path = join(stateFolder, fileName);
	const unusable = (cause: unknown) =>
		cause instanceof SocktermError
			? cause
			: new SocktermError(
					'notebookUnusable',
					{path, what: errnoOf(cause) ?? 'unknown'},
					{cause},
				);

	return {
		async load() {
			try {
				return await readNotebook(path);
			} catch (error) {
				throw unusable(error);
			}
		},
		async save(notebook) {
			try {
				await writeNotebook(stateFolder, path, notebook);
			} catch (error) {
				throw unusable(error);
			}
		},
	};
}

async function readNotebook(path: string): Promise<Notebook> {
	let file;
	try {
		// Non-blocking, so that a FIFO planted there cannot hold us up.
		file = await open(
			path,
			constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
		);
	} catch (error) {
		if (errnoOf(error) === 'ENOENT') return {snippets: [], addresses: []};
		throw error;
	}

	let text: string | undefined;
	try {
		const status = await file.stat();
		if (status.isFile() && status.size <= limits.notebookFileBytes) {
			text = await file.readFile('utf8');
		}
	} finally {
		await file.close();
	}

	const found = text === undefined ? undefined : parse(text);
	if (v.is(laterVersion, found)) {
		const what = `version ${found.version}`;
		throw new SocktermError('notebookUnusable', {path, what});
	}

	const result = v.safeParse(schema, found);
	if (!result.success) {
		throw new SocktermError('notebookDamaged', {path: await setAside(path)});
	}

	const {snippets, addresses} = result.output;
	return {snippets, addresses};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Gives it another name that is free; the name. */
async function setAside(path: string): Promise<string> {
	for (let number = 1; ; number++) {
		const aside = `${path}.corrupt${number === 1 ? '' : `-${number}`}`;
		try {
			await link(path, aside);
			await unlink(path);
			return aside;
		} catch (error) {
			if (errnoOf(error) === 'EEXIST' && number < mostSetAside) continue;
			// Without hard links, or with too many of them, the name is taken over.
			await rename(path, aside);
			return aside;
		}
	}
}

async function writeNotebook(
	folder: string,
	path: string,
	{snippets, addresses}: Notebook,
): Promise<void> {
	const random = randomBytes(12).toString('hex');
	const temporary = join(folder, `.notebook-${random}`);
	const file = await open(temporary, 'wx', 0o600);
	try {
		try {
			const content = {version, snippets, addresses};
			await file.writeFile(`${JSON.stringify(content, undefined, '\t')}\n`);
			await file.sync();
		} finally {
			await file.close();
		}

		await rename(temporary, path);
		await syncDirectory(nodeFiles, folder);
	} catch (error) {
		await unlink(temporary).catch(() => undefined);
		throw error;
	}
}
