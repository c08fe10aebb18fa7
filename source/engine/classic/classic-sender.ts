/**
 * Sends one file to a classic receiver: looks at the file, dials, and tells of
 * both as of a peer and a transfer. How it goes on is `classic-departure.ts`.
 * Invariant: a file that cannot be sent bothers nobody.
 */
import {errorInfo, SocktermError, toErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {encodeClassicName} from '../../protocol/classic-name.js';
import {formatAddress} from '../../util/address.js';
import type {ClassicCommand} from './classic-commands.js';
import {
	isOnThisMachine,
	startClassicDeparture,
	type ClassicDeparture,
} from './classic-departure.js';
import {
	createClassicRecord,
	failClassic,
	type ClassicJobs,
} from './classic-jobs.js';
import type {EngineContext} from '../context.js';
import type {PeerKey, TransferId} from '../ids.js';
import type {SourceEntry, SourceReader} from '../ports.js';
import {toSafeText} from '../sanitize.js';
import type {TransferLimits} from '../transfers/transfer-limits.js';

type Request = Pick<ClassicCommand, 'target' | 'path'>;

interface OpenFile {
	readonly entry: SourceEntry;
	readonly reader: SourceReader;
	/** As it is said, in GBK. */
	readonly name: Uint8Array;
}

export interface ClassicSending {
	/** Resolves when it has begun. Throws fileMissing, fileUnreadable, notAFile, classicOneFile, notEncodable. */
	send(request: Request): Promise<void>;
	/** Whether a transfer of ours ended and can be sent again. */
	canRetry(id: TransferId): boolean;
	/** Throws as `send` does. */
	retry(id: TransferId): Promise<void>;
}

export function createClassicSending(
	context: EngineContext,
	jobs: ClassicJobs,
	rates: TransferLimits,
): ClassicSending {
	const {clock, files, network} = context.ports;
	/** Those that did not arrive, oldest first. */
	const retries = new Map<TransferId, Request>();

	const open = async (path: string): Promise<OpenFile> => {
		const {entries} = await files.describe(path);
		const [entry] = entries;
		const [fileName = ''] = entry?.path ?? [];
		const isOne = entries.length === 1 && entry?.path.length === 1;
		if (!isOne || entry.kind !== 'file') {
			throw new SocktermError('classicOneFile', {path});
		}

		const name = encodeClassicName(fileName);
		return {entry, name, reader: await entry.open()};
	};

	const remember = (id: TransferId, request: Request) => {
		const phase = context.state().transfers.get(id)?.phase;
		if (phase?.kind !== 'finished' || phase.outcome.kind === 'saved') return;
		retries.set(id, request);
		const [oldest] = retries.keys();
		if (retries.size > limits.finishedTransfers && oldest !== undefined) {
			retries.delete(oldest);
		}
	};

	const start = (request: Request, {entry, reader, name}: OpenFile) => {
		const {target} = request;
		const {sizeBytes} = entry;
		const peer = context.nextId('raw') as PeerKey;
		const peerName = toSafeText(formatAddress(target));
		const shownName = toSafeText(entry.path.join('/'), {joiners: false});
		const abort = new AbortController();
		let departure: ClassicDeparture | undefined;
		const record = createClassicRecord(
			context,
			{peer, direction: 'out'},
			sizeBytes,
			{
				changed: () => departure?.changed(),
				finished() {
					rates.forget(record.id);
					remember(record.id, request);
					abort.abort();
					if (!record.isAccepted()) departure?.stop();
				},
			},
		);

		const dial = async () => {
			context.emit({type: 'peer/dialing', peer, attempt: 1});
			const connection = await network.dial(target, 'raw', abort.signal);
			if (record.isFinished()) {
				connection.destroy();
				return;
			}

			const {remote, local} = connection;
			context.emit({
				type: 'peer/connected',
				peer,
				kind: 'raw',
				name: peerName,
				trust: 'PLAIN',
				encrypted: false,
				direction: 'out',
				address: remote,
				local,
			});
			if (!isOnThisMachine(connection)) {
				const error = errorInfo('classicMayLose', {...target});
				context.emit({type: 'stream/problem', peer, error});
			}

			const {promise: closed, resolve} = Promise.withResolvers<void>();
			departure = startClassicDeparture(context, connection, {
				clock,
				record,
				reader,
				limiter: rates.of(record.id, 'out'),
				name,
				shownName,
				sizeBytes,
				target,
				closed: resolve,
			});
			await closed;
		};

		const run = async () => {
			try {
				await dial();
			} catch (error) {
				failClassic(context, record, toErrorInfo(error));
			}

			context.emit({type: 'peer/left', peer});
			await record.quiet();
			await reader.close();
		};

		const appearing = {type: 'peer/appeared', peer, name: peerName} as const;
		context.emit({
			...appearing,
			direction: 'out',
			target: {kind: 'raw', ...target},
		});
		context.emit({
			type: 'transfer/offered',
			transfer: record.id,
			peer,
			direction: 'out',
			entries: [{name: shownName, sizeBytes}],
			totalBytes: sizeBytes,
			trust: 'PLAIN',
		});
		jobs.add({
			peer,
			direction: 'out',
			remote: target,
			record: () => record,
			stop() {
				record.finish({kind: 'cancelled', by: 'us'});
			},
			gone: run(),
		});
	};

	const send = async (request: Request) => {
		const file = await open(request.path);
		if (jobs.isClosed()) await file.reader.close();
		else start(request, file);
	};

	return {
		send,
		canRetry: id => retries.has(id),
		async retry(id) {
			const request = retries.get(id);
			if (!request) throw new SocktermError('nothingToRetry');
			await send(request);
			retries.delete(id);
		},
	};
}
