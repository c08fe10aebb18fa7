/**
 * What the engine needs of the world. Adapters in `transport/` and `storage/`
 * implement these; tests implement them in memory. Failures are thrown as
 * `SocktermError`. Callbacks are set once, before the first event can come.
 */
import type {ErrorInfo} from '../errors.js';
import type {HistoryPort} from './history/history-port.js';
import type {FileSource, ReceiveFolder, SourceEntry} from './file-ports.js';
import type {Address, Network} from './network-ports.js';
import type {Notebook} from './keeping/notebook-commands.js';
import type {NotesPort} from './transfers/transfer-note.js';
import type {RoomsPort, Signing} from './rooms/room-port.js';
import type {TrustBook} from './trust/trust-commands.js';

export type * from './file-ports.js';
export type * from './history/history-port.js';
export type * from './network-ports.js';
export type * from './rooms/room-port.js';
export {keptRoomSchema} from '../protocol/room-record.js';
export type {PartialId, PeerId, SafeName, SafeText, TransferId} from './ids.js';
export type {
	IncomingNote,
	NotesPort,
	OutgoingNote,
	TransferNotes,
} from './transfers/transfer-note.js';
export type {Notebook} from './keeping/notebook-commands.js';
export type {Pin, TrustBook} from './trust/trust-commands.js';

// ── Time and chance ──────────────────────────────────────────────────────

export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Calls once after `delayMs`; the returned function cancels. */
	after(delayMs: number, callback: () => void): () => void;
	/** Milliseconds since some moment, with fractions, never back; missing where `now` is all there is. */
	precise?(): number;
}

export type RandomBytes = (length: number) => Uint8Array;

// ── Files of what was seen ───────────────────────────────────────────────

/** A file being written. After a failure only `discard` is left. */
export interface ExportFile {
	/** Throws diskFull, exportFailed {path, what}. */
	write(bytes: Uint8Array): Promise<void>;
	/** Makes it durable. Throws as `write` does. */
	close(): Promise<void>;
	/** Removes what was written of it. Never rejects. */
	discard(): Promise<void>;
}

export interface ExportFiles {
	/** Only ever a new file. Throws exportExists {path}, exportFailed {path, what}. */
	create(path: string): Promise<ExportFile>;
}

/** A file that is appended to and, when it is full, put aside: the older ones are `.1`, `.2`, … */
export interface LogFile {
	/** Whole lines. Throws logFailed {path, what}. */
	append(lines: string): Promise<void>;
	/** Makes it durable. Never rejects. */
	close(): Promise<void>;
}

export interface LogFiles {
	/** Throws logFailed {path, what}. */
	open(path: string): Promise<LogFile>;
}

// ── All together ─────────────────────────────────────────────────────────

/** A practice peer inside the program, on real loopback sockets. */
export interface Practice {
	start(target: {
		/** Where this machine reaches its own listeners. */
		readonly tcp: Address;
		readonly udp: Address | undefined;
	}): Promise<void>;
	stop(): Promise<void>;
}

/** Where snippets and addresses are kept. */
export interface NotebookPort {
	/** Empty where nothing was kept yet. Throws notebookUnusable; notebookDamaged once it has been set aside. */
	load(): Promise<Notebook>;
	/** Resolves once it is durable. Throws notebookUnusable; what was kept is untouched then. */
	save(notebook: Notebook): Promise<void>;
}

/** A line that was typed, and what names its conversation in every run. */
export interface TypedLine {
	readonly place: string;
	readonly line: string;
}

/** Where lines that were typed are kept: for the console alone, the engine does not ask. */
export interface TypedLinesPort {
	/** The oldest first. Throws linesUnusable; linesDamaged once it has been set aside. */
	load(): Promise<readonly TypedLine[]>;
	/** Behind those that are there. Resolves once they are durable. Throws what `load` throws. */
	add(lines: readonly TypedLine[]): Promise<void>;
}

/** Where verified keys are kept, and whom is kept out. */
export interface TrustPort {
	/** Empty where nothing was kept yet. Throws trustUnusable; trustDamaged once it has been set aside. */
	load(): Promise<TrustBook>;
	/** Resolves once it is durable. Throws trustUnusable; what was kept is untouched then. */
	save(book: TrustBook): Promise<void>;
}

export interface Ports {
	readonly clock: Clock;
	readonly random: RandomBytes;
	readonly network: Network;
	readonly files: FileSource;
	readonly receiveFolder: ReceiveFolder;
	/** Another folder to receive into; nothing is touched before it is used. */
	readonly openFolder: (path: string) => ReceiveFolder;
	/** What is piped into this program, as a stream of this name; missing where it has a screen. */
	readonly input?: (name: string) => SourceEntry;
	readonly practice?: Practice;
	/** Missing: what is kept lasts as long as the program. */
	readonly notebook?: NotebookPort;
	/** Missing: nothing goes on by itself after a restart. */
	readonly notes?: NotesPort;
	/** Missing: who is verified lasts as long as the program. */
	readonly trust?: TrustPort;
	/** Missing: there are no rooms. */
	readonly signing?: Signing;
	/** Missing: rooms last as long as the program. */
	readonly rooms?: RoomsPort;
	/** Missing: nothing is remembered beyond this run. */
	readonly history?: HistoryPort;
	readonly exports?: ExportFiles;
	readonly logs?: LogFiles;
	/** The sentence for an error, for files that people read; its code where this is missing. */
	readonly describe?: (error: ErrorInfo) => string;
	/** The same for a program on the other end: English, whatever the language here is. */
	readonly describeToProgram?: (error: ErrorInfo) => string;
}
