/** Where the parts of a benchmark work, and the files that they move. */
import {
	closeSync,
	mkdirSync,
	openSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import {randomBytes} from 'node:crypto';
import {dirname, join} from 'node:path';

export interface Ground {
	/** On a memory file system where there is one. */
	readonly folder: string;
	readonly runs: number;
	/** The size of the big file. */
	readonly bigBytes: number;
}

export const MiB = 1024 * 1024;

/** A file of random bytes; made once. */
export function bigFile({folder}: Ground, name: string, bytes: number): string {
	const path = join(folder, name);
	const chunk = randomBytes(Math.min(bytes, 64 * MiB));
	const target = openSync(path, 'w');
	for (let left = bytes; left > 0; left -= chunk.length) {
		writeSync(target, chunk, 0, Math.min(left, chunk.length));
	}
	closeSync(target);
	return path;
}

/** A folder with `count` files of `bytes` each, a hundred in each folder below it. */
export function smallFiles(
	{folder}: Ground,
	name: string,
	count: number,
	bytes: number,
): string {
	const path = join(folder, name);
	for (let index = 0; index < count; index++) {
		const file = join(path, `part-${Math.floor(index / 100)}`, `${index}.bin`);
		if (index % 100 === 0) mkdirSync(dirname(file), {recursive: true});
		writeFileSync(file, randomBytes(bytes));
	}

	return path;
}
