/**
 * Receives the accepted entries of a transfer from its lane into part files.
 * Frames are checked in order by the protocol's machine; bytes go to disk as
 * they come, and the lane is not read while the disk is far behind. SAVED is
 * said only when the file has its name. What is unfinished at the end is kept
 * for a later try.
 */
import {errorInfo, SocktermError, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {differsCode} from '../../protocol/lane-frames.js';
import {
	createTransferReceiver,
	type ReceiverStep,
} from '../../protocol/transfer-receiver.js';
import {toHex} from '../../util/bytes.js';
import {announceHeld} from './held-announcer.js';
import type {Lane} from './lane.js';
import {createLaneAnswers, toSavedName} from './lane-answers.js';
import {createLaneIntake} from './lane-intake.js';
import type {Clock, Delivery, PlannedEntry} from '../ports.js';
import type {RateLimiter} from './rate-limiter.js';
import {
	createReceivedParts,
	type ReceivedPartsHandlers,
} from './received-parts.js';

export interface LaneReceiverHandlers {
	/** The first entry begins. */
	began(): void;
	resumed(entry: number, heldBytes: number): void;
	saved(entry: number, savedAs: string, digest: string, existed: boolean): void;
	failed(entry: number, error: ErrorInfo): void;
	/** It is another file than the one that is here: it is still to come, on another lane. */
	differs(entry: number): void;
	/** The disk is full (it is tried again), or has room again. */
	blocked(error: ErrorInfo | undefined): void;
	closed(error?: ErrorInfo): void;
}

export interface SavedEntry {
	/** As SAVED has it. */
	readonly name: string;
	/** BLAKE3, 64 hex digits. */
	readonly digest: string;
}

export interface LaneReceiverOptions {
	readonly clock: Clock;
	readonly delivery: Delivery;
	/** Undefined where an entry was refused, not wanted or is settled. */
	readonly entries: ReadonlyArray<PlannedEntry | undefined>;
	/** Those that were announced as held. */
	readonly held: Iterable<number>;
	/** Those that may be here whole. */
	readonly same: ReadonlySet<number>;
	/** Those that were saved before, which the sender does not know: they are never written again. */
	readonly saved: ReadonlyMap<number, SavedEntry>;
	/** Those that are not settled for this side: no others count. */
	readonly pending: ReadonlySet<number>;
	readonly limiter: Omit<RateLimiter, 'set'>;
}

export interface LaneReceiver {
	/** Bytes that came, and those that were here. */
	movedBytes(): number;
	currentEntry(): number;
	/** Bytes received that the disk has not taken. */
	queuedBytes(): number;
	/** Ends it and keeps what is unfinished; resolves when the disk is at rest. */
	stop(): Promise<void>;
}

export function startLaneReceiver(
	lane: Lane,
	options: LaneReceiverOptions,
	handlers: LaneReceiverHandlers,
): LaneReceiver {
	const {connection} = lane;
	const {clock, delivery, entries, limiter, pending, same} = options;
	const machine = createTransferReceiver(
		entries.map(entry => ({
			size: entry?.kind === 'stream' ? undefined : (entry?.sizeBytes ?? 0),
			wanted: entry !== undefined,
		})),
	);
	const intake = createLaneIntake(connection, clock, limiter, () => {
		const bytes = parts.queuedBytes() / limits.diskQueueBytes;
		return Math.max(bytes, parts.count() / limits.partsUnderWay);
	});
	for (const entry of same) machine.claim(entry, 'whole');
	/** Taken for the finished files that are here until their digests are known. */
	const compared = new Set<number>();
	/** HELD is still to be said of them. */
	const unsaidHeld = new Set(options.held);
	let isCounted = true;
	let hasBegun = false;
	let current = 0;
	let movedBytes = 0;
	let isStopped = false;
	let drained: () => void = () => undefined;

	const isSmall = (entry: number) => {
		const {kind, sizeBytes = Infinity} = entries[entry] ?? {};
		return kind === 'file' && sizeBytes <= limits.smallFileBytes;
	};

	const handleParts: ReceivedPartsHandlers = {
		failed(entry, error) {
			machine.skipEntry(entry);
			const isOther = compared.has(entry);
			const code = isOther ? differsCode : error.code;
			answers.failed(entry, code);
			if (isOther) handlers.differs(entry);
			else handlers.failed(entry, error);
			intake.regulate();
		},
		blocked: handlers.blocked,
		progressed: intake.regulate,
	};
	const parts = createReceivedParts(delivery, handleParts, isSmall);

	const begin = (entry: number, heldBytes: number) => {
		if (unsaidHeld.has(entry)) {
			throw new SocktermError('protocolViolation', {what: 'begin before held'});
		}

		current = entry;
		if (!hasBegun) handlers.began();
		hasBegun = true;
		isCounted = pending.has(entry);
		if (isCounted) movedBytes += heldBytes;
		if (options.saved.has(entry)) return;
		if (same.has(entry) && heldBytes === entries[entry]?.sizeBytes) {
			compared.add(entry);
			parts.begin(entry, 'existing');
			return;
		}

		if (heldBytes > 0) handlers.resumed(entry, heldBytes);
		parts.begin(entry, heldBytes);
	};

	const answers = createLaneAnswers(connection);

	const publish = async (entry: number, digest: Uint8Array) => {
		const published = await parts.publish(entry, digest);
		intake.regulate();
		if (!published) return;
		const name = toSavedName(published.path);
		// Also where the lane is lost meanwhile: it has its name.
		if (!isStopped) answers.saved(entry, name);
		handlers.saved(entry, name, toHex(digest), published.existed);
	};

	/** The same answer as the first time, and nothing is written. */
	const answerAgain = (entry: number, before: SavedEntry, digest: string) => {
		const {name} = before;
		if (digest === before.digest) {
			answers.saved(entry, name);
			handlers.saved(entry, name, digest, true);
		} else {
			const error = errorInfo('digestMismatch', {name});
			answers.failed(entry, error.code);
			handlers.failed(entry, error);
		}
	};

	const take = (step: ReceiverStep) => {
		const {entry} = step;
		switch (step.kind) {
			case 'begin': {
				begin(entry, step.heldBytes);
				intake.regulate();
				break;
			}

			case 'data': {
				if (isCounted) movedBytes += step.bytes.length;
				parts.skip(entry, step.skippedBytes);
				parts.write(entry, step.bytes);
				intake.took(step.bytes.length);
				break;
			}

			case 'end': {
				const before = options.saved.get(entry);
				if (before) {
					answerAgain(entry, before, toHex(step.digest));
					break;
				}

				parts.skip(entry, step.skippedBytes);
				void publish(entry, step.digest);
				break;
			}

			case 'abort': {
				// What is here may be of use another time.
				parts.suspend(entry);
				const {code} = step;
				handlers.failed(entry, errorInfo('peerReported', {code}));
				intake.regulate();
				break;
			}

			case 'ignored': {
				break;
			}
		}
	};

	lane.attach({
		frame(frame) {
			if (!isStopped) take(machine.receive(frame));
		},
		drained() {
			drained();
		},
		closed(error) {
			drained();
			handlers.closed(error);
		},
	});
	void announceHeld(options.held, delivery, machine, connection, {
		said(entry) {
			unsaidHeld.delete(entry);
		},
		drained: async () =>
			new Promise<void>(resolve => {
				drained = resolve;
			}),
		isStopped: () => isStopped,
	});
	return {
		movedBytes: () => movedBytes,
		currentEntry: () => current,
		queuedBytes: parts.queuedBytes,
		async stop() {
			isStopped = true;
			answers.flush();
			drained();
			intake.stop();
			await parts.stop();
			await delivery.close();
		},
	};
}
