/**
 * What the engine needs of files: those that are sent, and the folder that
 * receives. Part of `ports.ts`, and to be imported from there. Adapters in
 * `storage/` implement these; failures are thrown as `SocktermError`.
 *
 * A block is `limits.blockBytes` of a file from a multiple of that on (the last
 * one may be shorter); its hash is its BLAKE3, 32 bytes.
 */
import type {ErrorInfo} from '../errors.js';
import type {PartialId, PeerId, SafeName} from './ids.js';

/** A stream has no known size and cannot be read twice; its entry says 0 bytes. */
export type EntryKind = 'file' | 'folder' | 'stream';

/** A file to be sent, remembered as it was; a folder in which there is nothing to send; or a pipe. */
export interface SourceEntry {
	readonly kind: EntryKind;
	/** Path components from what was named on: its own name first. */
	readonly path: readonly string[];
	/** 0 for a folder and for a stream. */
	readonly sizeBytes: number;
	readonly mtimeMs: number;
	/** Opens it and starts hashing from the beginning; a folder is read like an empty file. */
	open(): Promise<SourceReader>;
	/**
	 * Compares its blocks with those that the receiver has: `hashes` are 32 bytes for each
	 * block from the first on (zeros: not there). True for each block that is equal. Throws as `open` and `read` do.
	 */
	compare(
		hashes: Uint8Array,
		isCancelled: () => boolean,
	): Promise<readonly boolean[]>;
}

export interface SourceTree {
	/** In a stable order; never empty. */
	readonly entries: readonly SourceEntry[];
	/** Links, devices, pipes and sockets in it: neither followed nor sent. */
	readonly leftOut: number;
}

export interface SourceReader {
	/**
	 * The next bytes in order: a whole block where that much is left (of a stream: what there is, at
	 * most a block); empty at the offered size. Throws fileUnreadable, sourceChanged.
	 */
	read(): Promise<Uint8Array>;
	/** The chunk is no longer looked at: a later `read` may fill it again. */
	recycle(chunk: Uint8Array): void;
	/** BLAKE3 (32 bytes) of all that was read. Throws sourceChanged where size, time or inode are no longer those of the offer. */
	finish(): Promise<Uint8Array>;
	close(): Promise<void>;
}

export interface FileSource {
	/** A file, or everything in a folder. Throws fileMissing, fileUnreadable, notAFile, offerTooLarge. */
	describe(path: string): Promise<SourceTree>;
}

export type NamePlan =
	| {
			readonly ok: true;
			readonly path: readonly SafeName[];
			readonly flagged: boolean;
	  }
	| {readonly ok: false; readonly error: ErrorInfo};

/** An entry of an offer as it was suggested. */
export interface SuggestedEntry {
	readonly kind: EntryKind;
	readonly path: readonly string[];
}

/** An entry as it would be written, with what the offer says of it. */
export interface PlannedEntry {
	readonly kind: EntryKind;
	readonly suggested: readonly string[];
	/** As `planNames` gave it. */
	readonly path: readonly SafeName[];
	readonly sizeBytes: number;
	readonly mtimeMs: number;
}

/**
 * What the receive folder has of an entry before it is moved.
 * `partial`: bytes of it from the same peer; `similar`: a file of this name and size, which
 * will be compared and left as it is where it is the same; `taken`: something else has the name,
 * so that it will get a number.
 */
export type Presence =
	| {readonly kind: 'partial'; readonly heldBytes: number}
	| {readonly kind: 'similar'}
	| {readonly kind: 'taken'};

/** What is left of a transfer that was broken off. */
export interface Partial {
	readonly id: PartialId;
	readonly peerId: PeerId;
	/** As it was suggested: not safe to show. */
	readonly suggested: readonly string[];
	readonly sizeBytes: number;
	readonly heldBytes: number;
	/** Last written, in ms since 1970; after `limits.partialMs` it is deleted. */
	readonly at: number;
}

