import {randomBytes} from 'node:crypto';
import {PassThrough, Writable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {describe, expect, test} from 'vitest';
import type {
	PeerId,
	PlannedEntry,
	SafeName,
} from '../../source/engine/ports.js';
import type {ErrorInfo} from '../../source/errors.js';
import {createHasher} from '../../source/storage/hasher.js';
import {createStdoutFolder} from '../../source/storage/stdout-folder.js';

const peerId = 'ab'.repeat(32) as PeerId;

const planned = (
	name: string,
	kind: PlannedEntry['kind'] = 'file',
): PlannedEntry => ({
	kind,
	suggested: [name],
	path: [name as SafeName],
	sizeBytes: 5,
	mtimeMs: 0,
});

async function digestOf(...pieces: Uint8Array[]): Promise<Uint8Array> {
	const hasher = await createHasher();
	for (const piece of pieces) hasher.update(piece);
	return hasher.digest();
}

function openOn(stream: Writable, ...names: string[]) {
	const folder = createStdoutFolder(stream);
	const entries = names.map(name => planned(name));
	return {folder, delivery: folder.openDelivery(peerId, entries)};
}

/** An output whose reader takes nothing until it is told to, and then all. */
class Slow extends Writable {
	readonly taken: Uint8Array[] = [];
	#waiting: (() => void) | undefined;
	#isOpen = false;

	constructor() {
		super({highWaterMark: 1});
	}

	override _write(
		chunk: Uint8Array,
		_encoding: string,
		callback: () => void,
	): void {
		this.taken.push(chunk);
		if (this.#isOpen) callback();
		else this.#waiting = callback;
	}

	open() {
		this.#isOpen = true;
		this.#waiting?.();
	}
}

const broken = (code: string) =>
	new Writable({
		write(_chunk, _encoding, callback) {
			callback(Object.assign(new Error(code), {code}));
		},
	});

const code = (expected: string): unknown =>
	expect.objectContaining({
		info: expect.objectContaining({code: expected}) as unknown,
	});

describe('what is written', () => {
	test('is what came, in order, and published once all of it is taken', async () => {
		const output = new PassThrough();
		const read = buffer(output);
		const {delivery} = openOn(output, 'a.bin');
		const part = await delivery.createPart(0, 0);
		const pieces = [randomBytes(3), randomBytes(70_000), randomBytes(1)];
		for (const piece of pieces) part.write(piece);
		const published = await part.publish(await digestOf(...pieces));
		expect(published).toEqual({path: ['a.bin'], existed: false});
		await delivery.close();
		output.end();
		expect(await read).toEqual(Buffer.concat(pieces));
	});

	test('is a copy: the caller may use its bytes again', async () => {
		const output = new Slow();
		const {delivery} = openOn(output, 'a');
		const part = await delivery.createPart(0, 0);
		const bytes = Uint8Array.of(1, 2, 3);
		part.write(bytes);
		part.write(bytes);
		const digest = await digestOf(bytes, bytes);
		bytes.fill(9);
		const publishing = part.publish(digest);
		output.open();
		await publishing;
		expect(output.taken.map(piece => [...piece])).toEqual([
			[1, 2, 3],
			[1, 2, 3],
		]);
	});

	test('nothing at all is a file, too', async () => {
		const {delivery} = openOn(new PassThrough(), 'empty');
		const part = await delivery.createPart(0, 0);
		await part.publish(await digestOf());
		await delivery.close();
	});

	test('waits for the reader, and says how much waits', async () => {
		const output = new Slow();
		const {delivery} = openOn(output, 'a');
		const part = await delivery.createPart(0, 0);
		const seen: number[] = [];
		part.onProgress(() => seen.push(part.queuedBytes()));
		part.write(new Uint8Array(10));
		part.write(new Uint8Array(5));
		expect(part.queuedBytes()).toBe(15);
		let isPublished = false;
		const publishing = part
			.publish(await digestOf(new Uint8Array(15)))
			.then(() => {
				isPublished = true;
			});
		await delivery.held(0);
		expect(isPublished).toBe(false);
		output.open();
		await publishing;
		expect(seen).toEqual([5, 0]);
	});

	test('one part comes after the other', async () => {
		const output = new PassThrough();
		const read = buffer(output);
		const {delivery} = openOn(output, 'a', 'b');
		const first = await delivery.createPart(0, 0);
		let second: Awaited<ReturnType<typeof delivery.createPart>> | undefined;
		const creating = delivery.createPart(1, 0).then(part => {
			second = part;
			return part;
		});
		first.write(Uint8Array.of(1));
		expect(second).toBeUndefined();
		await first.publish(await digestOf(Uint8Array.of(1)));
		const part = await creating;
		part.write(Uint8Array.of(2));
		await part.publish(await digestOf(Uint8Array.of(2)));
		output.end();
		expect([...(await read)]).toEqual([1, 2]);
	});
});

describe('what goes wrong', () => {
	test('another digest fails it, and nothing follows', async () => {
		const output = new PassThrough().resume();
		const {delivery} = openOn(output, 'a', 'b');
		const part = await delivery.createPart(0, 0);
		part.write(Uint8Array.of(1));
		await expect(part.publish(await digestOf())).rejects.toEqual(
			code('digestMismatch'),
		);
		await expect(delivery.createPart(1, 0)).rejects.toEqual(
			code('streamBroken'),
		);
		await delivery.close();
	});

	test.each(['EPIPE', 'EIO'])('a reader that is gone (%s)', async errno => {
		const {delivery} = openOn(broken(errno), 'a', 'b');
		const part = await delivery.createPart(0, 0);
		const failed = new Promise<ErrorInfo>(resolve => {
			part.onFailed(resolve);
		});
		part.write(Uint8Array.of(1));
		expect(await failed).toMatchObject({
			code: 'outputFailed',
			details: {what: errno},
		});
		// It does not hold the sender up any more.
		part.write(Uint8Array.of(2));
		expect(part.queuedBytes()).toBe(0);
		await expect(part.publish(await digestOf())).rejects.toEqual(
			code('outputFailed'),
		);
		await expect(delivery.createPart(1, 0)).rejects.toEqual(
			code('outputFailed'),
		);
		await delivery.close();
	});

	test('after half a file nothing is written any more; before its first byte it may begin again', async () => {
		const output = new PassThrough().resume();
		const {folder, delivery} = openOn(output, 'a');
		const untouched = await delivery.createPart(0, 0);
		await untouched.suspend();
		await untouched.discard();
		await delivery.close();

		const again = folder.openDelivery(peerId, [planned('a')]);
		const half = await again.createPart(0, 0);
		half.write(Uint8Array.of(1));
		await half.suspend();
		half.write(Uint8Array.of(2));
		await again.close();
		await expect(
			folder.openDelivery(peerId, [planned('a')]).createPart(0, 0),
		).rejects.toEqual(code('streamBroken'));
	});

	test('a part that is thrown away while it is published is not published', async () => {
		const output = new Slow();
		const {delivery} = openOn(output, 'a');
		const part = await delivery.createPart(0, 0);
		part.write(Uint8Array.of(1));
		const publishing = part.publish(await digestOf(Uint8Array.of(1)));
		await part.discard();
		await expect(publishing).rejects.toEqual(code('cancelled'));
		await delivery.close();
	});

	test('a folder, and what was not wanted, is no part', async () => {
		const folder = createStdoutFolder(new PassThrough());
		const delivery = folder.openDelivery(peerId, [
			planned('x', 'folder'),
			undefined,
		]);
		for (const entry of [0, 1]) {
			await expect(delivery.createPart(entry, 0)).rejects.toEqual(
				code('outputFailed'),
			);
		}

		await delivery.close();
	});
});

test('it has nothing, keeps nothing and plans names as a folder does', async () => {
	const folder = createStdoutFolder(new PassThrough());
	const entries = [planned('a'), undefined];
	expect(await folder.survey(peerId, entries)).toEqual([undefined, undefined]);
	expect(await folder.openDelivery(peerId, entries).held(0)).toBeUndefined();
	expect(await folder.listPartials()).toEqual([]);
	await expect(folder.deletePartial('x' as never)).rejects.toEqual(
		code('noSuchPartial'),
	);
	await folder.sweep();
	expect(await folder.freeBytes()).toBeGreaterThan(1e15);
	expect(folder.planNames([{kind: 'stream', path: ['..']}])).toMatchObject([
		{ok: false},
	]);
});
