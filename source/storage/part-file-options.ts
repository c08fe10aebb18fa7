/** What a part needs of the delivery that it belongs to. */
import type {SocktermError} from '../errors.js';
import type {Hasher} from './hasher.js';
import type {PartSlot} from './part-slot.js';
import type {StorageFiles} from './storage-files.js';
import type {StorageTiming} from './storage-timing.js';

export interface PartFileOptions {
	readonly files: StorageFiles;
	readonly timing: StorageTiming;
	/** Opens the part; may be asked again where the disk is full. */
	readonly open: () => Promise<PartSlot>;
	readonly hasher: Hasher;
	/** Undefined where it is not known. */
	readonly sizeBytes: number | undefined;
	/** Of these some were there before, and will be passed over. */
	readonly heldBytes: number;
	readonly mtimeMs: number;
	/** Turns a failure of the system into ours; `missingBytes` are not on the disk yet. */
	readonly explain: (
		cause: unknown,
		missingBytes: number,
	) => Promise<SocktermError>;
	/** Called once when nothing uses it any more; never rejects. */
	readonly release: (end: PartEnd) => Promise<void>;
}

export interface PartEnd {
	readonly wasOpened: boolean;
	/** What there is of it may be of use. */
	readonly isSuspended: boolean;
}
