/**
 * A file that is appended to and put aside when it is full: `log` becomes
 * `log.1`, that `log.2`, and the oldest goes. Decides when; what stands in the
 * lines is left to the engine.
 *
 * Invariants: lines are never cut over two files; only a regular file is
 * appended to; it can be read by its owner alone.
 */
import {constants} from 'node:fs';
import {SocktermError} from '../errors.js';
import type {LogFile, LogFiles} from '../engine/ports.js';
import {errnoOf} from './storage-errors.js';
import {nodeFiles, writeAll, type StorageFiles} from './storage-files.js';

const ownerOnly = 0o600;

export interface LogLimits {
	readonly logFileBytes: number;
	readonly logFilesKept: number;
}

function toLogError(path: string, cause: unknown): SocktermError {
	const what =
		cause instanceof SocktermError
			? (cause.info.details['what'] ?? cause.info.code)
			: (errnoOf(cause) ?? 'unknown');
	return new SocktermError('logFailed', {path, what}, {cause});
}

class RotatingLog implements LogFile {
	readonly #files: StorageFiles;
	readonly #path: string;
	readonly #limits: LogLimits;
	#fd: number | undefined;
	#sizeBytes = 0;

	constructor(files: StorageFiles, path: string, limits: LogLimits) {
		this.#files = files;
		this.#path = path;
		this.#limits = limits;
	}

	async open(): Promise<void> {
		const {O_WRONLY, O_CREAT, O_APPEND, O_NONBLOCK} = constants;
		// A pipe that nobody reads must not hold the engine up.
		const flags = O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK;
		const fd = await this.#files.open(this.#path, flags, ownerOnly);
		const facts = await this.#files.fstat(fd);
		if (!facts.isFile()) {
			await this.#files.close(fd);
			throw new SocktermError('logFailed', {path: this.#path, what: 'EINVAL'});
		}

		this.#fd = fd;
		this.#sizeBytes = Number(facts.size);
	}

	async append(lines: string): Promise<void> {
		const bytes = Buffer.from(lines);
		try {
			const isFull = this.#sizeBytes + bytes.length > this.#limits.logFileBytes;
			if (isFull && this.#sizeBytes > 0) await this.#rotate();
			await writeAll(this.#files, this.#fd!, bytes);
			this.#sizeBytes += bytes.length;
		} catch (cause) {
			throw toLogError(this.#path, cause);
		}
	}

	async close(): Promise<void> {
		const fd = this.#fd;
		if (fd === undefined) return;
		this.#fd = undefined;
		await this.#files.fdatasync(fd).catch(() => undefined);
		await this.#files.close(fd).catch(() => undefined);
	}

	async #rotate(): Promise<void> {
		await this.close();
		for (let number = this.#limits.logFilesKept; number >= 1; number--) {
			const from = number === 1 ? this.#path : `${this.#path}.${number - 1}`;
			try {
				await this.#files.rename(from, `${this.#path}.${number}`);
			} catch (error) {
				if (errnoOf(error) !== 'ENOENT') throw error;
			}
		}

		await this.open();
	}
}

export function createLogFiles(
	limits: LogLimits,
	files: StorageFiles = nodeFiles,
): LogFiles {
	return {
		async open(path) {
			const log = new RotatingLog(files, path, limits);
			try {
				await log.open();
			} catch (cause) {
				throw toLogError(path, cause);
			}

			return log;
		},
	};
}