export interface ReceiveFolder {
	readonly path: string;
	/** How the entries of one offer would be written, in their order; pure. Different folders keep different names. */
	planNames(entries: readonly SuggestedEntry[]): readonly NamePlan[];
	/** Free bytes for us in the folder's file system; creates the folder. Throws receiveFolderUnwritable. */
	freeBytes(): Promise<number>;
	/**
	 * What is there of each entry (undefined where nothing is, and for those that are not planned).
	 * Partials are those of this peer only. Never writes; throws receiveFolderUnwritable.
	 */
	survey(
		peerId: PeerId,
		entries: ReadonlyArray<PlannedEntry | undefined>,
	): Promise<ReadonlyArray<Presence | undefined>>;
	/**
	 * For the entries of one accepted transfer of this peer that are still to come; `settled` are its
	 * others. Nothing is touched before its first part.
	 */
	openDelivery(
		peerId: PeerId,
		entries: ReadonlyArray<PlannedEntry | undefined>,
		settled?: readonly PlannedEntry[],
	): Delivery;
	/** Those that nobody is writing to; throws receiveFolderUnwritable. */
	listPartials(): Promise<readonly Partial[]>;
	/** Deletes one; throws noSuchPartial. */
	deletePartial(id: PartialId): Promise<void>;
	/** Deletes partials that are too old and leftovers that nobody can use. Never rejects. */
	sweep(): Promise<void>;
}

/** What is here of an entry. */
export type HeldContent =
	/** 32 bytes for each block of a partial from the first on; zeros where a block is not there. */
	| {readonly kind: 'partial'; readonly hashes: Uint8Array}
	/** A finished file that may be the same. */
	| {readonly kind: 'similar'};

/** The files of one transfer: folders among them are made anew, once, or are those that this peer's broken transfer made. */
export interface Delivery {
	/**
	 * Sets aside what is here of an entry for it, and reads and hashes a partial; undefined where
	 * there is nothing of use. Ask at most once an entry, before its part is made. Never rejects for what cannot be read.
	 */
	held(entry: number): Promise<HeldContent | undefined>;
	/**
	 * The file on its way. Of the partial that `held` named `heldBytes` are used: they will be
	 * passed over with `skip`; with 0 it starts from nothing. `existing`: the similar file is to be
	 * taken for it, if its digest is the one that `publish` is given. Waits (and says so by `onBlocked`) where the disk has
	 * no room. Throws receiveFolderUnwritable, storageFailed.
	 */
	createPart(entry: number, use: number | 'existing'): Promise<PartFile>;
	/** Waits until every part is published, kept or discarded, and removes the folders that stayed empty. Never rejects; safe twice. */
	close(): Promise<void>;
}

export interface Published {
	/** Below the receive folder. */
	readonly path: readonly SafeName[];
	/** The same file was there already; nothing was written. */
	readonly existed: boolean;
	/** BLAKE3 (32 bytes) of what was written; only where there was none to compare with. */
	readonly digest?: Uint8Array;
}

/** Bytes on their way to a name. Writes are queued in order; the first failure is kept and ends it. */
export interface PartFile {
	/** Takes a copy of the bytes. Never throws; a failure shows in `publish` and `onFailed`. */
	write(bytes: Uint8Array): void;
	/** Passes over bytes that are held, whole blocks. */
	skip(countBytes: number): void;
	/** Bytes taken that are not written yet. */
	queuedBytes(): number;
	/** Called whenever the queue has become shorter. */
	onProgress(callback: () => void): void;
	/** Called once when a write fails. */
	onFailed(callback: (error: ErrorInfo) => void): void;
	/** Called with diskFull while there is no room (it tries again by itself), and with nothing when it goes on. */
	onBlocked(callback: (error: ErrorInfo | undefined) => void): void;
	/**
	 * Writes all, fdatasync, compares the size and BLAKE3 digest (of what is on the disk, where
	 * bytes were held), links to the first free name, unlinks the part, fsyncs the folder.
	 * Without a digest, for a sender who says none, the size alone is compared: of a single file that is received anew.
	 * Throws digestMismatch, diskFull, storageFailed; the part is gone then.
	 */
	publish(digest?: Uint8Array): Promise<Published>;
	/** Ends it and keeps what is there for a later try; where it is less than a block it is deleted. Safe at any time and twice. */
	suspend(): Promise<void>;
	/** Deletes the part. Safe at any time and twice. */
	discard(): Promise<void>;
}
