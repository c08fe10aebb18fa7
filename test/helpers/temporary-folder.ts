import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export interface TemporaryFolder {
	readonly path: string;
	remove(): void;
}

/** A new empty folder (under `parent`, or the system's), gone after `remove()`. */
export function createTemporaryFolder(parent = tmpdir()): TemporaryFolder {
	const path = mkdtempSync(join(parent, 'sockterm-test-'));
	return {
		path,
		remove() {
			rmSync(path, {recursive: true, force: true, maxRetries: 3});
		},
	};
}
