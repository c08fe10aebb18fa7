/**
 * What is here of the entries of one delivery before they are moved: takes over
 * a part of a broken transfer of the same peer and hashes it, or remembers a file
 * that may be the same. Invariants: one part and one file stand for one entry
 * at most; what was taken over is given back where nobody used it.
 */
import {constants} from 'node:fs';
import type {
	HeldContent,
	PartialId,
	PeerId,
	PlannedEntry,
	SafeName,
} from '../engine/ports.js';
import {limits} from '../limits.js';
import type {DeliveryFolders} from './delivery-folders.js';
import type {Directory} from './directory.js';
import {hashBlocks, usableBytes} from './held-content.js';
import {ownName, release, reserve, writePartName} from './part-names.js';
import type {PartsFolder} from './parts-folder.js';
import {
	byPath,
	candidatesFor,
	isKept,
	listRemnants,
	type Remnant,
} from './remnants.js';
import {findSimilar, listFolder, type Listing} from './similar-file.js';
import type {StorageFiles} from './storage-files.js';
import type {TreeFolder} from './tree-folder.js';

/** For an entry: a part that is ours now, or a file that is there. */
export type SetAside =
	| {readonly kind: 'part'; readonly id: PartialId}
	| {
			readonly kind: 'file';
			readonly folder: TreeFolder;
			readonly name: SafeName;
	  };

export interface HeldPartsOptions {
	readonly files: StorageFiles;
	readonly parts: PartsFolder;
	readonly folders: DeliveryFolders;
	readonly peerId: PeerId;
	readonly isEnded: () => boolean;
}

export class HeldParts {
	readonly #options: HeldPartsOptions;
	readonly #setAside = new Map<PlannedEntry, SetAside>();
	readonly #listings = new Map<TreeFolder, Promise<Listing>>();
	/** Files that stand for an entry, by their path. */
	readonly #used = new Map<string, PlannedEntry>();
	#remnants: Promise<ReadonlyMap<string, readonly Remnant[]>> | undefined;

	constructor(options: HeldPartsOptions) {
		this.#options = options;
	}

	/** Sets aside what is here of an entry. Rejects where it cannot be looked for. */
	async hold(entry: PlannedEntry): Promise<HeldContent | undefined> {
		if (entry.kind !== 'file') return undefined;
		const before = this.take(entry);
		if (before?.kind === 'part') await this.giveBack(before.id);
		return (await this.#holdPart(entry)) ?? this.#holdFile(entry);
	}

	/** What was set aside; it is the caller's now. */
	take(entry: PlannedEntry): SetAside | undefined {
		const aside = this.#setAside.get(entry);
		this.#setAside.delete(entry);
		return aside;
	}

	/** Parts were left behind: the next one that is looked for may be among them. */
	lookAgain(): void {
		this.#remnants = undefined;
	}

	/** Gives back what nobody took. Never rejects. */
	async close(): Promise<void> {
		const waiting = [...this.#setAside.values()];
		this.#setAside.clear();
		for (const aside of waiting)
			if (aside.kind === 'part') await this.giveBack(aside.id);
	}

	/** The part is nobody's again. Never rejects. */
	async giveBack(id: PartialId): Promise<void> {
		const {files, parts} = this.#options;
		try {
			const directory = await parts.find();
			await files.rename(
				directory!.child(ownName(id, 'part')),
				directory!.child(writePartName({id, kind: 'part'})),
			);
		} catch {
			// It is nobody's when this process ends.
		}

		release(id);
		this.lookAgain();
	}

	/** Deletes a part that was taken over. Never rejects. */
	async remove(id: PartialId): Promise<void> {
		const {files, parts} = this.#options;
		try {
			const directory = await parts.find();
			await files.unlink(directory!.child(ownName(id, 'part')));
			const journal = writePartName({id, kind: 'json'});
			await files.unlink(directory!.child(journal));
		} catch {
			// It is nobody's when this process ends.
		}

		release(id);
	}

	async #holdPart(entry: PlannedEntry): Promise<HeldContent | undefined> {
		if (!isKept(entry)) return undefined;
		const {files, parts, peerId} = this.#options;
		const directory = await parts.find();
		if (!directory) return undefined;
		this.#remnants ??= listRemnants(files, directory).then(remnants =>
			byPath(remnants, peerId),
		);
		for (const {id, name} of candidatesFor(await this.#remnants, entry)) {
			if (!reserve(id)) continue;
			const own = directory.child(ownName(id, 'part'));
			try {
				await files.rename(directory.child(writePartName(name)), own);
			} catch {
				// Another one was faster.
				release(id);
				continue;
			}

			const hashes = await this.#hashPart(own, entry).catch(() => undefined);
			if (hashes) {
				this.#setAside.set(entry, {kind: 'part', id});
				return {kind: 'partial', hashes};
			}

			await this.giveBack(id);
		}

		return undefined;
	}

	async #hashPart(
		path: string,
		{sizeBytes}: PlannedEntry,
	): Promise<Uint8Array | undefined> {
		const {files, isEnded} = this.#options;
		const fd = await files.open(path, constants.O_RDWR | constants.O_NOFOLLOW);
		try {
			const {size} = await files.fstat(fd);
			const endBytes = usableBytes(Number(size), sizeBytes);
			if (endBytes < limits.blockBytes) return undefined;
			return await hashBlocks({files, fd, endBytes, isEnded});
		} finally {
			await files.close(fd).catch(() => undefined);
		}
	}

	async #holdFile(entry: PlannedEntry): Promise<HeldContent | undefined> {
		const {files, folders} = this.#options;
		const folder = await folders.find(entry.path.slice(0, -1));
		if (!folder) return undefined;
		const keyOf = (name: SafeName) => [...folder.path, name].join('/');
		const isUsed = (name: SafeName) =>
			(this.#used.get(keyOf(name)) ?? entry) !== entry;
		return folder.use(async directory => {
			const listing = await this.#list(folder, directory);
			const place = {directory, listing};
			const name = await findSimilar(files, place, entry, isUsed);
			if (name === undefined || isUsed(name)) return undefined;
			this.#used.set(keyOf(name), entry);
			this.#setAside.set(entry, {kind: 'file', folder, name});
			return {kind: 'similar'};
		});
	}

	async #list(folder: TreeFolder, directory: Directory): Promise<Listing> {
		const known = this.#listings.get(folder);
		if (known) return known;
		const listing = listFolder(this.#options.files, directory);
		this.#listings.set(folder, listing);
		listing.catch(() => this.#listings.delete(folder));
		return listing;
	}
}
