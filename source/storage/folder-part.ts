/** An empty folder on its way: it has no bytes, and is made when the sender has ended it. */
import type {PartFile, Published} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {equalBytes} from '../util/bytes.js';
import type {Hasher} from './hasher.js';
import {RoomWait} from './room-wait.js';

export interface FolderPartOptions {
	/** Of no bytes. */
	readonly hasher: Hasher;
	/** May be asked again where the disk is full. */
	readonly make: () => Promise<Published>;
	readonly retryMs: number;
	readonly explain: (cause: unknown) => Promise<SocktermError>;
	/** Called once, when it is made or will never be; never rejects. */
	readonly release: () => Promise<void>;
}

export function createFolderPart(options: FolderPartOptions): PartFile {
	const {hasher, make, explain, release, retryMs} = options;
	const room = new RoomWait({explain, retryMs});
	let publishing: Promise<Published> | undefined;
	let isReleased = false;
	const end = async () => {
		if (isReleased) return;
		isReleased = true;
		await release();
	};

	const publish = async (digest: Uint8Array | undefined) => {
		try {
			if (isReleased) throw new SocktermError('cancelled');
			if (!digest || !equalBytes(hasher.digest(), digest))
				throw new SocktermError('digestMismatch');
			return await room.run(make);
		} catch (cause) {
			throw await explain(cause);
		} finally {
			await end();
		}
	};

	const cancel = async () => {
		room.end();
		await publishing?.catch(() => undefined);
		await end();
	};

	return {
		// The agreed size is 0, so nothing comes.
		write: () => undefined,
		skip: () => undefined,
		queuedBytes: () => 0,
		onProgress: () => undefined,
		onFailed: () => undefined,
		async publish(digest) {
			publishing ??= publish(digest);
			return publishing;
		},
		onBlocked(callback) {
			room.watch(callback);
		},
		suspend: cancel,
		discard: cancel,
	};
}
