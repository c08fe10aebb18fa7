/**
 * The bytes of files to plain peers, as they are. Decides what may be sent and
 * who is told how far it is. Leaves reading to the files port and the pace to
 * `raw-file-run.ts`. Invariants: one file at a time for each peer; each begun one
 * has exactly one `stream/fileEnded`.
 */
import {errorInfo, SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {FlowGate} from '../flow-gate.js';
import type {PeerKey} from '../ids.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {FileSource, SourceEntry, SourceReader} from '../ports.js';
import {createRawFileRun, type RawFileRun} from './raw-file-run.js';
import type {RawSession} from './raw-session.js';
import {toSafeText} from '../sanitize.js';

export interface RawFiles {
	/** Resolves once the file is open. Throws rawFileBusy, notOneFile, fileMissing, fileUnreadable, notAFile, notConnected. */
	start(entry: PeerEntry, session: RawSession, path: string): Promise<void>;
	/** Throws noRawFile. What was written already still goes out. */
	stop(entry: PeerEntry): void;
}

async function openOne(
	files: FileSource,
	path: string,
): Promise<{readonly file: SourceEntry; readonly reader: SourceReader}> {
	const {entries} = await files.describe(path);
	const [file] = entries;
	if (file?.kind !== 'file' || file.path.length > 1) {
		throw new SocktermError('notOneFile', {path});
	}

	return {file, reader: await file.open()};
}

export function createRawFiles(
	context: EngineContext,
	gate?: FlowGate,
): RawFiles {
	const {clock, files} = context.ports;
	/** Undefined while the file is being opened. */
	const running = new Map<PeerKey, RawFileRun | undefined>();

	const run = async (
		{key: peer, name: peerName}: PeerEntry,
		session: RawSession,
		{file, reader}: {file: SourceEntry; reader: SourceReader},
		isGone: () => boolean,
	) => {
		const {sizeBytes} = file;
		const name = toSafeText(file.path.at(-1) ?? '');
		let toldAt = -Infinity;
		const progressed = (sentBytes: number) => {
			const now = clock.now();
			if (now - toldAt < limits.progressMs) return;
			toldAt = now;
			context.emit({
				type: 'stream/fileProgressed',
				peer,
				name,
				sizeBytes,
				sentBytes,
			});
		};

		const one = createRawFileRun({
			send(piece, taken) {
				session.sendBytes(piece, {note: name, flushed: taken});
			},
			progressed,
		});
		running.set(peer, one);
		progressed(0);
		gate?.add(one);
		const stopListening = context.on(() => {
			if (isGone()) one.stop(errorInfo('notConnected', {name: peerName}));
		});
		const error = await one.write(reader);
		stopListening();
		gate?.remove(one);
		running.delete(peer);
		context.emit({
			type: 'stream/fileEnded',
			peer,
			name,
			sentBytes: one.sentBytes,
			...(error ? {error} : {}),
		});
	};

	return {
		async start(entry, session, path) {
			const {key, name} = entry;
			if (running.has(key)) throw new SocktermError('rawFileBusy', {name});
			running.set(key, undefined);
			const isGone = () => entry.session !== session;
			try {
				const opened = await openOne(files, path);
				if (isGone()) {
					await opened.reader.close();
					throw new SocktermError('notConnected', {name});
				}

				void run(entry, session, opened, isGone);
			} catch (error) {
				running.delete(key);
				throw error;
			}
		},
		stop(entry) {
			const one = running.get(entry.key);
			if (!one) throw new SocktermError('noRawFile', {name: entry.name});
			one.stop(errorInfo('cancelled'));
		},
	};
}
