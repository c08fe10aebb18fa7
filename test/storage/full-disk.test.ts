/** A disk that fills up: in a file system of a few MB of our own, and as calls say it. */
import {execFileSync} from 'node:child_process';
import {mkdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import type {PartFile} from '../../source/engine/ports.js';
import type {ErrorInfo} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {nodeFiles} from '../../source/storage/storage-files.js';
import {
	blake3,
	createPart,
	errorOf,
	expectContent,
	faultyFiles,
	systemError,
	temporaryFolder,
	treeOf,
} from './helpers.js';

const mounted: string[] = [];

/** Empty, of so many bytes; undefined where this process may not mount one. */
function mountSmall(path: string, sizeBytes: number): boolean {
	try {
		const options = `size=${sizeBytes},mode=0700`;
		execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], {
			stdio: 'ignore',
		});
		mounted.push(path);
		return true;
	} catch {
		return false;
	}
}

afterEach(() => {
	for (const path of mounted.splice(0))
		execFileSync('umount', ['-l', path], {stdio: 'ignore'});
});

const quick = {...limits, diskRetryMs: 5};
const content = Buffer.alloc(5 * limits.blockBytes + 3, 'content');

/** Resolves with what is said next that is, or is not, of a full disk. */
function watch(part: PartFile) {
	const told: Array<ErrorInfo | undefined> = [];
	let look: () => void = () => undefined;
	part.onBlocked(error => {
		told.push(error);
		look();
	});
	const until = async (isBlocked: boolean) =>
		new Promise<void>(resolve => {
			look = () => {
				if ((told.at(-1) !== undefined) === isBlocked && told.length > 0)
					resolve();
			};

			look();
		});
	return {told, until};
}

describe('a full disk', () => {
	it('of the system is waited for, and the file is whole', async context => {
		const path = await temporaryFolder();
		if (!mountSmall(path, 8 * limits.blockBytes))
			context.skip('this process may not mount a file system');
		const folder = createReceiveFolder(path, nodeFiles, quick);
		const part = await createPart(folder, 'a', content.length);
		const {told, until} = watch(part);
		// It was free when the part was made.
		const others = join(path, 'others');
		await mkdir(others);
		const fills = async () => {
			for (let index = 0; ; index++)
				await writeFile(
					join(others, `${index}`),
					Buffer.alloc(limits.blockBytes / 2),
				);
		};

		await expect(fills()).rejects.toMatchObject({code: 'ENOSPC'});
		part.write(content);
		await until(true);
		expect(told).toHaveLength(1);
		expect(told[0]).toMatchObject({code: 'diskFull', details: {path}});
		expect(told[0]?.details['neededBytes']).toBeGreaterThan(0);
		const publishing = part.publish(await blake3(content));
		await rm(others, {recursive: true});
		await until(false);
		expect((await publishing).path).toEqual(['a']);
		await expectContent(join(path, 'a'), content);
		expect(await treeOf(path)).toEqual(['a']);
	});

	it('of the system with no room for a file at all is waited for, too', async context => {
		const path = await temporaryFolder();
		if (!mountSmall(path, limits.blockBytes))
			context.skip('this process may not mount a file system');
		const folder = createReceiveFolder(path, nodeFiles, quick);
		const part = await createPart(folder, 'a', content.length);
		const {told, until} = watch(part);
		await until(true);
		expect(told[0]?.details).toMatchObject({neededBytes: content.length});
		part.write(content);
		execFileSync('mount', [
			'-o',
			`remount,size=${8 * limits.blockBytes}`,
			path,
		]);
		await until(false);
		await part.publish(await blake3(content));
		await expectContent(join(path, 'a'), content);
	});

	it('is no reason to write a byte twice or to leave one out', async () => {
		const path = await temporaryFolder();
		let isFull = false;
		let room = 700_000;
		const files = {
			...nodeFiles,
			async write(fd: number, bytes: Uint8Array, position?: number) {
				if (room === 0) {
					isFull = !isFull;
					if (!isFull) room = 700_000;
					throw systemError('EDQUOT');
				}

				const some = bytes.subarray(0, room);
				room -= some.length;
				return nodeFiles.write(fd, some, position);
			},
		};
		const folder = createReceiveFolder(path, files, quick);
		const part = await createPart(folder, 'a', content.length);
		const {told} = watch(part);
		part.write(content);
		await part.publish(await blake3(content));
		await expectContent(join(path, 'a'), content);
		expect(told.length).toBeGreaterThan(4);
		expect(told.map(Boolean)).toEqual(told.map((_, index) => index % 2 === 0));
	});

	it.each(['suspend', 'discard'] as const)(
		'is not waited for after %s',
		async end => {
			const path = await temporaryFolder();
			let isFull = false;
			const files = faultyFiles(call =>
				isFull && call === 'write' ? 'ENOSPC' : undefined,
			);
			const folder = createReceiveFolder(path, files, limits);
			const part = await createPart(folder, 'a', content.length);
			const {until} = watch(part);
			const written = new Promise<void>(resolve => {
				part.onProgress(resolve);
			});
			part.write(content.subarray(0, limits.blockBytes));
			await written;
			isFull = true;
			part.write(content.subarray(limits.blockBytes));
			await until(true);
			const publishing = errorOf(part.publish(await blake3(content)));
			await part[end]();
			expect((await publishing).code).toBe('cancelled');
			const kept = await folder.listPartials();
			expect(kept).toHaveLength(end === 'suspend' ? 1 : 0);
		},
	);

	it('that an fdatasync tells is a failure', async () => {
		const path = await temporaryFolder();
		const files = faultyFiles(call =>
			call === 'fdatasync' ? 'ENOSPC' : undefined,
		);
		const folder = createReceiveFolder(path, files, quick);
		const part = await createPart(folder, 'a', content.length);
		part.write(content);
		const error = await errorOf(part.publish(await blake3(content)));
		expect(error).toMatchObject({
			code: 'storageFailed',
			details: {what: 'ENOSPC'},
		});
		expect(await treeOf(path)).toEqual([]);
	});
});

