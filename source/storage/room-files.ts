/**
 * The rooms that one is in: a file for each in the folder `rooms` of the state folder,
 * called by a hash of the room's name. Decides which files those are. Leaves what may
 * stand in them to the engine, and that they are whole and durable to `state-file.ts`. Invariant:
 * one file that cannot be read keeps no other from being read.
 */
import {createHash} from 'node:crypto';
import {readdir, unlink} from 'node:fs/promises';
import {join} from 'node:path';
import {
	keptRoomSchema,
	type KeptRoom,
	type PeerId,
	type RoomsPort,
} from '../engine/ports.js';
import {toErrorInfo, SocktermError, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {createDirectory, syncDirectory} from './directory.js';
import {createStateFile} from './state-file.js';
import {errnoOf} from './storage-errors.js';
import {nodeFiles} from './storage-files.js';

const fileNameOf = (room: string) =>
	`${createHash('sha256').update(room).digest('hex').slice(0, 32)}.json`;
const ours = /^[0-9a-f]{32}\.json$/;

const asMember = (member: {
	readonly peerId: string;
	readonly nick: string;
	readonly seenAt: number;
}) => ({...member, peerId: member.peerId as PeerId});

/** The rooms of a state folder that exists. */
export function createRoomFiles(stateFolder: string): RoomsPort {
	const folder = join(stateFolder, 'rooms');
	const fileOf = (name: string) =>
		createStateFile({
			folder,
			name,
			version: 1,
			schema: keptRoomSchema,
			maxBytes: limits.roomFileBytes,
			unusable: 'roomsUnusable',
			damaged: 'roomDamaged',
		});
	const unusable = (path: string, cause: unknown) =>
		cause instanceof SocktermError
			? cause
			: new SocktermError(
					'roomsUnusable',
					{path, what: errnoOf(cause) ?? 'unknown'},
					{cause},
				);

	const names = async (): Promise<string[]> => {
		try {
			const found = await readdir(folder);
			return found.filter(name => ours.test(name)).toSorted();
		} catch (error) {
			if (errnoOf(error) === 'ENOENT') return [];
			throw unusable(folder, error);
		}
	};

	return {
		async load() {
			const rooms: KeptRoom[] = [];
			const problems: ErrorInfo[] = [];
			const attempt = async (act: () => Promise<void>) => {
				try {
					await act();
				} catch (error) {
					problems.push(toErrorInfo(error));
				}
			};

			await attempt(async () => {
				for (const name of await names()) {
					await attempt(async () => {
						const room = await fileOf(name).load();
						if (room && fileNameOf(room.name) === name) {
							rooms.push({...room, members: room.members.map(asMember)});
						}
					});
				}
			});
			return {rooms, problems};
		},
		async save({name, topic, streams, messages, members}) {
			try {
				await createDirectory(nodeFiles, folder, 0o700);
			} catch (error) {
				throw unusable(folder, error);
			}

			await fileOf(fileNameOf(name)).save({
				name,
				...(topic ? {topic} : {}),
				streams: [...streams],
				messages: [...messages],
				members: [...members],
			});
		},
		async remove(name) {
			const path = join(folder, fileNameOf(name));
			try {
				await unlink(path);
				await syncDirectory(nodeFiles, folder);
			} catch (error) {
				if (errnoOf(error) !== 'ENOENT') throw unusable(path, error);
			}
		},
	};
}
