import {
	link,
	readdir,
	readFile,
	stat,
	truncate,
	unlink,
	writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {HeldContent} from '../../source/engine/ports.js';
import {limits} from '../../source/limits.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {
	blake3,
	createPart,
	deliverOne,
	errorOf,
	expectContent,
	faultyFiles,
	leavePartial,
	move,
	otherPeer,
	peer,
	planned,
	sentAt,
	temporaryFolder,
	treeOf,
} from './helpers.js';

const block = limits.blockBytes;
const contentOf = (sizeBytes: number) =>
	Buffer.from(
		Uint8Array.from({length: sizeBytes}, (_, index) => (index * 31) % 251),
	);
const content = contentOf(4 * block + 77);

async function empty() {
	const path = await temporaryFolder();
	return {path, folder: createReceiveFolder(path)};
}

const partsOf = async (path: string) =>
	(await readdir(join(path, '.sockterm-parts')))
		.filter(name => name.endsWith('.part'))
		.map(name => join(path, '.sockterm-parts', name));

const hashesOf = (held: HeldContent | undefined) => {
	if (held?.kind !== 'partial') throw new Error('nothing is held');
	return Array.from({length: held.hashes.length / 32}, (_, index) =>
		held.hashes.subarray(index * 32, index * 32 + 32),
	);
};

