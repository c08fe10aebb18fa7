/**
 * Sends the wanted entries of a transfer one behind the other on its lane, with
 * no round trip between them, and never more queued than a few buffers.
 */
import {SocktermError, toErrorInfo, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {
	encodeAbort,
	encodeBegin,
	encodeDataHeader,
	encodeEnd,
	type LaneFrame,
} from '../protocol/lane-frames.js';
import {toHex} from '../util/bytes.js';
import type {Lane} from './lane.js';
import type {SourceEntry} from './ports.js';

export interface LaneSenderHandlers {
	/** The receiver has verified, made durable and named the entry. */
	saved(entry: number, savedAs: string, digest: string): void;
	failed(entry: number, error: ErrorInfo): void;
	/** The lane is gone; what is not settled never will be. */
	closed(error?: ErrorInfo): void;
}

export interface LaneSender {
	/** Bytes of files that the system has taken. */
	movedBytes(): number;
	currentEntry(): number;
	stop(): void;
}

export function startLaneSender(
	lane: Lane,
	files: readonly SourceEntry[],
	wanted: readonly number[],
	handlers: LaneSenderHandlers,
): LaneSender {
	const {connection} = lane;
	const isWanted = new Set(wanted);
	const settled = new Set<number>();
	const digests = new Map<number, string>();
	let isStopped = false;
	let handedBytes = 0;
	let current = wanted[0] ?? 0;
	let wake: (() => void) | undefined;

	const wakeUp = () => {
		wake?.();
		wake = undefined;
	};

	const drained = async () =>
		new Promise<void>(resolve => {
			wake = resolve;
		});

	const settle = (entry: number, tell: () => void) => {
		if (settled.has(entry)) return;
		settled.add(entry);
		tell();
	};

	lane.attach({
		frame(frame: LaneFrame) {
			if (!('entry' in frame) || !isWanted.has(frame.entry)) {
				throw new SocktermError('protocolViolation', {what: frame.kind});
			}

			const {entry} = frame;
			switch (frame.kind) {
				case 'saved': {
					const digest = digests.get(entry);
					if (digest === undefined) {
						throw new SocktermError('protocolViolation', {what: 'early saved'});
					}

					settle(entry, () => {
						handlers.saved(entry, frame.name, digest);
					});
					break;
				}

				case 'failed': {
					settle(entry, () => {
						handlers.failed(entry, remoteError(frame.code));
					});
					break;
				}

				case 'durable': {
					break;
				}

				default: {
					throw new SocktermError('protocolViolation', {what: frame.kind});
				}
			}
		},
		drained: wakeUp,
		closed(error) {
			isStopped = true;
			wakeUp();
			handlers.closed(error);
		},
	});

	const sendEntry = async (index: number, file: SourceEntry) => {
		const reader = await file.open();
		try {
			connection.write(
				encodeBegin({entry: index, offset: 0, size: file.sizeBytes}),
			);
			let offset = 0;
			for (;;) {
				const chunk = await reader.read();
				if (chunk.length === 0 || isStopped || settled.has(index)) break;
				const isRoomLeft = connection.writeMany(
					[encodeDataHeader(offset, chunk.length), chunk],
					() => {
						reader.recycle(chunk);
					},
				);
				offset += chunk.length;
				handedBytes += chunk.length;
				if (
					!isRoomLeft &&
					connection.queuedBytes() >
						limits.laneChunksAhead * limits.laneFrameBytes
				) {
					await drained();
				}
			}

			if (isStopped) return;
			if (settled.has(index)) {
				// The receiver has given it up: it waits for the next entry.
				connection.write(encodeAbort({entry: index, code: 'cancelled'}));
				return;
			}

			const digest = await reader.finish();
			digests.set(index, toHex(digest));
			connection.write(encodeEnd({entry: index, digest}));
		} finally {
			await reader.close();
		}
	};

	const sendAll = async () => {
		for (const index of wanted) {
			if (isStopped) return;
			const file = files[index]!;
			current = index;
			try {
				await sendEntry(index, file);
			} catch (error) {
				const info = toErrorInfo(error);
				connection.write(encodeAbort({entry: index, code: info.code}));
				settle(index, () => {
					handlers.failed(index, info);
				});
			}
		}
	};

	void sendAll();
	return {
		movedBytes: () => Math.max(0, handedBytes - connection.queuedBytes()),
		currentEntry: () => current,
		stop() {
			isStopped = true;
			wakeUp();
		},
	};
}

function remoteError(code: string): ErrorInfo {
	return new SocktermError('peerReported', {code}).info;
}
