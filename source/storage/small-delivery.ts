/**
 * The small files of one delivery. Decides which entries are kept in memory and
 * saved with others, and saves them; where that is not worth it or cannot be,
 * they go the ordinary way. Invariants: a name is claimed before anything asks
 * the system for it; the folders are open while a file is being saved.
 */
import type {PartFile, PlannedEntry, SafeName} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {createPlaces} from '../util/places.js';
import type {DeliveryFolders} from './delivery-folders.js';
import type {Directory} from './directory.js';
import {newPartId, ownName, release} from './part-names.js';
import type {PartsFolder} from './parts-folder.js';
import type {RoomClaims} from './room-claims.js';
import {differs, type SaveFailure} from './save-messages.js';
import {SmallPart} from './small-part.js';
import type {SmallSaves} from './small-saves.js';
import {lacksHardLinks} from './storage-errors.js';

export interface SmallDeliveryOptions {
	/** Missing where there is no thread for them. */
	readonly saves: SmallSaves | undefined;
	readonly entries: ReadonlyArray<PlannedEntry | undefined>;
	readonly parts: PartsFolder;
	readonly folders: DeliveryFolders;
	readonly claim: RoomClaims['claimSmall'];
	readonly openOrdinary: (entry: PlannedEntry) => Promise<PartFile>;
	readonly explain: (
		cause: unknown,
		missingBytes: number,
	) => Promise<SocktermError>;
	readonly release: () => Promise<void>;
}

const isSmall = (entry: PlannedEntry | undefined) =>
	entry?.kind === 'file' && entry.sizeBytes <= limits.smallFileBytes;

export class SmallDelivery {
	readonly #options: SmallDeliveryOptions;
	readonly #saves: SmallSaves | undefined;
	/** For those that have to go the ordinary way after all. */
	readonly #places = createPlaces(limits.partsOpen);
	#isOff = false;

	constructor(options: SmallDeliveryOptions) {
		this.#options = options;
		const count = options.entries.filter(isSmall).length;
		if (count < limits.smallFilesWorth) return;
		this.#saves = options.saves;
		this.#saves?.prepare();
	}

	takes(entry: PlannedEntry): boolean {
		return isSmall(entry) && !this.#isOff && (this.#saves?.isReady() ?? false);
	}

	createPart(entry: PlannedEntry): PartFile {
		const {explain, release} = this.#options;
		return new SmallPart({
			sizeBytes: entry.sizeBytes,
			save: async (bytes, digest) => this.#save(entry, bytes, digest),
			takePlace: async () => this.#places.take(),
			openOrdinary: async () => this.#options.openOrdinary(entry),
			explain: async cause => explain(cause, entry.sizeBytes),
			release,
		});
	}

	/** Undefined where it was not saved and may be tried the ordinary way. */
	async #save(
		entry: PlannedEntry,
		bytes: Uint8Array,
		digest: Uint8Array,
	): Promise<readonly SafeName[] | undefined> {
		const {claim, parts, folders} = this.#options;
		if (!this.takes(entry)) return undefined;
		let unclaim: (() => void) | undefined;
		try {
			unclaim = await claim(bytes.length, await folders.directory());
			if (!unclaim) return undefined;
			// A failure is no reason to open the sub-folder again.
			const saved = await parts.use(async directory =>
				this.#saveIn(directory, entry, bytes, digest).catch(
					(error: unknown) => new NotSaved(error),
				),
			);
			if (saved instanceof NotSaved) throw saved.reason;
			return saved;
		} catch (error) {
			// It was not made durable: that is not tried again.
			if (error instanceof SocktermError) throw error;
			if (lacksHardLinks(error)) this.#isOff = true;
			return undefined;
		} finally {
			unclaim?.();
		}
	}

	async #saveIn(
		parts: Directory,
		{path, mtimeMs, sizeBytes}: PlannedEntry,
		bytes: Uint8Array,
		digest: Uint8Array,
	): Promise<readonly SafeName[]> {
		const folder = await this.#options.folders.at(path.slice(0, -1));
		const id = newPartId();
		const part = parts.child(ownName(id, 'part'));
		try {
			const given = await folder.claim(
				path.at(-1)!,
				async (name, directory) => {
					const target = directory.child(name);
					const folderFd = directory.fd;
					const file = {part, target, folderFd, sizeBytes, mtimeMs};
					const failure = await this.#saves!.save(file, bytes, digest);
					if (!failure?.isFinal && failure?.errno === 'EEXIST') return false;
					if (failure) throw toError(failure);
					return true;
				},
			);
			folder.keep();
			return [...folder.path, given];
		} finally {
			release(id);
		}
	}
}

class NotSaved {
	readonly reason: unknown;

	constructor(reason: unknown) {
		this.reason = reason;
	}
}

const toError = ({errno, isFinal}: SaveFailure) =>
	errno === differs
		? new SocktermError('digestMismatch')
		: isFinal
			? new SocktermError('storageFailed', {what: errno})
			: Object.assign(new Error(errno), {code: errno});
