/**
 * The entries of one transfer on their way into the receive folder: what is here
 * of them, their parts, their folders. Decides which kind of part an entry gets;
 * where it goes is decided by `delivery-folders.ts`. Invariant: after `close`
 * nothing of it is open, and nothing is in use that the next one could go on with.
 */
import type {
	Delivery,
	HeldContent,
	PartFile,
	PartialId,
	PeerId,
	PlannedEntry,
} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {BegunFolders} from './begun-folders.js';
import {DeliveryFolders} from './delivery-folders.js';
import {ExistingPart} from './existing-part.js';
import {createFolderPart} from './folder-part.js';
import type {Directory} from './directory.js';
import type {FreeNames} from './free-names.js';
import {createHasher} from './hasher.js';
import {HeldParts} from './held-parts.js';
import {openPart, type OpenPartOptions} from './open-part.js';
import {DiskPart} from './part-file.js';
import {PartsFolder} from './parts-folder.js';
import type {RoomClaim, RoomClaims} from './room-claims.js';
import {SmallDelivery} from './small-delivery.js';
import type {SmallSaves} from './small-saves.js';
import type {StorageFiles} from './storage-files.js';
import type {StorageTiming} from './storage-timing.js';
import {Users} from './users.js';
import {watchedPart} from './watched-part.js';

export interface DeliveryOptions {
	readonly files: StorageFiles;
	readonly timing: StorageTiming;
	readonly path: string;
	readonly peerId: PeerId;
	readonly entries: ReadonlyArray<PlannedEntry | undefined>;
	readonly settled: readonly PlannedEntry[];
	/** Makes sure that the receive folder is there and takes files. */
	readonly prepare: () => Promise<unknown>;
	readonly room: RoomClaims;
	/** Missing where there is no thread for small files. */
	readonly saves: SmallSaves | undefined;
	readonly topNames: (root: Directory) => Promise<FreeNames>;
	readonly explain: (
		cause: unknown,
		missingBytes: number,
	) => Promise<SocktermError>;
	readonly closed: () => void;
}

export class FolderDelivery implements Delivery {
	readonly #options: DeliveryOptions;
	readonly #parts: PartsFolder;
	readonly #folders: DeliveryFolders;
	readonly #held: HeldParts;
	readonly #small: SmallDelivery;
	/** Parts, and calls that use the folders. */
	readonly #users = new Users();
	#closing: Promise<void> | undefined;

