/** Offers files and, when the other side has accepted, sends them on a lane. */
import {errorInfo, SocktermError, toErrorInfo} from '../errors.js';
import type {ControlMessage} from '../protocol/messages.js';
import {offerPages} from '../protocol/offer-pages.js';
import {toHex} from '../util/bytes.js';
import type {EngineContext} from './context.js';
import {gather} from './gather-sources.js';
import type {TransferId} from './ids.js';
import type {Lane} from './lane.js';
import {startLaneSender} from './lane-sender.js';
import type {PeerSession} from './peer-session.js';
import type {PeerEntry} from './peer-table.js';
import type {SourceEntry} from './ports.js';
import {toSafeText} from './sanitize.js';
import type {TransferBook} from './transfer-book.js';
import {laneLost, type TransferRecord} from './transfer-record.js';

export interface OutgoingTransfers {
	/** Throws fileMissing, fileUnreadable, notAFile, offerTooLarge, rawPeerTakesNoFiles, notConnected. */
	offer(entry: PeerEntry, paths: readonly string[]): Promise<void>;
	accepted(
		session: PeerSession,
		message: Extract<ControlMessage, {name: 'accept'}>,
	): void;
	/** The lane is there: send. */
	start(id: TransferId, lane: Lane): void;
}

interface Outgoing {
	readonly record: TransferRecord;
	readonly files: readonly SourceEntry[];
	/** As much of the answer as has come. */
	readonly skipped: Set<number>;
	wanted: readonly number[];
}

export function createOutgoingTransfers(
	context: EngineContext,
	book: TransferBook,
): OutgoingTransfers {
	const outgoing = new Map<TransferId, Outgoing>();

	return {
		async offer(entry, paths) {
			const {session} = entry;
			if (session?.kind === 'raw' || entry.incoming) {
				throw new SocktermError('rawPeerTakesNoFiles', {name: entry.name});
			}

			if (!session) throw new SocktermError('notConnected', {name: entry.name});
			if (paths.length === 0) throw new SocktermError('fileMissing');
			const {files, leftOut} = await gather(context.ports.files, paths);
			// It may have gone while the disk was asked.
			if (entry.session !== session) {
				throw new SocktermError('notConnected', {name: entry.name});
			}

			const id = toHex(context.ports.random(16)) as TransferId;
			const record = book.add(
				{id, peer: entry.key, session, direction: 'out'},
				() => outgoing.delete(id),
			);
			outgoing.set(id, {
				record,
				files,
				skipped: new Set(),
				wanted: files.map((_, index) => index),
			});
			context.emit({
				type: 'transfer/offered',
				transfer: id,
				peer: entry.key,
				direction: 'out',
				entries: files.map(({kind, path, sizeBytes}) => ({
					name: toSafeText(path.join('/'), {joiners: false}),
					...(kind === 'folder' ? {kind} : {}),
					sizeBytes,
				})),
				totalBytes: files.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
				...(leftOut > 0 ? {leftOut} : {}),
				trust: 'UNVERIFIED',
			});
			const offered = files.map(({kind, path, sizeBytes, mtimeMs}) => ({
				path: [...path],
				size: sizeBytes,
				mtimeMs,
				...(kind === 'folder' ? {kind} : {}),
			}));
			for (const page of offerPages(id, offered)) session.send(page);
		},

		accepted(session, {transfer, skip, more}) {
			const held = outgoing.get(transfer as TransferId);
			if (!held || held.record.session !== session) return;
			if (held.record.isAccepted()) {
				throw new SocktermError('protocolViolation', {what: 'second accept'});
			}

			const {record, skipped, wanted: all} = held;
			if (skipped.size + skip.length > all.length) {
				throw new SocktermError('protocolViolation', {what: 'skip'});
			}

			for (const index of skip) skipped.add(index);
			if (more) return;
			held.wanted = all.filter(index => !skipped.has(index));
			if (held.wanted.length === 0) {
				record.finish({kind: 'declined'});
				return;
			}

			record.accept(all);
			for (const index of all) {
				if (skipped.has(index)) record.failed(index, errorInfo('declined'));
			}

			if (session.direction === 'in') book.invite(record);
		},

		start(id, lane) {
			const held = outgoing.get(id);
			if (!held || held.record.isFinished()) {
				lane.connection.destroy();
				return;
			}

			const {record, files, wanted} = held;
			try {
				const sender = startLaneSender(lane, files, wanted, {
					saved: record.saved,
					failed: record.failed,
					closed(error) {
						record.lose(laneLost(error));
					},
				});
				record.move(sender, isFlushed => {
					if (isFlushed) lane.connection.end();
					else lane.connection.destroy();
				});
			} catch (error) {
				record.lose(toErrorInfo(error));
			}
		},
	};
}
