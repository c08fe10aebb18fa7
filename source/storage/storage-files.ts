/**
 * The system calls that storage is made of, as one small interface, so that a
 * test can make any of them fail. Files are plain descriptors: a `FileHandle`
 * costs more for each call and closes itself when it is forgotten.
 */
import * as fs from 'node:fs';
import {promisify} from 'node:util';
import {SocktermError} from '../errors.js';

export interface StorageFiles {
	mkdir(path: string, mode: number): Promise<void>;
	rmdir(path: string): Promise<void>;
	readdir(path: string): Promise<string[]>;
	/** Rejects unless this process may use the path in the ways of `mode`. */
	access(path: string, mode: number): Promise<void>;
	/** Free bytes for unprivileged use on the path's file system. */
	freeBytes(path: string): Promise<number>;
	stat(path: string): Promise<fs.BigIntStats>;
	lstat(path: string): Promise<fs.BigIntStats>;
	open(path: string, flags: number, mode?: number): Promise<number>;
	close(fd: number): Promise<void>;
	fstat(fd: number): Promise<fs.BigIntStats>;
	/** Reads into the whole of `into` from `position`; gives the count, 0 at the end. */
	read(fd: number, into: Uint8Array, position: number): Promise<number>;
	/** Writes at `position`, or at the file's own; gives the count, which may be short. */
	write(fd: number, bytes: Uint8Array, position?: number): Promise<number>;
	ftruncate(fd: number, sizeBytes: number): Promise<void>;
	futimes(fd: number, atMs: number, mtimeMs: number): Promise<void>;
	fchmod(fd: number, mode: number): Promise<void>;
	fdatasync(fd: number): Promise<void>;
	fsync(fd: number): Promise<void>;
	link(from: string, to: string): Promise<void>;
	rename(from: string, to: string): Promise<void>;
	unlink(path: string): Promise<void>;
}

const mkdir = promisify(fs.mkdir);
const readdir = promisify(fs.readdir);
const statfs = promisify(fs.statfs);
const stat = promisify(fs.stat);
const lstat = promisify(fs.lstat);
const fstat = promisify(fs.fstat);
const futimes = promisify(fs.futimes);

export const nodeFiles: StorageFiles = {
	async mkdir(path, mode) {
		await mkdir(path, mode);
	},
	rmdir: promisify(fs.rmdir),
	readdir: async path => readdir(path),
	access: promisify(fs.access),
	async freeBytes(path) {
		const {bavail, bsize, blocks} = await statfs(path);
		// Some file systems (FUSE) do not know; then only a write tells.
		return blocks === 0 ? Number.MAX_SAFE_INTEGER : bavail * bsize;
	},
	stat: async path => stat(path, {bigint: true}),
	lstat: async path => lstat(path, {bigint: true}),
	open: promisify(fs.open),
	close: promisify(fs.close),
	fstat: async fd => fstat(fd, {bigint: true}),
	read: async (fd, into, position) =>
		new Promise((resolve, reject) => {
			fs.read(fd, into, 0, into.length, position, (error, count) => {
				if (error) reject(error);
				else resolve(count);
			});
		}),
	write: async (fd, bytes, position) =>
		new Promise((resolve, reject) => {
			fs.write(fd, bytes, 0, bytes.length, position, (error, count) => {
				if (error) reject(error);
				else resolve(count);
			});
		}),
	ftruncate: promisify(fs.ftruncate),
	futimes: async (fd, atMs, mtimeMs) =>
		futimes(fd, atMs / 1000, mtimeMs / 1000),
	fchmod: promisify(fs.fchmod),
	fdatasync: promisify(fs.fdatasync),
	fsync: promisify(fs.fsync),
	link: promisify(fs.link),
	rename: promisify(fs.rename),
	unlink: promisify(fs.unlink),
};

/** Writes every byte, in as many calls as it takes. */
export async function writeAll(
	files: StorageFiles,
	fd: number,
	bytes: Uint8Array,
): Promise<void> {
	for (let start = 0; start < bytes.length;)
		start += await writeSome(files, fd, bytes.subarray(start));
}

/** Writes at least one byte; gives how many. */
export async function writeSome(
	files: StorageFiles,
	fd: number,
	bytes: Uint8Array,
	position?: number,
): Promise<number> {
	const count = await files.write(fd, bytes, position);
	if (count === 0) throw new SocktermError('storageFailed', {what: 'EIO'});
	return count;
}

/** Fills `into` from `position` as far as the file goes; gives the count. */
export async function readFully(
	files: StorageFiles,
	fd: number,
	into: Uint8Array,
	position: number,
): Promise<number> {
	let filled = 0;
	while (filled < into.length) {
		const count = await files.read(
			fd,
			into.subarray(filled),
			position + filled,
		);
		if (count === 0) break;
		filled += count;
	}

	return filled;
}