	constructor(options: DeliveryOptions) {
		this.#options = options;
		const {files, peerId} = options;
		const parts = new PartsFolder(files, async () => this.#folders.directory());
		const begun = new BegunFolders({files, parts, peerId});
		const folders = new DeliveryFolders({...options, begun});
		const isEnded = () => this.#closing !== undefined;
		this.#parts = parts;
		this.#folders = folders;
		this.#held = new HeldParts({files, parts, folders, peerId, isEnded});
		this.#small = new SmallDelivery({
			...options,
			parts,
			folders,
			claim: options.room.claimSmall,
			openOrdinary: async entry => this.#openOrdinary(entry),
			release: async () => this.#release(),
		});
	}

	async held(index: number): Promise<HeldContent | undefined> {
		const entry = this.#options.entries[index];
		if (!entry || this.#closing) return undefined;
		this.#users.enter();
		try {
			return await this.#held.hold(entry);
		} catch {
			return undefined;
		} finally {
			this.#users.leave();
		}
	}

	async createPart(index: number, use: number | 'existing'): Promise<PartFile> {
		const {explain, entries} = this.#options;
		const entry = entries[index];
		if (this.#closing || !entry) throw new SocktermError('cancelled');
		this.#users.enter();
		try {
			return await this.#createPart(entry, use);
		} catch (cause) {
			this.#users.leave();
			throw await explain(cause, entry.sizeBytes);
		}
	}

	async close(): Promise<void> {
		this.#closing ??= this.#close();
		return this.#closing;
	}

	async #createPart(
		entry: PlannedEntry,
		use: number | 'existing',
	): Promise<PartFile> {
		if (entry.kind === 'folder') return this.#createFolderPart(entry);
		const aside = this.#held.take(entry);
		const id = aside?.kind === 'part' ? aside.id : undefined;
		if (use !== 'existing') {
			if (use > 0 && id === undefined)
				throw new SocktermError('storageFailed', {what: 'held'});
			if (use > 0 || id !== undefined || !this.#small.takes(entry))
				return this.#watched(await this.#createFilePart(entry, use, id), entry);
			return this.#watched(this.#small.createPart(entry), entry);
		}

		if (id !== undefined) await this.#held.giveBack(id);
		// It has gone since it was seen.
		if (aside?.kind !== 'file') throw new SocktermError('digestMismatch');
		const part = new ExistingPart({
			files: this.#options.files,
			...aside,
			sizeBytes: entry.sizeBytes,
			explain: async cause => this.#options.explain(cause, 0),
			release: async () => this.#release(),
		});
		return this.#watched(part, entry);
	}

	async #createFilePart(
		entry: PlannedEntry,
		heldBytes: number,
		id: PartialId | undefined,
	): Promise<PartFile> {
		const {files, timing, peerId, explain, room: rooms} = this.#options;
		const {kind, path, mtimeMs} = entry;
		const sizeBytes = kind === 'stream' ? undefined : entry.sizeBytes;
		let claimed: RoomClaim | undefined;
		const slotOptions: OpenPartOptions = {
			files,
			parts: this.#parts,
			entry,
			peerId,
			heldBytes,
			...(id !== undefined && {id}),
			target: async () => this.#folders.at(path.slice(0, -1)),
		};
		const part = new DiskPart({
			files,
			timing,
			hasher: await createHasher(),
			sizeBytes,
			heldBytes,
			mtimeMs,
			explain,
			open: async () => {
				const directory = await this.#folders.directory();
				const missing = Math.max(0, entry.sizeBytes - heldBytes);
				const room = await rooms.claim(missing, directory);
				try {
					const slot = await openPart(slotOptions);
					claimed = room;
					room.missingBytes = () => part.missingBytes();
					return slot;
				} catch (error) {
					room.release();
					throw error;
				}
			},
			release: async ({wasOpened, isSuspended}) => {
				claimed?.release();
				if (isSuspended) this.#held.lookAgain();
				if (!wasOpened && id !== undefined)
					await (isSuspended ? this.#held.giveBack(id) : this.#held.remove(id));
				await this.#release();
			},
		});
		try {
			await part.start();
			return part;
		} catch (error) {
			if (id !== undefined) await this.#held.giveBack(id);
			throw error;
		}
	}

	async #createFolderPart(entry: PlannedEntry): Promise<PartFile> {
		const {explain, timing} = this.#options;
		const part = createFolderPart({
			hasher: await createHasher(),
			retryMs: timing.diskRetryMs,
			make: async () => {
				const folder = await this.#folders.at(entry.path);
				folder.keep();
				return {path: folder.path, existed: folder.isFound};
			},
			explain: async cause => explain(cause, 0),
			release: async () => this.#release(),
		});
		return this.#watched(part, entry);
	}

	/** One more part, for a small file that a part was made for before. */
	async #openOrdinary(entry: PlannedEntry): Promise<PartFile> {
		this.#users.enter();
		try {
			return await this.#createFilePart(entry, 0, undefined);
		} catch (error) {
			this.#users.leave();
			throw error;
		}
	}

	/** Notes when it has its name. */
	#watched(part: PartFile, entry: PlannedEntry): PartFile {
		return watchedPart(part, () => this.#folders.arrived(entry));
	}

	/** A part is no more. After the last one the sub-folder goes, before anybody is told. */
	async #release(): Promise<void> {
		if (this.#users.count === 1) await this.#parts.leave();
		this.#users.leave();
	}

	async #close(): Promise<void> {
		await this.#users.gone();
		await this.#held.close();
		await this.#folders.close();
		// It is still there where opening a part in it failed.
		await this.#parts.leave();
		await this.#folders.closeDirectory();
		this.#options.closed();
	}
}
