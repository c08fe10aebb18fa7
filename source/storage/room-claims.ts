/**
 * Who needs how much of the room in a receive folder. Small files are many: for
 * them the system is asked once in a while, and what they took since is counted.
 * Invariant: bytes promised to parts that are under way are not promised twice.
 */
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import type {Directory} from './directory.js';
import type {StorageFiles} from './storage-files.js';

export interface RoomClaim {
	/** What its part still needs. */
	missingBytes: () => number;
	release(): void;
}

export interface RoomClaims {
	/** Sets bytes aside in the open folder, or throws diskFull {path, freeBytes, neededBytes}. */
	claim(sizeBytes: number, root: Directory): Promise<RoomClaim>;
	/** The same for a small file, by what is known; what it gives ends it. Undefined where there is no room. */
	claimSmall(
		sizeBytes: number,
		root: Directory,
	): Promise<(() => void) | undefined>;
}

export function createRoomClaims(files: StorageFiles): RoomClaims {
	const claims = new Set<RoomClaim>();
	/** Of small files under way. */
	let smallBytes = 0;
	/** For small files, when it was asked for; and what they took since, or were about to then. */
	let known = {freeBytes: 0, at: -Infinity};
	let takenBytes = 0;
	let looking: Promise<void> | undefined;

	const freeFor = async (root: Directory) => {
		let freeBytes = await files.freeBytes(root.child('.'));
		for (const {missingBytes} of claims) freeBytes -= missingBytes();
		return freeBytes;
	};

	const look = async (root: Directory) => {
		try {
			known = {freeBytes: await freeFor(root), at: performance.now()};
			takenBytes = smallBytes;
		} finally {
			looking = undefined;
		}
	};

	return {
		async claim(sizeBytes, root) {
			const freeBytes = (await freeFor(root)) - smallBytes;
			if (sizeBytes > freeBytes)
				throw new SocktermError('diskFull', {
					path: root.path,
					freeBytes: Math.max(0, freeBytes),
					neededBytes: sizeBytes,
				});
			const claimed: RoomClaim = {
				missingBytes: () => sizeBytes,
				release() {
					claims.delete(claimed);
				},
			};
			claims.add(claimed);
			return claimed;
		},

		async claimSmall(sizeBytes, root) {
			const isOld = performance.now() - known.at > limits.roomKnownMs;
			if (isOld || takenBytes > limits.roomKnownBytes)
				await (looking ??= look(root));
			if (takenBytes + sizeBytes > known.freeBytes) return undefined;
			takenBytes += sizeBytes;
			smallBytes += sizeBytes;
			return () => {
				smallBytes -= sizeBytes;
			};
		},
	};
}