describe('a broken transfer goes on', () => {
	it.each([0, 1, block - 1, block, block + 1, 3 * block, 3 * block + 9])(
		'after %i bytes',
		async lengthBytes => {
			const {path, folder} = await empty();
			const part = await createPart(folder, 'a', content.length);
			part.write(content.subarray(0, lengthBytes));
			await part.suspend();
			await part.suspend();
			const names = await treeOf(path);
			// What was queued is lost; less than a block is not kept.
			if (lengthBytes < block) expect(names).toEqual([]);
			const delivery = deliverOne(folder, 'a', content.length);
			const {heldBytes, published} = await move(delivery, 0, content);
			await delivery.close();
			expect(heldBytes % block).toBe(0);
			expect(heldBytes).toBeLessThanOrEqual(lengthBytes);
			expect(published).toEqual({path: ['a'], existed: false});
			await expectContent(join(path, 'a'), content);
			expect((await stat(join(path, 'a'))).mtimeMs).toBe(sentAt);
			expect(await treeOf(path)).toEqual(['a']);
		},
	);

	it('with all that was on the disk', async () => {
		const {path, folder} = await empty();
		await leavePartial(
			folder,
			'a',
			content.length,
			content.subarray(0, 3 * block + 9),
		);
		expect((await stat((await partsOf(path))[0]!)).mode & 0o777).toBe(0o600);
		expect(await folder.listPartials()).toMatchObject([
			{
				peerId: peer,
				suggested: ['a'],
				sizeBytes: content.length,
				heldBytes: 3 * block,
			},
		]);
		const delivery = deliverOne(folder, 'a', content.length);
		expect((await move(delivery, 0, content)).heldBytes).toBe(3 * block);
		await delivery.close();
	});

	it('also where only its end is missing, or nothing', async () => {
		for (const sizeBytes of [2 * block, 2 * block + 1]) {
			const {path, folder} = await empty();
			const whole = contentOf(sizeBytes);
			await leavePartial(folder, 'a', sizeBytes, whole);
			const delivery = deliverOne(folder, 'a', sizeBytes);
			expect((await move(delivery, 0, whole)).heldBytes).toBe(sizeBytes);
			await delivery.close();
			await expectContent(join(path, 'a'), whole);
		}
	});

	it.each([block, block + 1, 2 * block, 3 * block - 1])(
		'with a shorter file of %i bytes over a longer partial',
		async sizeBytes => {
			const {path, folder} = await empty();
			await leavePartial(
				folder,
				'a',
				content.length,
				content.subarray(0, 3 * block),
			);
			const shorter = contentOf(sizeBytes);
			const delivery = deliverOne(folder, 'a', sizeBytes, {mtimeMs: 1});
			expect((await move(delivery, 0, shorter)).heldBytes).toBe(sizeBytes);
			await delivery.close();
			await expectContent(join(path, 'a'), shorter);
			expect(await treeOf(path)).toEqual(['a']);
		},
	);

	it('with a longer and with another file over a partial', async () => {
		const {path, folder} = await empty();
		await leavePartial(folder, 'a', 2 * block, content.subarray(0, 2 * block));
		const delivery = deliverOne(folder, 'a', content.length);
		expect((await move(delivery, 0, content)).heldBytes).toBe(2 * block);
		await delivery.close();
		await leavePartial(
			folder,
			'b',
			content.length,
			content.subarray(0, 2 * block),
		);
		const other = Buffer.alloc(content.length, 'other');
		const second = deliverOne(folder, 'b', other.length);
		expect((await move(second, 0, other)).heldBytes).toBe(0);
		await second.close();
		await expectContent(join(path, 'b'), other);
		expect(await treeOf(path)).toEqual(['a', 'b']);
	});

	it('and one bit that changed meanwhile is found, in its block alone', async () => {
		const {path, folder} = await empty();
		await leavePartial(
			folder,
			'a',
			content.length,
			content.subarray(0, 4 * block),
		);
		const [file = ''] = await partsOf(path);
		const bytes = await readFile(file);
		bytes[2 * block + 4_711]! ^= 4;
		await writeFile(file, bytes);
		const delivery = deliverOne(folder, 'a', content.length);
		const hashes = hashesOf(await delivery.held(0));
		const differs = [];
		for (const [index, hash] of hashes.entries()) {
			const own = content.subarray(index * block, (index + 1) * block);
			differs.push(!Buffer.from(hash).equals(await blake3(own)));
		}

		expect(differs).toEqual([false, false, true, false]);
		expect((await move(delivery, 0, content)).heldBytes).toBe(3 * block);
		await delivery.close();
		await expectContent(join(path, 'a'), content);
	});

	it('but not with bytes that changed after they were compared', async () => {
		const {path, folder} = await empty();
		await leavePartial(
			folder,
			'a',
			content.length,
			content.subarray(0, 4 * block),
		);
		const delivery = deliverOne(folder, 'a', content.length);
		await delivery.held(0);
		const part = await delivery.createPart(0, 4 * block);
		const [file = ''] = await partsOf(path);
		const bytes = await readFile(file);
		bytes[1]! ^= 1;
		await writeFile(file, bytes);
		part.skip(4 * block);
		part.write(content.subarray(4 * block));
		const error = await errorOf(part.publish(await blake3(content)));
		expect(error.code).toBe('digestMismatch');
		await delivery.close();
		expect(await treeOf(path)).toEqual([]);
	});

	it('blocks that cannot be read are sent again', async () => {
		const {path, folder} = await empty();
		await leavePartial(
			folder,
			'a',
			content.length,
			content.subarray(0, 3 * block),
		);
		// The first read is the journal's.
		const files = faultyFiles((call, _, nth) =>
			call === 'read' && nth === 2 ? 'EIO' : undefined,
		);
		const delivery = deliverOne(
			createReceiveFolder(path, files),
			'a',
			content.length,
		);
		const hashes = hashesOf(await delivery.held(0));
		expect(hashes.map(hash => hash.every(byte => byte === 0))).toEqual([
			false,
			true,
			false,
		]);
		await delivery.close();
	});

	it('where it was found and not used, it is there for the next one', async () => {
		const {folder} = await empty();
		await leavePartial(
			folder,
			'a',
			content.length,
			content.subarray(0, 2 * block),
		);
		const first = deliverOne(folder, 'a', content.length);
		expect(hashesOf(await first.held(0))).toHaveLength(2);
		// While it is set aside it is nobody else's.
		expect(await folder.listPartials()).toEqual([]);
		const second = deliverOne(folder, 'a', content.length);
		expect(await second.held(0)).toBeUndefined();
		await second.close();
		await first.close();
		const third = deliverOne(folder, 'a', content.length);
		expect((await move(third, 0, content)).heldBytes).toBe(2 * block);
		await third.close();
	});

	it('again and again', async () => {
		const {path, folder} = await empty();
		for (let count = 1; count <= 3; count++) {
			const delivery = deliverOne(folder, 'a', content.length);
			const held = await delivery.held(0);
			const heldBytes = (count - 1) * block;
			expect(held ? hashesOf(held) : []).toHaveLength(count - 1);
			const part = await delivery.createPart(0, heldBytes);
			const written = new Promise<void>(resolve => {
				part.onProgress(resolve);
			});
			part.skip(heldBytes);
			part.write(content.subarray(heldBytes, heldBytes + block));
			await written;
			await part.suspend();
			await delivery.close();
		}

		const delivery = deliverOne(folder, 'a', content.length);
		expect((await move(delivery, 0, content)).heldBytes).toBe(3 * block);
		await delivery.close();
		await expectContent(join(path, 'a'), content);
		expect(await treeOf(path)).toEqual(['a']);
	});
});

