import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {
	PeerId,
	TransferId,
	TransferNotes,
} from '../../source/engine/ports.js';
import {SocktermError} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {createTransferNotes} from '../../source/storage/transfer-notes.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

function opened() {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	const path = join(folder.path, 'transfers.json');
	return {folder: folder.path, path, notes: createTransferNotes(folder.path)};
}

const note = (number: number) => ({
	transfer: number.toString(16).padStart(32, '0') as TransferId,
	peerId: '0b'.repeat(32) as PeerId,
	digest: 'ca'.repeat(32),
	at: 1_700_000_000_000,
});

const kept = (owner: string): TransferNotes => ({
	incoming: [{...note(1), skip: [3, 4], folder: '/home/bob/received'}],
	outgoing: [{...note(2), paths: ['/home/bob/报告.pdf', '/x'], owner}],
});

test('are none where there is no file, and come back as they were, for their owner alone', async () => {
	const {notes, path, folder} = opened();
	expect(await notes.load()).toEqual({incoming: [], outgoing: []});
	await notes.save(kept(notes.owner));
	expect(await createTransferNotes(folder).load()).toEqual(kept(notes.owner));
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(readdirSync(folder)).toEqual(['transfers.json']);
});

test('the most that may be kept can be read again', async () => {
	const {notes, path} = opened();
	const many = Array.from({length: limits.transfersNoted}, (_, index) => index);
	const skip = Array.from({length: limits.notedSkips}, () => 20_000);
	// A quote and a control character take the most room as JSON.
	const long = '\u{1}'.repeat(limits.notedPathBytes);
	const most: TransferNotes = {
		incoming: many.map(each => ({...note(each), skip, folder: '/x'})),
		outgoing: many.map(each => ({
			...note(each),
			paths: [long],
			owner: notes.owner,
		})),
	};
	await notes.save(most);
	expect(statSync(path).size).toBeLessThan(limits.notesFileBytes);
	expect(await notes.load()).toEqual(most);
});

test.each([
	['no JSON', '{'],
	['an owner that is none', JSON.stringify({version: 1, ...kept('me')})],
	[
		'a number that is none',
		'{"version":1,"incoming":[{"transfer":"x"}],"outgoing":[]}',
	],
])('%s is set aside', async (_what, text) => {
	const {notes, path, folder} = opened();
	writeFileSync(path, text);
	const error: unknown = await notes.load().catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(SocktermError);
	expect((error as SocktermError).info.code).toBe('notesDamaged');
	expect(readdirSync(folder)).toEqual(['transfers.json.corrupt']);
	expect(readFileSync(`${path}.corrupt`, 'utf8')).toBe(text);
	expect(await notes.load()).toEqual({incoming: [], outgoing: []});
});

test('a program is gone when it has ended, and not before', async () => {
	const {notes} = opened();
	expect(notes.isGone(notes.owner)).toBe(false);
	expect(notes.isGone(notes.owner.replace(/:.*/, ':1'))).toBe(true);
	const child = spawn('sleep', ['60']);
	const owner = `${child.pid}:0`;
	expect(notes.isGone(owner)).toBe(false);
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(notes.isGone(owner)).toBe(true);
});
