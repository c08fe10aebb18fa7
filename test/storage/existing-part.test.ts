import {stat, unlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {
	blake3,
	createPart,
	deliverOne,
	errorOf,
	expectContent,
	receive,
	temporaryFolder,
	treeOf,
} from './helpers.js';

const block = limits.blockBytes;
const contentOf = (sizeBytes: number) => Buffer.alloc(sizeBytes, 'existing');
const content = contentOf(4 * block + 77);

async function emptyFolder() {
	const path = await temporaryFolder();
	return {path, folder: createReceiveFolder(path)};
}

describe('a stream', () => {
	it('has the length that it has, and is not kept when it breaks off', async () => {
		const {path, folder} = await emptyFolder();
		const part = await createPart(folder, 's', 0, {kind: 'stream'});
		part.write(content);
		part.write(content);
		const whole = Buffer.concat([content, content]);
		await part.publish(await blake3(whole));
		await expectContent(join(path, 's'), whole);
		const broken = await createPart(folder, 't', 0, {kind: 'stream'});
		broken.write(content);
		await broken.suspend();
		expect(await treeOf(path)).toEqual(['s']);
	});
});

describe('a file that is there already', () => {
	const existing = async (there: Buffer, sent: Buffer) => {
		const {path, folder} = await emptyFolder();
		await writeFile(join(path, 'a'), there);
		const delivery = deliverOne(folder, 'a', sent.length);
		const held = await delivery.held(0);
		return {path, folder, delivery, held};
	};

	it.each([0, 5, 2 * block + 1])(
		'of %i bytes is taken for it',
		async sizeBytes => {
			const sent = contentOf(sizeBytes);
			const {path, delivery, held} = await existing(sent, sent);
			expect(held).toEqual({kind: 'similar'});
			const {ino, mtimeMs} = await stat(join(path, 'a'));
			const part = await delivery.createPart(0, 'existing');
			part.skip(sizeBytes);
			expect(await part.publish(await blake3(sent))).toEqual({
				path: ['a'],
				existed: true,
			});
			await part.discard();
			await delivery.close();
			expect(await stat(join(path, 'a'))).toMatchObject({ino, mtimeMs});
			expect(await treeOf(path)).toEqual(['a']);
		},
	);

	it('is left alone where it is another one, has changed or has gone', async () => {
		const sent = contentOf(5);
		const other = Buffer.from('other');
		const changes: Array<(path: string) => Promise<void>> = [
			async path => writeFile(join(path, 'a'), other),
			async path => writeFile(join(path, 'a'), ''),
			async path => unlink(join(path, 'a')),
		];
		for (const change of changes) {
			const {path, delivery} = await existing(sent, sent);
			await change(path);
			const before = await treeOf(path);
			const part = await delivery.createPart(0, 'existing');
			part.skip(5);
			const error = await errorOf(part.publish(await blake3(sent)));
			expect(error.code).toBe('digestMismatch');
			await delivery.close();
			expect(await treeOf(path)).toEqual(before);
		}
	});

	it('gets nothing written, and its transfer can be broken off', async () => {
		const sent = contentOf(5);
		const {path, delivery} = await existing(sent, sent);
		const part = await delivery.createPart(0, 'existing');
		const failed = new Promise(resolve => {
			part.onFailed(resolve);
		});
		part.write(Buffer.from('x'));
		expect(await failed).toMatchObject({code: 'digestMismatch'});
		await part.suspend();
		await delivery.close();
		await expectContent(join(path, 'a'), sent);
	});

	it('that has gone before its part is made is told so', async () => {
		const {folder} = await emptyFolder();
		await receive(folder, 'b', contentOf(3));
		const delivery = deliverOne(folder, 'a', 3);
		expect(await delivery.held(0)).toBeUndefined();
		const error = await errorOf(delivery.createPart(0, 'existing'));
		expect(error.code).toBe('digestMismatch');
		await delivery.close();
	});
});
