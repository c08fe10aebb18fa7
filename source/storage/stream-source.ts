/**
 * A pipe that is to be sent: bytes of which nobody knows how many will come,
 * and which can be read only once. It decides how they are gathered into
 * chunks; what becomes of a second try is the engine's. Invariants: nothing is
 * taken from the pipe that nobody asked for but what the stream holds by itself
 * and the rest of one piece; a pipe that pauses is not waited for with bytes in hand.
 */
import type {Readable} from 'node:stream';
import type {SourceEntry, SourceReader} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {createHasher, noneEqual} from './hasher.js';
import {toSourceError} from './source-file.js';

/** Sends what a stream of bytes gives under a name. A second `open` throws streamBroken; whoever closes the reader ends the stream. */
export function createStreamEntry(name: string, input: Readable): SourceEntry {
	let isOpened = false;
	// It may fail before anybody reads; then the first `read` tells.
	input.on('error', () => undefined);
	return {
		kind: 'stream',
		path: [name],
		sizeBytes: 0,
		mtimeMs: Date.now(),
		async open() {
			if (isOpened) throw new SocktermError('streamBroken');
			isOpened = true;
			return openStream(name, input);
		},
		compare: async hashes => noneEqual(hashes),
	};
}

async function openStream(
	name: string,
	input: Readable,
): Promise<SourceReader> {
	const hasher = await createHasher();
	const pieces = input[Symbol.asyncIterator]();
	const free: Uint8Array[] = [];
	let next: Promise<IteratorResult<Uint8Array>> | undefined;
	let rest: Uint8Array = new Uint8Array();
	let hasEnded = false;

	const gather = async (block: Uint8Array): Promise<number> => {
		let filled = 0;
		const take = () => {
			const part = rest.subarray(0, block.length - filled);
			block.set(part, filled);
			filled += part.length;
			rest = rest.subarray(part.length);
		};

		take();
		const patience = createPatience();
		try {
			while (filled < block.length && !hasEnded) {
				next ??= pieces.next() as Promise<IteratorResult<Uint8Array>>;
				const piece =
					filled === 0
						? await next
						: await Promise.race([next, patience.ended()]);
				// It is still on its way: the next `read` gets it.
				if (!piece) break;
				next = undefined;
				if (piece.done) hasEnded = true;
				else rest = piece.value;
				take();
			}
		} finally {
			patience.stop();
		}

		return filled;
	};

	return {
		async read() {
			const block = free.pop() ?? Buffer.allocUnsafeSlow(limits.blockBytes);
			try {
				const chunk = block.subarray(0, await gather(block));
				hasher.update(chunk);
				return chunk;
			} catch (error) {
				throw toSourceError(error, name);
			}
		},
		recycle(chunk) {
			free.push(new Uint8Array(chunk.buffer));
		},
		finish: async () => hasher.digest(),
		async close() {
			input.destroy();
			await next?.catch(() => undefined);
		},
	};
}

/** Runs from the first time that it is asked for. */
function createPatience() {
	let timer: NodeJS.Timeout | undefined;
	let isOver: Promise<undefined> | undefined;
	return {
		ended: async () =>
			(isOver ??= new Promise(resolve => {
				timer = setTimeout(resolve, limits.diskFlushMs, undefined);
			})),
		stop() {
			clearTimeout(timer);
		},
	};
}
