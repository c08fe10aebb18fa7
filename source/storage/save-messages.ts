/** What is said to the file thread of small files to be saved, and what comes back. */
/** Paths are those for system calls. */
export interface FileToSave {
	/** Its random name in the sub-folder. */
	readonly part: string;
	/** The name that it is to get, free as far as is known. */
	readonly target: string;
	/** The open folder of that name; missing where the system has no such thing. */
	readonly folderFd: number | undefined;
	readonly sizeBytes: number;
	readonly mtimeMs: number;
}

/** In columns: a message of objects costs several times as much to pass on. */
export interface FilesToSave {
	/** Of each file its part and its target. */
	readonly paths: readonly string[];
	/** Of each file its folder, size and time; -1 for a folder that is missing. */
	readonly numbers: Float64Array<ArrayBuffer>;
	/** Of each file its bytes and the digest that they must have; one file behind the other. */
	readonly bytes: Uint8Array<ArrayBuffer>;
}

export function toColumns(
	files: readonly FileToSave[],
): Pick<FilesToSave, 'paths' | 'numbers'> {
	const paths: string[] = [];
	const numbers = new Float64Array(3 * files.length);
	for (const [index, file] of files.entries()) {
		const {part, target, folderFd = -1, sizeBytes, mtimeMs} = file;
		paths.push(part, target);
		numbers.set([folderFd, sizeBytes, mtimeMs], 3 * index);
	}

	return {paths, numbers};
}

export function* fromColumns({
	paths,
	numbers,
}: FilesToSave): Generator<FileToSave> {
	for (let index = 0; 2 * index < paths.length; index++) {
		const folderFd = numbers[3 * index]!;
		yield {
			part: paths[2 * index]!,
			target: paths[2 * index + 1]!,
			folderFd: folderFd < 0 ? undefined : folderFd,
			sizeBytes: numbers[3 * index + 1]!,
			mtimeMs: numbers[3 * index + 2]!,
		};
	}
}

export interface SaveFailure {
	/** What the system says, or `differs`: the bytes have another digest. */
	readonly errno: string;
	/** It is not to be tried again: it differs, or could not be made durable. */
	readonly isFinal: boolean;
}

/** By its place among those asked for; the others are saved. */
export type SaveFailures = ReadonlyMap<number, SaveFailure>;

export const differs = 'differs';
