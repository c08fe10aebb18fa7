/**
 * Receives the accepted entries of a transfer from its lane into part files.
 * Frames are checked in order by the protocol's machine; bytes go to disk as
 * they come, and the lane is not read while the disk is far behind. SAVED is
 * said only when the file has its name.
 */
import {errorInfo, toErrorInfo, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {encodeFailed, encodeSaved} from '../protocol/lane-frames.js';
import {createTransferReceiver} from '../protocol/transfer-receiver.js';
import {toHex} from '../util/bytes.js';
import type {Lane} from './lane.js';
import {createPlaces} from './places.js';
import type {Delivery, PartFile, SafeName} from './ports.js';

export interface ReceivedEntry {
	readonly kind: 'file' | 'folder';
	/** Undefined where the entry was refused or not wanted. */
	readonly path: readonly SafeName[] | undefined;
	readonly sizeBytes: number;
	readonly mtimeMs: number;
}

export interface LaneReceiverHandlers {
	saved(entry: number, savedAs: string, digest: string): void;
	failed(entry: number, error: ErrorInfo): void;
	closed(error?: ErrorInfo): void;
}

export interface LaneReceiver {
	movedBytes(): number;
	currentEntry(): number;
	/** Bytes received that the disk has not taken. */
	queuedBytes(): number;
	/** Ends it and deletes what is unfinished; resolves when nothing is left behind. */
	stop(): Promise<void>;
}

const maxSavedBytes = 4 * limits.nameBytes;

/** One entry on its way: pieces wait here until its part file is open. */
interface Sink {
	readonly opened: Promise<PartFile | undefined>;
	part: PartFile | undefined;
	/** Frees its place among the parts that are open. */
	leave: () => void;
	waiting: Uint8Array[];
	waitingBytes: number;
}

export function startLaneReceiver(
	lane: Lane,
	delivery: Delivery,
	entries: readonly ReceivedEntry[],
	handlers: LaneReceiverHandlers,
): LaneReceiver {
	const {connection} = lane;
	const machine = createTransferReceiver(
		entries.map(({path, sizeBytes}) => ({
			size: sizeBytes,
			wanted: path !== undefined,
		})),
	);
	const sinks = new Map<number, Sink>();
	const places = createPlaces(limits.partsOpen);
	let current = 0;
	let movedBytes = 0;
	let isPaused = false;
	let isStopped = false;

	const queuedBytes = () => {
		let total = 0;
		for (const sink of sinks.values()) {
			total += sink.waitingBytes + (sink.part?.queuedBytes() ?? 0);
		}

		return total;
	};

	const regulate = () => {
		const queued = queuedBytes();
		if (!isPaused && queued > limits.diskQueueBytes) {
			isPaused = true;
			connection.pause();
		} else if (isPaused && queued < limits.diskQueueBytes / 2) {
			isPaused = false;
			connection.resume();
		}
	};

	const discard = async (sink: Sink) => {
		const part = await sink.opened;
		await part?.discard();
		sink.leave();
	};

	const fail = (index: number, error: ErrorInfo) => {
		const sink = sinks.get(index);
		if (!sink || isStopped) return;
		sinks.delete(index);
		machine.skipEntry(index);
		connection.write(encodeFailed({entry: index, code: error.code}));
		void discard(sink);
		handlers.failed(index, error);
		regulate();
	};

	/** The sender gave an entry up, perhaps before it had begun. */
	const abort = (index: number, error: ErrorInfo) => {
		if (sinks.has(index)) fail(index, error);
		else handlers.failed(index, error);
	};

	const open = async (index: number, sink: Sink, entry: ReceivedEntry) => {
		const {kind, path, sizeBytes, mtimeMs} = entry;
		sink.leave = await places.take();
		// It failed, or all was stopped, while it waited its turn.
		if (sinks.get(index) !== sink) return undefined;
		try {
			const part = await delivery.createPart({
				kind,
				path: path!,
				sizeBytes,
				mtimeMs,
			});
			part.onProgress(regulate);
			part.onFailed(error => {
				fail(index, error);
			});
			sink.part = part;
			for (const piece of sink.waiting) part.write(piece);
			sink.waiting = [];
			sink.waitingBytes = 0;
			return part;
		} catch (error) {
			fail(index, toErrorInfo(error));
			return undefined;
		}
	};

	const begin = (index: number) => {
		current = index;
		const sink: {-readonly [Key in keyof Sink]: Sink[Key]} = {
			opened: Promise.resolve(undefined),
			part: undefined,
			leave: () => undefined,
			waiting: [],
			waitingBytes: 0,
		};
		sinks.set(index, sink);
		sink.opened = open(index, sink, entries[index]!);
	};

	const write = (index: number, bytes: Uint8Array) => {
		movedBytes += bytes.length;
		const sink = sinks.get(index);
		if (!sink) return;
		if (sink.part) {
			sink.part.write(bytes);
		} else {
			// A Node Buffer's own slice would be a view.
			sink.waiting.push(Uint8Array.from(bytes));
			sink.waitingBytes += bytes.length;
		}

		regulate();
	};

	const publish = async (index: number, digest: Uint8Array) => {
		const sink = sinks.get(index);
		const part = await sink?.opened;
		if (!sink || !part || !sinks.has(index) || isStopped) return;
		try {
			const name = toSavedName(await part.publish(digest));
			sinks.delete(index);
			sink.leave();
			connection.write(encodeSaved({entry: index, name}));
			handlers.saved(index, name, toHex(digest));
		} catch (error) {
			fail(index, toErrorInfo(error));
		}
	};

	lane.attach({
		frame(frame) {
			const step = machine.receive(frame);
			switch (step.kind) {
				case 'begin': {
					begin(step.entry);
					break;
				}

				case 'data': {
					write(step.entry, step.bytes);
					break;
				}

				case 'end': {
					void publish(step.entry, step.digest);
					break;
				}

				case 'abort': {
					abort(step.entry, errorInfo('peerReported', {code: step.code}));
					break;
				}

				case 'ignored': {
					break;
				}
			}
		},
		drained: () => undefined,
		closed(error) {
			handlers.closed(error);
		},
	});

	return {
		movedBytes: () => movedBytes,
		currentEntry: () => current,
		queuedBytes,
		async stop() {
			isStopped = true;
			const open = [...sinks.values()];
			sinks.clear();
			await Promise.all(open.map(discard));
			await delivery.close();
		},
	};
}

/** The path as SAVED carries it; of one that grew too long by the numbers it got, the end. */
function toSavedName(path: readonly SafeName[]): string {
	const name = path.join('/');
	const {length} = new TextEncoder().encode(name);
	return length > maxSavedBytes ? path.at(-1)! : name;
}
