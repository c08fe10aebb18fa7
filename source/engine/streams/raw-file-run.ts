/**
 * One file's way to a plain peer. Decides when the next piece is written: while
 * little enough of it waits for the system, and nobody holds it up. Invariants: at
 * most `limits.rawFileAheadBytes` wait; the reader is closed whatever happens; what
 * counts as sent is what the system has taken.
 */
import {toErrorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {SourceReader} from '../ports.js';

export interface RawFileRun {
	/** The first reason ends it. */
	stop(error: ErrorInfo): void;
	pause(): void;
	resume(): void;
	/** Writes all of it; resolves when it is over, with the reason where it is not whole. Never rejects. */
	write(reader: SourceReader): Promise<ErrorInfo | undefined>;
	readonly sentBytes: number;
}

export function createRawFileRun(options: {
	/** Calls `taken` once the system has it. */
	readonly send: (piece: Uint8Array, taken: () => void) => void;
	readonly progressed: (sentBytes: number) => void;
}): RawFileRun {
	let error: ErrorInfo | undefined;
	const hasToStop = () => error !== undefined;
	let isPaused = false;
	let writtenBytes = 0;
	let sentBytes = 0;
	let wake: () => void = () => undefined;

	/** Resolves as soon as `isReady`, or it has to stop. */
	const until = async (isReady: () => boolean) => {
		while (!hasToStop() && !isReady()) {
			await new Promise<void>(resolve => {
				wake = resolve;
			});
		}
	};

	// Waiting for every single piece would cost a turn of both programs for each.
	const hasRoom = () =>
		writtenBytes - sentBytes + limits.rawFilePieceBytes <=
		limits.rawFileAheadBytes;

	const writePiece = (piece: Uint8Array) => {
		writtenBytes += piece.length;
		options.send(piece, () => {
			sentBytes += piece.length;
			options.progressed(sentBytes);
			wake();
		});
	};

	const writeAll = async (reader: SourceReader) => {
		while (!hasToStop()) {
			const block = await reader.read();
			if (block.length === 0) break;
			for (let at = 0; at < block.length; at += limits.rawFilePieceBytes) {
				await until(() => hasRoom() && !isPaused);
				if (hasToStop()) break;
				// A copy: the piece stays in the conversation, and the block is filled again.
				writePiece(block.slice(at, at + limits.rawFilePieceBytes));
			}

			reader.recycle(block);
		}

		await until(() => sentBytes === writtenBytes);
		if (!hasToStop()) await reader.finish();
	};

	return {
		get sentBytes() {
			return sentBytes;
		},
		stop(reason) {
			error ??= reason;
			wake();
		},
		pause() {
			isPaused = true;
		},
		resume() {
			isPaused = false;
			wake();
		},
		async write(reader) {
			try {
				await writeAll(reader);
			} catch (cause) {
				error ??= toErrorInfo(cause);
			}

			await reader.close();
			return error;
		},
	};
}
