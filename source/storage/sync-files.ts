/** The synchronous system calls by which the file thread saves small files, as one interface, so that a test can make any of them fail. */
import * as fs from 'node:fs';
import {promisify} from 'node:util';

export interface SyncFiles {
	open(path: string, flags: number, mode: number): number;
	/** Gives the count, which may be short. */
	write(fd: number, bytes: Uint8Array): number;
	futimes(fd: number, atMs: number, mtimeMs: number): void;
	fdatasync(fd: number): void;
	/** The same by a thread of the pool. */
	fdatasyncAside(fd: number): Promise<void>;
	fsync(fd: number): void;
	fstat(fd: number): fs.BigIntStats;
	lstat(path: string): fs.BigIntStats;
	link(from: string, to: string): void;
	unlink(path: string): void;
	close(fd: number): void;
}

const exact = {bigint: true} as const;

export const nodeSyncFiles: SyncFiles = {
	open: fs.openSync,
	write: (fd, bytes) => fs.writeSync(fd, bytes),
	futimes: (fd, atMs, mtimeMs) =>
		fs.futimesSync(fd, atMs / 1000, mtimeMs / 1000),
	fdatasync: fs.fdatasyncSync,
	fdatasyncAside: promisify(fs.fdatasync),
	fsync: fs.fsyncSync,
	fstat: fd => fs.fstatSync(fd, exact),
	lstat: path => fs.lstatSync(path, exact),
	link: fs.linkSync,
	unlink: fs.unlinkSync,
	close: fs.closeSync,
};
