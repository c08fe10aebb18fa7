/**
 * A small file of checked JSON in the state folder. Decides whether what is there
 * can be read. Leaves what is in it to its schema. Invariants: the file is whole
 * at every moment (written beside, made durable, renamed, the name made durable),
 * readable by its owner alone; a damaged one is set aside, never written over; one
 * of a later version is left alone.
 */
import {constants} from 'node:fs';
import {link, open, rename, unlink} from 'node:fs/promises';
import {join} from 'node:path';
import * as v from 'valibot';
import {SocktermError, type ErrorCode} from '../errors.js';
import {errnoOf} from './storage-errors.js';
import {writeWhole} from './write-whole.js';

/** Damaged files that are kept side by side. */
const mostSetAside = 100;

export interface StateFile<Content> {
	/** Undefined where there is none. Throws the code for unusable; that for damaged once it has been set aside. */
	load(): Promise<Content | undefined>;
	/** Resolves once it is durable. Throws the code for unusable; what was kept is untouched then. */
	save(content: Content): Promise<void>;
}

export interface StateFileOptions<Content> {
	/** It must exist. */
	readonly folder: string;
	readonly name: string;
	readonly version: number;
	/** Of what stands beside the version. */
	readonly schema: v.GenericSchema<unknown, Content>;
	readonly maxBytes: number;
	/** {path, what} and {path}. */
	readonly unusable: ErrorCode;
	readonly damaged: ErrorCode;
}

export function createStateFile<Content extends object>(
	options: StateFileOptions<Content>,
): StateFile<Content> {
	const {folder, name, version, maxBytes} = options;
	const path = join(folder, name);
	const unusable = (cause: unknown) =>
		cause instanceof SocktermError
			? cause
			: new SocktermError(
					options.unusable,
					{path, what: errnoOf(cause) ?? 'unknown'},
					{cause},
				);

	const read = async (): Promise<Content | undefined> => {
		const found = await readJson(path, maxBytes);
		if (found === 'missing') return undefined;
		const there = v.is(versionOf, found.json) ? found.json.version : undefined;
		if (there !== undefined && there > version) {
			const what = `version ${there}`;
			throw new SocktermError(options.unusable, {path, what});
		}

		const result = v.safeParse(options.schema, found.json);
		if (!result.success || there !== version) {
			throw new SocktermError(options.damaged, {path: await setAside(path)});
		}

		return result.output;
	};

	return {
		async load() {
			try {
				return await read();
			} catch (error) {
				throw unusable(error);
			}
		},
		async save(content) {
			try {
				const text = JSON.stringify({version, ...content}, undefined, '\t');
				await writeWhole(path, `${text}\n`);
			} catch (error) {
				throw unusable(error);
			}
		},
	};
}

const versionOf = v.object({version: v.number()});

async function readJson(
	path: string,
	maxBytes: number,
): Promise<'missing' | {readonly json: unknown}> {
	let file;
	try {
		// Non-blocking, so that a FIFO planted there cannot hold us up.
		file = await open(
			path,
			constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
		);
	} catch (error) {
		if (errnoOf(error) === 'ENOENT') return 'missing';
		throw error;
	}

	try {
		const status = await file.stat();
		if (!status.isFile() || status.size > maxBytes) return {json: undefined};
		return {json: parse(await file.readFile('utf8'))};
	} finally {
		await file.close();
	}
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