describe('what is left of a broken transfer', () => {
	it('is invisible to another peer, and to another path', async () => {
		const {folder} = await empty();
		await leavePartial(
			folder,
			'a',
			content.length,
			content.subarray(0, 2 * block),
		);
		const [mine, elsewhere] = ['a', 'b'].map(name =>
			planned(folder, name, content.length),
		);
		for (const [id, entry] of [
			[otherPeer, mine],
			[peer, elsewhere],
		] as const) {
			expect(await folder.survey(id, [entry])).toEqual([undefined]);
			const delivery = folder.openDelivery(id, [entry]);
			expect(await delivery.held(0)).toBeUndefined();
			await delivery.close();
		}

		expect(await folder.survey(peer, [mine])).toEqual([
			{kind: 'partial', heldBytes: 2 * block},
		]);
	});

	it('goes to one of those who race for it', async () => {
		const {path, folder} = await empty();
		await leavePartial(
			folder,
			'a',
			content.length,
			content.subarray(0, 3 * block),
		);
		// Two objects for one folder, as two transfers have.
		const folders = [folder, createReceiveFolder(path)];
		const moved = await Promise.all(
			folders.map(async each => {
				const delivery = deliverOne(each, 'a', content.length);
				const result = await move(delivery, 0, content);
				await delivery.close();
				return result;
			}),
		);
		const held = new Set(moved.map(({heldBytes}) => heldBytes));
		expect(held).toEqual(new Set([0, 3 * block]));
		const names = moved.map(({published}) => published.path.join('/')).sort();
		expect(names).toEqual(['a', 'a (1)']);
		for (const name of names) await expectContent(join(path, name), content);
		expect(await treeOf(path)).toEqual(['a', 'a (1)'].sort());
	});

	it('of the same size and time is preferred, and then the newest', async () => {
		const {folder} = await empty();
		const leave = async (sizeBytes: number, bytes: number, mtimeMs: number) =>
			leavePartial(folder, 'a', sizeBytes, content.subarray(0, bytes), mtimeMs);
		const exact = createReceiveFolder(await temporaryFolder());
		expect(await exact.listPartials()).toEqual([]);
		await leave(content.length, 3 * block, 1);
		await leave(content.length, 2 * block, 2);
		await leave(3 * block, block, 2);
		const heldOf = async (mtimeMs: number) => {
			const entry = planned(folder, 'a', content.length, {mtimeMs});
			const [presence] = await folder.survey(peer, [entry]);
			return presence?.kind === 'partial' ? presence.heldBytes : 0;
		};

		expect(await heldOf(1)).toBe(3 * block);
		expect(await heldOf(2)).toBe(2 * block);
		expect(await heldOf(3)).toBe(block);
	});

	it('is not used where it has another name too, or is cut to less than a block', async () => {
		const {path, folder} = await empty();
		await leavePartial(
			folder,
			'a',
			content.length,
			content.subarray(0, 2 * block),
		);
		const [file = ''] = await partsOf(path);
		await link(file, join(path, 'other name'));
		const delivery = deliverOne(folder, 'a', content.length);
		expect(await delivery.held(0)).toBeUndefined();
		await delivery.close();
		await unlink(join(path, 'other name'));
		await truncate(file, block - 1);
		expect(await folder.listPartials()).toEqual([]);
		await folder.sweep();
		expect(await treeOf(path)).toEqual([]);
	});

	it('is deleted where the digest is another one, or it is discarded', async () => {
		const {path, folder} = await empty();
		for (const end of ['publish', 'discard'] as const) {
			await leavePartial(
				folder,
				'a',
				content.length,
				content.subarray(0, 2 * block),
			);
			const delivery = deliverOne(folder, 'a', content.length);
			await delivery.held(0);
			const part = await delivery.createPart(0, 2 * block);
			part.skip(2 * block);
			part.write(Buffer.alloc(content.length - 2 * block));
			if (end === 'discard') await part.discard();
			else await errorOf(part.publish(await blake3(content)));
			await delivery.close();
			expect(await treeOf(path)).toEqual([]);
		}
	});
});
