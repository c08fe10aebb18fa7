import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {
	mkdir,
	readdir,
	readFile,
	rename,
	utimes,
	writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {PartialId} from '../../source/engine/ids.js';
import {limits} from '../../source/limits.js';
import {isAlive} from '../../source/storage/part-owner.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {
	blake3,
	createPart,
	deliverOne,
	errorOf,
	leavePartial,
	peer,
	planned,
	temporaryFolder,
	treeOf,
} from './helpers.js';

const block = limits.blockBytes;
const content = Buffer.alloc(2 * block + 5, 'content');

async function empty() {
	const path = await temporaryFolder();
	return {
		path,
		parts: join(path, '.sockterm-parts'),
		folder: createReceiveFolder(path),
	};
}

/** One that is left, and its two names in the sub-folder. */
async function withPartial() {
	const made = await empty();
	await leavePartial(
		made.folder,
		'a',
		content.length,
		content.subarray(0, block),
	);
	const [partial] = await made.folder.listPartials();
	return {...made, id: partial!.id};
}

const startOf = (pid: number) =>
	process.platform === 'linux'
		? readFileSync(`/proc/${pid}/stat`, 'latin1')
				.split(') ')[1]!
				.split(' ')[19]!
		: '0';

/** A process that does nothing until its end is asked for. */
async function bystander() {
	const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	await once(child, 'spawn');
	const pid = child.pid!;
	return {
		owner: {pid, start: startOf(pid)},
		async end() {
			const ended = once(child, 'exit');
			child.kill('SIGKILL');
			await ended;
		},
	};
}

describe('partials', () => {
	it('are listed while nobody uses them, and deleted one by one', async () => {
		const {path, folder} = await empty();
		expect(await folder.listPartials()).toEqual([]);
		const suggested = ['a', 'b', 'photos/c'];
		for (const name of suggested)
			await leavePartial(
				folder,
				name,
				content.length,
				content.subarray(0, block + 9),
			);
		const listed = await folder.listPartials();
		expect(listed.map(each => each.suggested.join('/')).sort()).toEqual(
			suggested,
		);
		for (const each of listed) {
			expect(each).toMatchObject({
				peerId: peer,
				sizeBytes: content.length,
				heldBytes: block,
			});
			expect(Math.abs(each.at - Date.now())).toBeLessThan(60_000);
			await folder.deletePartial(each.id);
			const again = await errorOf(folder.deletePartial(each.id));
			expect(again.code).toBe('noSuchPartial');
		}

		await folder.sweep();
		expect(await treeOf(path)).toEqual([]);
	});

	it('in use are neither listed, nor deleted, nor swept', async () => {
		const {path, folder, id} = await withPartial();
		const delivery = deliverOne(folder, 'a', content.length);
		await delivery.held(0);
		const part = await delivery.createPart(0, block);
		const small = await createPart(folder, 'small', 9);
		const before = await treeOf(path);
		expect(before).toHaveLength(4);
		const other = createReceiveFolder(path);
		await other.sweep();
		expect(await other.listPartials()).toEqual([]);
		expect((await errorOf(other.deletePartial(id))).code).toBe('noSuchPartial');
		expect(await treeOf(path)).toEqual(before);
		await small.discard();
		await part.suspend();
		await delivery.close();
		expect(await other.listPartials()).toMatchObject([{id, heldBytes: block}]);
	});

	it('there are none in a folder that is not there, and none where it cannot be read', async () => {
		const {path} = await empty();
		const missing = createReceiveFolder(join(path, 'missing'));
		expect(await missing.listPartials()).toEqual([]);
		await missing.sweep();
		expect(
			(await errorOf(missing.deletePartial('0'.repeat(32) as PartialId))).code,
		).toBe('noSuchPartial');
		await writeFile(join(path, 'file'), '');
		const file = createReceiveFolder(join(path, 'file'));
		expect((await errorOf(file.listPartials())).code).toBe(
			'receiveFolderUnwritable',
		);
		await file.sweep();
	});
});