describe('bytes are made durable on the way', () => {
	const calls = async (timing: typeof limits) => {
		const path = await temporaryFolder();
		const files = faultyFiles(() => undefined);
		const folder = createReceiveFolder(path, files, timing);
		const part = await createPart(folder, 'a', content.length);
		return {path, files, part};
	};

	it.each([
		['so many bytes', {durableBytes: limits.blockBytes}],
		['so long', {durableMs: 1}],
	])('after %s', async (_, timing) => {
		const {files, part} = await calls({...limits, ...timing} as typeof limits);
		const synced = () =>
			files.calls.filter(call => call === 'fdatasync').length;
		part.write(content.subarray(0, 2 * limits.blockBytes));
		await expect.poll(synced).toBeGreaterThan(0);
		// The journal and its name with it.
		await expect
			.poll(() => files.calls.filter(call => call === 'fsync').length)
			.toBeGreaterThan(1);
		await part.discard();
	});

	it('and where that fails the part is gone', async () => {
		const path = await temporaryFolder();
		const files = faultyFiles((call, _, nth) =>
			call === 'fdatasync' && nth === 0 ? 'EIO' : undefined,
		);
		const folder = createReceiveFolder(path, files, {...limits, durableMs: 1});
		const part = await createPart(folder, 'a', content.length);
		const failed = new Promise(resolve => {
			part.onFailed(resolve);
		});
		part.write(content.subarray(0, 2 * limits.blockBytes));
		expect(await failed).toMatchObject({code: 'storageFailed'});
		await part.suspend();
		expect(await treeOf(path)).toEqual([]);
	});

	it('and a part that cannot be made durable is not kept', async () => {
		const path = await temporaryFolder();
		const files = faultyFiles(call =>
			call === 'fdatasync' ? 'EIO' : undefined,
		);
		const folder = createReceiveFolder(path, files);
		const part = await createPart(folder, 'a', content.length);
		const written = new Promise<void>(resolve => {
			part.onProgress(resolve);
		});
		part.write(content.subarray(0, 2 * limits.blockBytes));
		await written;
		await part.suspend();
		expect(await treeOf(path)).toEqual([]);
	});
});
