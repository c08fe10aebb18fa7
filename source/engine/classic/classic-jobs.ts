/**
 * The classic files that are under way, by transfer and by peer: what people ask
 * of a transfer or a connection finds its way through here. Decides nothing of
 * how they move. Invariant: a job is here until its connection is gone and the
 * disk at rest.
 */
import {toHex} from '../../util/bytes.js';
import type {EngineContext} from '../context.js';
import type {Direction} from '../events.js';
import type {PeerId, PeerKey, TransferId} from '../ids.js';
import type {Address} from '../ports.js';
import type {ErrorInfo} from '../../errors.js';
import {
	createTransferRecord,
	type RecordOptions,
	type TransferRecord,
} from '../transfers/transfer-record.js';

export interface ClassicJob {
	readonly peer: PeerKey;
	readonly direction: Direction;
	readonly remote: Address;
	/** Undefined before its name and size are known. */
	record(): TransferRecord | undefined;
	/** Somebody here has had enough of it. */
	stop(): void;
	/** Resolves when nothing of it moves any more. */
	readonly gone: Promise<void>;
}

export interface ClassicJobs {
	add(job: ClassicJob): void;
	/** Nothing may begin any more. */
	isClosed(): boolean;
	receiving(): number;
	byTransfer(id: TransferId | undefined): ClassicJob | undefined;
	byPeer(peer: PeerKey): ClassicJob | undefined;
	/** Those of which the name and the size are known. */
	records(): readonly TransferRecord[];
	stopAll(): Promise<void>;
}

export function createClassicJobs(): ClassicJobs {
	const jobs = new Set<ClassicJob>();
	let isClosed = false;
	return {
		add(job) {
			jobs.add(job);
			void job.gone.then(() => jobs.delete(job));
		},
		isClosed: () => isClosed,
		receiving: () =>
			[...jobs].filter(({direction}) => direction === 'in').length,
		byTransfer: id =>
			id === undefined
				? undefined
				: [...jobs].find(job => job.record()?.id === id),
		byPeer: peer => [...jobs].find(job => job.peer === peer),
		records: () =>
			[...jobs].map(job => job.record()).filter(record => record !== undefined),
		async stopAll() {
			isClosed = true;
			const all = [...jobs];
			for (const job of all) job.stop();
			await Promise.all(all.map(async ({gone}) => gone));
		},
	};
}

/** The transfer of one file on a bare connection: nobody has proved a key there, so it gets one that nobody has. */
export function createClassicRecord(
	context: EngineContext,
	{peer, direction}: Pick<ClassicJob, 'peer' | 'direction'>,
	sizeBytes: number,
	options: Omit<RecordOptions, 'sizeOf'>,
): TransferRecord {
	const {random} = context.ports;
	const id = toHex(random(16)) as TransferId;
	const peerId = toHex(random(32)) as PeerId;
	return createTransferRecord(
		context,
		{id, peer, peerId, direction},
		undefined,
		{...options, sizeOf: () => sizeBytes},
	);
}

/** Its only entry failed, whether somebody has accepted it or not. */
export function failClassic(
	context: EngineContext,
	record: TransferRecord,
	error: ErrorInfo,
): void {
	if (record.isFinished()) return;
	if (record.isAccepted()) {
		record.failed(0, error);
		return;
	}

	const {id: transfer} = record;
	context.emit({type: 'transfer/entryFailed', transfer, entry: 0, error});
	record.lose(error);
}
