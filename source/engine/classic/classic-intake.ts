/**
 * The bytes of a classic file on their way to its part file: not read while the
 * disk is far behind, while it is paused, or beyond the rate limit. Decides only
 * that; invariant: what was not published is discarded, for nobody could go on
 * with it.
 */
import type {ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {toHex} from '../../util/bytes.js';
import {createLaneIntake} from '../transfers/lane-intake.js';
import type {
	Clock,
	Connection,
	PeerId,
	PlannedEntry,
	ReceiveFolder,
} from '../ports.js';
import type {Mover} from '../transfers/progress-sampler.js';
import type {RateLimiter} from '../transfers/rate-limiter.js';

export interface ClassicIntakeOptions {
	readonly connection: Connection;
	readonly clock: Clock;
	readonly folder: ReceiveFolder;
	readonly peerId: PeerId;
	readonly planned: PlannedEntry;
	readonly limiter: Omit<RateLimiter, 'set'>;
	readonly isPaused: () => boolean;
	readonly failed: (error: ErrorInfo) => void;
	/** The disk is full (it is tried again), or has room again. */
	readonly blocked: (error: ErrorInfo | undefined) => void;
}

export interface ClassicIntake extends Mover {
	take(bytes: Uint8Array): void;
	/** Whether it may be read has changed. */
	regulate(): void;
	/** It waits for the other side, not for us. */
	isReading(): boolean;
	/** The name that it got, and its BLAKE3 in hex. Throws as `PartFile.publish` does. */
	publish(): Promise<{readonly name: string; readonly digest: string}>;
	stop(): Promise<void>;
}

/** Throws receiveFolderUnwritable, storageFailed. */
export async function openClassicIntake({
	connection,
	clock,
	folder,
	peerId,
	planned,
	limiter,
	isPaused,
	failed,
	blocked,
}: ClassicIntakeOptions): Promise<ClassicIntake> {
	const delivery = folder.openDelivery(peerId, [planned]);
	const part = await delivery.createPart(0, 0).catch(async (error: unknown) => {
		await delivery.close();
		throw error;
	});
	let movedBytes = 0;
	const load = () =>
		isPaused() ? 2 : part.queuedBytes() / limits.diskQueueBytes;
	const intake = createLaneIntake(connection, clock, limiter, load);
	part.onProgress(intake.regulate);
	part.onFailed(failed);
	part.onBlocked(blocked);
	return {
		take(bytes) {
			movedBytes += bytes.length;
			part.write(bytes);
			intake.took(bytes.length);
		},
		regulate: intake.regulate,
		isReading: () => load() === 0 && limiter.delayMs() < 1,
		async publish() {
			const {path, digest = new Uint8Array()} = await part.publish();
			return {name: path.join('/'), digest: toHex(digest)};
		},
		movedBytes: () => movedBytes,
		currentEntry: () => 0,
		queuedBytes: () => part.queuedBytes(),
		async stop() {
			intake.stop();
			await part.discard();
			await delivery.close();
		},
	};
}