describe('the sweep', () => {
	const old = (Date.now() - limits.partialMs - 60_000) / 1000;

	it('deletes what is too old', async () => {
		const {path, parts, folder} = await withPartial();
		await leavePartial(
			folder,
			't/a',
			content.length,
			content.subarray(0, block),
		);
		await folder.sweep();
		expect(await folder.listPartials()).toHaveLength(2);
		for (const name of await readdir(parts))
			await utimes(join(parts, name), old, old);
		await folder.sweep();
		expect(await treeOf(path)).toEqual([]);
	});

	it('deletes what nobody can use, and nothing of another name', async () => {
		const {path, parts, folder, id} = await withPartial();
		const [one, two, three] = ['1', '2', '3'].map(digit => digit.repeat(32));
		const journal = await readFile(join(parts, `${id}.json`));
		await writeFile(join(parts, `${one}.part`), content);
		await writeFile(join(parts, `${two}.json`), journal);
		await writeFile(join(parts, `${two}.folder.json`), '{}');
		await writeFile(join(parts, `${three}.part`), content.subarray(0, 7));
		await writeFile(join(parts, `${three}.json`), journal);
		const others = ['notes.txt', 'x.part', `${one}.part.bak`, `${one}.txt`];
		for (const name of others) await writeFile(join(parts, name), '');
		await mkdir(join(parts, `${'4'.repeat(32)}.part`));
		await folder.sweep();
		expect(await readdir(parts)).toEqual(
			[`${'4'.repeat(32)}.part`, `${id}.json`, `${id}.part`, ...others].sort(),
		);
		expect(await treeOf(path)).not.toEqual([]);
	});

	it('does not take the time of the sender for the last writing', async () => {
		const {parts, folder, id} = await withPartial();
		const sent = Date.UTC(2020, 0, 1) / 1000;
		await utimes(join(parts, `${id}.part`), sent, sent);
		await folder.sweep();
		expect(await folder.listPartials()).toHaveLength(1);
	});
});

describe('what another process uses', () => {
	it('is left to it while it lives, and is nobody’s afterwards', async () => {
		const {path, parts, folder, id} = await withPartial();
		await leavePartial(
			folder,
			't/a',
			content.length,
			content.subarray(0, block),
		);
		const {owner, end} = await bystander();
		const suffix = `${owner.pid}-${owner.start}`;
		try {
			const small = `${'5'.repeat(32)}.${suffix}.part`;
			await writeFile(join(parts, small), 'small');
			for (const name of await readdir(parts)) {
				const taken = name.replace(
					/^([\da-f]{32})\.(part|folder\.json)$/,
					`$1.${suffix}.$2`,
				);
				await rename(join(parts, name), join(parts, taken));
			}

			const before = await treeOf(path);
			await folder.sweep();
			expect(await folder.listPartials()).toEqual([]);
			const entry = planned(folder, 'a', content.length);
			expect(await folder.survey(peer, [entry])).toEqual([undefined]);
			const delivery = deliverOne(folder, 'a', content.length);
			expect(await delivery.held(0)).toBeUndefined();
			await delivery.close();
			expect((await errorOf(folder.deletePartial(id))).code).toBe(
				'noSuchPartial',
			);
			expect(await treeOf(path)).toEqual(before);
		} finally {
			await end();
		}

		expect(await folder.listPartials()).toHaveLength(2);
		const delivery = deliverOne(folder, 'a', content.length);
		expect(await delivery.held(0)).toMatchObject({kind: 'partial'});
		const part = await delivery.createPart(0, block);
		part.skip(block);
		part.write(content.subarray(block));
		await part.publish(await blake3(content));
		await delivery.close();
		await folder.sweep();
		expect(
			(await readdir(parts)).filter(name => name.startsWith('5'.repeat(32))),
		).toEqual([]);
	});

	it.skipIf(process.platform !== 'linux')(
		'is not that of a process that got its number later',
		async () => {
			const {owner, end} = await bystander();
			expect(isAlive(owner)).toBe(true);
			expect(isAlive({...owner, start: '1'})).toBe(false);
			expect(isAlive({...owner, start: '0'})).toBe(true);
			await end();
			expect(isAlive(owner)).toBe(false);
		},
	);
});
