/**
 * One entry on its way to its part file: what comes before the part is open
 * waits here. Decides nothing; invariant: steps reach the part in their order.
 */
import {releaseBytes} from '../../util/bytes.js';
import type {PartFile} from '../ports.js';

export interface EntrySink {
	/** Resolves when the part is open, or will never be. */
	readonly opened: Promise<PartFile | undefined>;
	write(bytes: Uint8Array): void;
	skip(countBytes: number): void;
}

/** `open` gives the part, or nothing where it failed; `waited` is told by how many bytes that wait for it there are more. */
export function createEntrySink(
	open: () => Promise<PartFile | undefined>,
	waited: (moreBytes: number) => void,
): EntrySink {
	let part: PartFile | undefined;
	let waiting: Array<Uint8Array | number> = [];
	let waitingBytes = 0;
	const opened = (async () => {
		// The caller remembers the sink before anything is asked of it.
		await Promise.resolve();
		const ready = await open();
		part = ready;
		for (const step of waiting) {
			if (typeof step === 'number') {
				ready?.skip(step);
				continue;
			}

			ready?.write(step);
			releaseBytes(step);
		}

		waiting = [];
		waited(-waitingBytes);
		return ready;
	})();

	return {
		opened,
		write(bytes) {
			if (part) {
				part.write(bytes);
				return;
			}

			// A Node Buffer's own slice would be a view.
			waiting.push(new Uint8Array(bytes));
			waitingBytes += bytes.length;
			waited(bytes.length);
		},
		skip(countBytes) {
			if (countBytes === 0) return;
			if (part) part.skip(countBytes);
			else waiting.push(countBytes);
		},
	};
}
