/**
 * What the engine needs of files: those that are sent, and the folder that
 * receives. Part of `ports.ts`, and to be imported from there. Adapters in
 * `storage/` implement these; failures are thrown as `SocktermError`.
 */
import type {ErrorInfo} from '../errors.js';
import type {SafeName} from './ids.js';

/** A file to be sent, remembered as it was; or a folder in which there is nothing to send. */
export interface SourceEntry {
	readonly kind: 'file' | 'folder';
	/** Path components from what was named on: its own name first. */
	readonly path: readonly string[];
	/** 0 for a folder. */
	readonly sizeBytes: number;
	readonly mtimeMs: number;
	/** Opens it and starts hashing from the beginning; a folder is read like an empty file. */
	open(): Promise<SourceReader>;
}

export interface SourceTree {
	/** In a stable order; never empty. */
	readonly entries: readonly SourceEntry[];
	/** Links, devices, pipes and sockets in it: neither followed nor sent. */
	readonly leftOut: number;
}

export interface SourceReader {
	/** The next bytes in order, at most `limits.laneFrameBytes`; empty at the offered size. Throws fileUnreadable, sourceChanged. */
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
	readonly kind: 'file' | 'folder';
	readonly path: readonly string[];
}

export interface ReceiveFolder {
	readonly path: string;
	/** How the entries of one offer would be written, in their order; pure. Different folders keep different names. */
	planNames(entries: readonly SuggestedEntry[]): readonly NamePlan[];
	/** Free bytes for us in the folder's file system; creates the folder. Throws receiveFolderUnwritable. */
	freeBytes(): Promise<number>;
	/** For the entries of one transfer. Nothing is touched before its first part. */
	openDelivery(): Delivery;
}

/** The files of one transfer: folders among them are made anew, once, and never shared with what was there. */
export interface Delivery {
	/** A new, randomly named part file. Throws receiveFolderUnwritable, diskFull, storageFailed. */
	createPart(options: {
		readonly kind: 'file' | 'folder';
		readonly path: readonly SafeName[];
		readonly sizeBytes: number;
		readonly mtimeMs: number;
	}): Promise<PartFile>;
	/** Waits until every part is published or discarded, and removes the folders that stayed empty. Never rejects; safe twice. */
	close(): Promise<void>;
}

/** Bytes on their way to a name. Writes are queued in order; the first failure is kept and ends it. */
export interface PartFile {
	/** Takes a copy of the bytes and hashes them. Never throws; a failure shows in `publish` and `failed`. */
	write(bytes: Uint8Array): void;
	/** Bytes taken that are not written yet. */
	queuedBytes(): number;
	/** Called whenever the queue has become shorter. */
	onProgress(callback: () => void): void;
	/** Called once when a write fails. */
	onFailed(callback: (error: ErrorInfo) => void): void;
	/**
	 * Writes all, fdatasync, compares the size and BLAKE3 digest, links to the first free
	 * name, unlinks the part, fsyncs the folder. Returns the path it got below the receive folder.
	 * Throws digestMismatch, diskFull, storageFailed; the part is gone then.
	 */
	publish(digest: Uint8Array): Promise<readonly SafeName[]>;
	/** Deletes the part. Safe to call at any time and twice. */
	discard(): Promise<void>;
}
