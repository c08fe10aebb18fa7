/**
 * Streams a file to a receiver that counts its reads: in writes that are
 * multiples of what it reads at once, one at a time, with a pause between them,
 * so that no read of it gets less than a whole one; where the system tells what it
 * has not read, it is waited for. Decides when the next write goes out.
 * Invariant: nothing is written after `stop`.
 */
import {limits} from '../../limits.js';
import {classicPieceBytes} from '../../protocol/classic-file-assistant.js';
import type {ClassicAttention} from './classic-attention.js';
import type {Clock, Connection, SourceReader} from '../ports.js';
import type {RateLimiter} from '../transfers/rate-limiter.js';

export interface ClassicPaceOptions {
	readonly clock: Clock;
	readonly limiter: Omit<RateLimiter, 'set'>;
	readonly isPaused: () => boolean;
	readonly attention: ClassicAttention;
}

export interface ClassicPace {
	/** Resolves with the BLAKE3 digest when all is with the system, with nothing where it was stopped. Throws as the reader does. */
	readonly done: Promise<Uint8Array | undefined>;
	movedBytes(): number;
	/** Whether it is paused has changed. */
	changed(): void;
	stop(): void;
}

export function startClassicPace(
	connection: Connection,
	reader: SourceReader,
	{clock, limiter, isPaused, attention}: ClassicPaceOptions,
): ClassicPace {
	const preciseNow = () => clock.precise?.() ?? clock.now();
	let movedBytes = 0;
	let isStopped = false;
	let wake: () => void = () => undefined;
	/** Writes since the other side was seen to have read all. */
	let unseen = 0;
	const hasStopped = () => isStopped;

	/** Until `wake`, or for so long. */
	const rest = async (delayMs?: number) =>
		new Promise<void>(resolve => {
			const cancel =
				delayMs === undefined ? undefined : clock.after(delayMs, resolve);
			wake = () => {
				cancel?.();
				resolve();
			};
		});

	const write = async (piece: Uint8Array) => {
		let isOut = false;
		const wroteAt = preciseNow();
		connection.write(piece, () => {
			isOut = true;
			wake();
		});
		movedBytes += piece.length;
		limiter.count(piece.length);
		const isTaken = () => isOut || hasStopped();
		while (!isTaken()) await rest();
		// Timers count from the turn of the event loop that they were set in.
		const isEarly = () =>
			!hasStopped() && preciseNow() - wroteAt < limits.classicWriteMs;
		while (isEarly()) {
			await rest(limits.classicWriteMs);
		}

		unseen++;
		if (unseen < limits.classicWritesUnseen) return;
		unseen = 0;
		await attention.caughtUp(hasStopped);
	};

	const mayMove = async () => {
		for (;;) {
			const delayMs = limiter.delayMs();
			if (hasStopped() || (!isPaused() && delayMs < 1)) return;
			await rest(isPaused() ? undefined : delayMs);
		}
	};

	const stream = async () => {
		for (;;) {
			await mayMove();
			if (hasStopped()) return undefined;
			const chunk = await reader.read();
			if (chunk.length === 0) return reader.finish();
			for (let start = 0; start < chunk.length;) {
				await mayMove();
				if (hasStopped()) return undefined;
				const left = chunk.length - start;
				const end = start + classicPieceBytes(left, limiter.pieceBytes());
				await write(chunk.subarray(start, end));
				start = end;
			}

			// It may be on its way still, and is gone with the reader.
			if (hasStopped()) return undefined;

			reader.recycle(chunk);
		}
	};

	const changed = () => {
		wake();
	};

	const unwatch = limiter.watch(changed);
	return {
		done: stream().finally(unwatch),
		movedBytes: () => movedBytes,
		changed,
		stop() {
			isStopped = true;
			wake();
		},
	};
}
