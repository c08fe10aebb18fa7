/**
 * The part files of one lane that are under way: a limited number is open at a
 * time, and what comes for one that is not open yet waits. It decides which
 * entry still has a part; the order of frames is the machine's. Invariants: an
 * entry fails at most once; after `stop` nothing is told and nothing is open.
 */
import {toErrorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {createEntrySink, type EntrySink} from './entry-sink.js';
import {createPlaces} from '../../util/places.js';
import type {Delivery, PartFile, Published} from '../ports.js';

export interface ReceivedPartsHandlers {
	/** Its part is discarded. */
	failed(entry: number, error: ErrorInfo): void;
	/** The disk is full (it is tried again), or has room again. */
	blocked(error: ErrorInfo | undefined): void;
	/** The queue may have become shorter. */
	progressed(): void;
}

export interface ReceivedParts {
	/** As `Delivery.createPart`. */
	begin(entry: number, use: number | 'existing'): void;
	/** Nothing happens where the entry has no part any more. */
	write(entry: number, bytes: Uint8Array): void;
	skip(entry: number, countBytes: number): void;
	/** Undefined where it has failed. */
	publish(entry: number, digest: Uint8Array): Promise<Published | undefined>;
	/** Ends a part and keeps what is there. */
	suspend(entry: number): void;
	/** Bytes that wait for the disk. */
	queuedBytes(): number;
	/** How many have begun and are not settled. */
	count(): number;
	/** Suspends all; resolves when the disk is at rest. */
	stop(): Promise<void>;
}

interface Held {
	readonly sink: EntrySink;
	readonly isSmall: boolean;
	/** What came of a small one: it holds all of it until it is settled. */
	bytes: number;
	/** Frees its place among the parts that are open. */
	leave: () => void;
}

/** Small ones, which storage may keep in memory, may be more. */
export function createReceivedParts(
	delivery: Delivery,
	handlers: ReceivedPartsHandlers,
	isSmall: (entry: number) => boolean = () => false,
): ReceivedParts {
	const parts = new Map<number, Held>();
	const places = createPlaces(limits.partsOpen);
	const smallPlaces = createPlaces(limits.smallPartsOpen);
	const blocked = new Set<number>();
	/** Those that are open and not small: few, so that adding up what they hold is cheap however many have begun. */
	const open = new Set<PartFile>();
	/** Bytes that wait for their part, and those of small ones. */
	let waitingBytes = 0;
	let isStopped = false;

	const setBlocked = (entry: number, error: ErrorInfo | undefined) => {
		const before = blocked.size;
		if (error) blocked.add(entry);
		else blocked.delete(entry);
		const isChange = (before === 0) !== (blocked.size === 0);
		if (isChange && !isStopped) handlers.blocked(error);
	};

	const leave = (held: Held, part: PartFile | undefined) => {
		if (part) open.delete(part);
		waitingBytes -= held.bytes;
		held.bytes = 0;
		held.leave();
	};

	/** Forgets a part and ends it, whenever it is open. */
	const drop = async (
		entry: number,
		held: Held,
		end: (part: PartFile) => Promise<void>,
	) => {
		if (parts.get(entry) === held) parts.delete(entry);
		setBlocked(entry, undefined);
		const part = await held.sink.opened;
		if (part) await end(part);
		leave(held, part);
	};

	const fail = (entry: number, error: ErrorInfo) => {
		const held = parts.get(entry);
		if (!held || isStopped) return;
		void drop(entry, held, async part => part.discard());
		handlers.failed(entry, error);
	};

	const openPart = async (
		entry: number,
		use: number | 'existing',
	): Promise<PartFile | undefined> => {
		const kind = parts.get(entry)?.isSmall ? smallPlaces : places;
		const freePlace = await kind.take();
		const held = parts.get(entry);
		// It failed, or all was stopped, while it waited its turn.
		if (!held || isStopped) {
			freePlace();
			return undefined;
		}

		held.leave = freePlace;
		try {
			// Set aside now: nobody has asked for it before.
			if (use === 'existing') await delivery.held(entry);
			const part = await delivery.createPart(entry, use);
			if (!held.isSmall) open.add(part);
			part.onProgress(handlers.progressed);
			part.onBlocked(error => {
				if (parts.get(entry) === held) setBlocked(entry, error);
			});
			part.onFailed(error => {
				fail(entry, error);
			});
			return part;
		} catch (error) {
			fail(entry, toErrorInfo(error));
			return undefined;
		}
	};

	return {
		begin(entry, use) {
			const isOfMemory = use === 0 && isSmall(entry);
			const sink = createEntrySink(
				async () => openPart(entry, use),
				moreBytes => {
					if (!isOfMemory) waitingBytes += moreBytes;
				},
			);
			const leave = () => undefined;
			parts.set(entry, {sink, isSmall: isOfMemory, bytes: 0, leave});
		},
		write(entry, bytes) {
			const held = parts.get(entry);
			if (!held) return;
			if (held.isSmall) {
				held.bytes += bytes.length;
				waitingBytes += bytes.length;
			}

			held.sink.write(bytes);
		},
		skip(entry, countBytes) {
			parts.get(entry)?.sink.skip(countBytes);
		},
		async publish(entry, digest) {
			const held = parts.get(entry);
			const part = await held?.sink.opened;
			if (!held || !part || parts.get(entry) !== held) return undefined;
			try {
				const published = await part.publish(digest);
				if (parts.get(entry) === held) parts.delete(entry);
				setBlocked(entry, undefined);
				leave(held, part);
				return published;
			} catch (error) {
				fail(entry, toErrorInfo(error));
				return undefined;
			}
		},
		suspend(entry) {
			const held = parts.get(entry);
			if (held) void drop(entry, held, async part => part.suspend());
		},
		queuedBytes() {
			let total = waitingBytes;
			for (const part of open) total += part.queuedBytes();
			return total;
		},
		count: () => parts.size,
		async stop() {
			isStopped = true;
			await Promise.all(
				[...parts].map(async ([entry, held]) =>
					drop(entry, held, async part => part.suspend()),
				),
			);
		},
	};
}
