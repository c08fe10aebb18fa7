/**
 * Sends the wanted entries of a transfer one behind the other on its lane, with
 * no round trip between them, and never more queued than a few buffers. While it
 * is held nothing moves. Entries that could not be read are aborted, the others
 * go on.
 */
import {
	errorInfo,
	SocktermError,
	toErrorInfo,
	type ErrorInfo,
} from '../../errors.js';
import {limits} from '../../limits.js';
import {
	differsCode,
	encodeAbort,
	type LaneFrame,
} from '../../protocol/lane-frames.js';
import {toHex} from '../../util/bytes.js';
import {createEntrySender} from './entry-sender.js';
import {createHeldHashes} from './held-hashes.js';
import type {Lane} from './lane.js';
import {createOpenAhead} from './open-ahead.js';
import type {Clock, SourceEntry} from '../ports.js';
import type {RateLimiter} from './rate-limiter.js';

export interface LaneSenderHandlers {
	/** The entry goes on from bytes that the receiver has. */
	resumed(entry: number, heldBytes: number): void;
	/** The receiver has verified, made durable and named the entry. */
	saved(entry: number, savedAs: string, digest: string, existed: boolean): void;
	failed(entry: number, error: ErrorInfo): void;
	/** The receiver has another file than this one: the bytes are still to be sent. */
	differs(entry: number): void;
	/** Nothing is left to do on this lane but those that differ. */
	left(): void;
	/** The lane is gone; what is not settled is not across. */
	closed(error?: ErrorInfo): void;
}

export interface LaneSenderOptions {
	readonly clock: Clock;
	readonly files: readonly SourceEntry[];
	/** In their order. */
	readonly wanted: readonly number[];
	/** Those of which the receiver has something: HELD comes for each. */
	readonly held: Iterable<number>;
	/** Those that the receiver may have whole. */
	readonly same: ReadonlySet<number>;
	readonly limiter: Omit<RateLimiter, 'set'>;
}

export interface LaneSender {
	/** Bytes of files that the system has taken, and those that the receiver had. */
	movedBytes(): number;
	currentEntry(): number;
	/** Begins held. */
	hold(isHeld: boolean): void;
	stop(): void;
}

const roomBytes = limits.laneChunksAhead * limits.laneFrameBytes;

export function startLaneSender(
	lane: Lane,
	options: LaneSenderOptions,
	handlers: LaneSenderHandlers,
): LaneSender {
	const {connection} = lane;
	const {clock, files, wanted, same, limiter} = options;
	const held = createHeldHashes(files, options.held);
	const isWanted = new Set(wanted);
	const settled = new Set<number>();
	const ended = new Map<number, string>();
	let hasDiffering = false;
	let isHeld = true;
	let isStopped = false;
	let countedBytes = 0;
	let current = wanted[0] ?? 0;
	let wake: () => void = () => undefined;

	const unwatch = limiter.watch(() => {
		wake();
	});

	const mayMove = async (): Promise<boolean> => {
		for (;;) {
			if (isStopped) return false;
			const leftMs = limiter.delayMs();
			const isFull = connection.queuedBytes() > roomBytes;
			if (!isHeld && !isFull && leftMs <= 0) return true;
			await new Promise<void>(resolve => {
				const cancel =
					leftMs > 0 ? clock.after(leftMs, resolve) : () => undefined;
				wake = () => {
					cancel();
					resolve();
				};
			});
		}
	};

	const settle = (entry: number, tell: () => void) => {
		if (settled.has(entry)) return;
		settled.add(entry);
		tell();
		if (settled.size === isWanted.size && hasDiffering) handlers.left();
	};

	const receive = (frame: LaneFrame) => {
		if (!('entry' in frame) || !isWanted.has(frame.entry)) {
			throw new SocktermError('protocolViolation', {what: frame.kind});
		}

		const {entry} = frame;
		switch (frame.kind) {
			case 'saved': {
				const digest = ended.get(entry);
				if (digest === undefined) {
					throw new SocktermError('protocolViolation', {what: 'early saved'});
				}

				settle(entry, () => {
					handlers.saved(entry, frame.name, digest, same.has(entry));
				});
				break;
			}

			case 'failed': {
				const {code} = frame;
				settle(entry, () => {
					if (code === differsCode && same.has(entry)) {
						hasDiffering = true;
						handlers.differs(entry);
						return;
					}

					handlers.failed(entry, errorInfo('peerReported', {code}));
				});
				break;
			}

			case 'held': {
				held.receive(frame);
				break;
			}

			case 'durable': {
				break;
			}

			default: {
				throw new SocktermError('protocolViolation', {what: frame.kind});
			}
		}
	};

	const stop = () => {
		isStopped = true;
		unwatch();
		wake();
	};

	lane.attach({
		frame: receive,
		drained() {
			wake();
		},
		closed(error) {
			stop();
			handlers.closed(error);
		},
	});

	const sendEntry = createEntrySender({
		connection,
		held,
		limiter,
		mayMove,
		isSame: entry => same.has(entry),
		isGivenUp: entry => settled.has(entry),
		isStopped: () => isStopped,
		begun(entry, heldBytes) {
			current = entry;
			countedBytes += heldBytes;
			const isPart = heldBytes > 0 && !same.has(entry);
			if (isPart) handlers.resumed(entry, heldBytes);
		},
		handed(bytes) {
			countedBytes += bytes;
		},
		ended(entry, digest) {
			ended.set(entry, toHex(digest));
		},
	});

	const ahead = createOpenAhead(files, wanted);

	const sendAll = async () => {
		for (const index of wanted) {
			if (isStopped) return;
			const file = files[index]!;
			try {
				await sendEntry(index, file, async () => ahead.open(index));
			} catch (error) {
				const info = toErrorInfo(error);
				connection.write(encodeAbort({entry: index, code: info.code}));
				settle(index, () => {
					handlers.failed(index, info);
				});
			}
		}
	};

	void sendAll().finally(() => {
		void ahead.close();
	});
	return {
		movedBytes: () => Math.max(0, countedBytes - connection.queuedBytes()),
		currentEntry: () => current,
		hold(next) {
			isHeld = next;
			wake();
		},
		stop,
	};
}
