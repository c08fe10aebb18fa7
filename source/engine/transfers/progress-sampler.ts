/**
 * Looks at a transfer while it moves, a few times a second, and says how far it
 * is, or why nothing moves. Invariant: between `hold(true)` and `hold(false)`,
 * and after `stop`, nothing is said.
 */
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {Direction, Stall} from '../events.js';
import type {TransferId} from '../ids.js';

export interface Mover {
	/** Bytes since it began, those that were held among them. */
	movedBytes(): number;
	currentEntry(): number;
	/** Bytes that wait for the disk on this side; missing where they do not. */
	queuedBytes?(): number;
	stop(): Promise<void> | void;
}

export interface ProgressSampler {
	/** Watches another mover, before which so many bytes were across. */
	follow(mover: Mover, baseBytes: number): void;
	/** Says that bytes move from now on; nothing where it has said so already. */
	start(): void;
	/** So many bytes were held: they have not moved. */
	resumed(heldBytes: number): void;
	sample(): void;
	hold(isHeld: boolean): void;
	stop(): void;
}

export function createProgressSampler(
	context: EngineContext,
	{id: transfer, direction}: {id: TransferId; direction: Direction},
	/** Something has moved. */
	moved: () => void,
): ProgressSampler {
	const {clock} = context.ports;
	let mover: Mover | undefined;
	let baseBytes = 0;
	let isStarted = false;
	let isHeld = false;
	let lastBytes = 0;
	let lastMovedAt = 0;
	let cancelSample: (() => void) | undefined;

	const why = (): Stall => {
		if (direction === 'out') return 'receiver';
		return (mover?.queuedBytes?.() ?? 0) > 0 ? 'ownDisk' : 'sender';
	};

	const start = () => {
		if (isStarted || isHeld || !mover) return;
		isStarted = true;
		lastMovedAt = clock.now();
		context.emit({
			type: 'transfer/started',
			transfer,
			movedBytes: baseBytes + lastBytes,
		});
	};

	const sample = () => {
		if (!mover || isHeld) return;
		const now = clock.now();
		const bytes = mover.movedBytes();
		const isStill = bytes === lastBytes;
		if (!isStill) {
			start();
			lastMovedAt = now;
			lastBytes = bytes;
			moved();
		} else if (!isStarted || now - lastMovedAt < limits.stallMs) {
			return;
		}

		context.emit({
			type: 'transfer/progressed',
			transfer,
			entry: mover.currentEntry(),
			movedBytes: baseBytes + bytes,
			...(isStill ? {stalled: why()} : {}),
		});
	};

	const sampleLater = () => {
		cancelSample = clock.after(limits.progressMs, () => {
			sample();
			sampleLater();
		});
	};

	return {
		follow(next, base) {
			mover = next;
			baseBytes = base;
			lastBytes = 0;
			isStarted = false;
			cancelSample?.();
			sampleLater();
		},
		start,
		resumed(heldBytes) {
			start();
			lastBytes += heldBytes;
			moved();
		},
		sample,
		hold(next) {
			isHeld = next;
			isStarted = false;
		},
		stop() {
			cancelSample?.();
			cancelSample = undefined;
			mover = undefined;
			isStarted = false;
		},
	};
}
