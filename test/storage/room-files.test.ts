import {
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {KeptRoom, PeerId} from '../../source/engine/ports.js';
import {createRoomFiles} from '../../source/storage/room-files.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

function stateFolder(): string {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	return folder.path;
}

const author = 'ab'.repeat(32);
const room = (name: string): KeptRoom => ({
	name,
	topic: {
		room: name,
		author,
		at: 1,
		nick: 'a',
		topic: 'what 世界',
		signature: 'ef'.repeat(64),
	},
	streams: [{author, stream: 7, from: 3, to: 3}],
	messages: [
		{
			room: name,
			author,
			stream: 7,
			seq: 3,
			at: 1,
			nick: 'a',
			text: 'hi\u0000世界',
			signature: 'ef'.repeat(64),
		},
	],
	members: [{peerId: author as PeerId, nick: 'a', seenAt: 5}],
});

describe('the files of rooms', () => {
	test('what was saved comes back, readable by its owner alone, and what was left does not', async () => {
		const folder = stateFolder();
		const files = createRoomFiles(folder);
		expect(await files.load()).toEqual({rooms: [], problems: []});
		await files.save(room('lab'));
		await files.save(room('世界'));
		await files.save({...room('lab'), members: []});
		const {rooms, problems} = await createRoomFiles(folder).load();
		expect(problems).toEqual([]);
		expect(rooms.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
			{...room('lab'), members: []},
			room('世界'),
		]);
		const names = readdirSync(join(folder, 'rooms'));
		expect(names).toHaveLength(2);
		for (const name of names) {
			expect(name).toMatch(/^[0-9a-f]{32}\.json$/);
			expect(statSync(join(folder, 'rooms', name)).mode & 0o777).toBe(0o600);
		}

		expect(statSync(join(folder, 'rooms')).mode & 0o777).toBe(0o700);
		await files.remove('lab');
		await files.remove('lab');
		expect((await files.load()).rooms.map(({name}) => name)).toEqual(['世界']);
	});

	test('a damaged one is set aside with its name, and the others are read', async () => {
		const folder = stateFolder();
		const files = createRoomFiles(folder);
		await files.save(room('lab'));
		const [name] = readdirSync(join(folder, 'rooms')) as [string];
		const path = join(folder, 'rooms', name);
		await files.save(room('other'));
		const whole = readFileSync(path, 'utf8');
		// Torn, and with a message of another room in it.
		for (const damaged of [
			whole.slice(0, whole.length / 2),
			whole.replace(
				'"room": "lab",\n\t\t\t"author"',
				'"room": "x",\n\t\t\t"author"',
			),
		]) {
			expect(damaged).not.toBe(whole);
			writeFileSync(path, damaged);
			const {rooms, problems} = await files.load();
			expect(rooms.map(each => each.name)).toEqual(['other']);
			expect(problems).toMatchObject([{code: 'roomDamaged'}]);
			const {path: aside} = problems[0]!.details as {path: string};
			expect(readFileSync(aside, 'utf8')).toBe(damaged);
			await files.save(room('lab'));
			expect((await files.load()).rooms).toHaveLength(2);
		}
	});

	test('a folder that cannot be used is told, and ends nothing', async () => {
		const folder = stateFolder();
		writeFileSync(join(folder, 'rooms'), 'no folder');
		const files = createRoomFiles(folder);
		const {rooms, problems} = await files.load();
		expect(rooms).toEqual([]);
		expect(problems).toMatchObject([{code: 'roomsUnusable'}]);
		await expect(files.save(room('lab'))).rejects.toMatchObject({
			info: {code: 'roomsUnusable'},
		});
		// A file that is there under another room's name is nobody's room.
		const other = stateFolder();
		await createRoomFiles(other).save(room('lab'));
		const [name] = readdirSync(join(other, 'rooms')) as [string];
		const text = readFileSync(join(other, 'rooms', name), 'utf8');
		mkdirSync(join(other, 'rooms'), {recursive: true});
		writeFileSync(join(other, 'rooms', `${'0'.repeat(32)}.json`), text);
		expect((await createRoomFiles(other).load()).rooms).toHaveLength(1);
	});
});
