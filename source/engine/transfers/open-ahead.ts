/**
 * Opens the next entries while one is being sent: what a file costs before its
 * first byte would else be waited for once for each of many small ones. It
 * decides how far ahead; how a file is opened is storage's. Invariants: never
 * more than `limits.entriesAhead`, and never beyond `limits.aheadBytes` counted
 * from the entry that is being sent, so that nothing waits open behind a large
 * file; a stream, which cannot be opened twice, only when its turn has come.
 */
import {limits} from '../../limits.js';
import type {SourceEntry, SourceReader} from '../ports.js';

export interface OpenAhead {
	/** The reader of an entry; those of the order must be asked for in that order, leaving out some. Throws as its `open`. The caller closes it. */
	open(index: number): Promise<SourceReader>;
	/** Closes what was opened and never asked for. Never rejects; after it nothing is opened ahead. */
	close(): Promise<void>;
}

interface Opened {
	readonly index: number;
	readonly reader: Promise<SourceReader>;
}

export function createOpenAhead(
	entries: readonly SourceEntry[],
	order: readonly number[],
): OpenAhead {
	let ahead: Opened[] = [];
	/** The first place of the order that nothing was done about. */
	let next = 0;
	let isClosed = false;
	let passing: Promise<unknown> = Promise.resolve();

	const fillUp = (index: number) => {
		// By half, so that they come in batches: storage does those at once.
		if (isClosed || ahead.length > limits.entriesAhead / 2) return;
		let bytes = entries[index]?.sizeBytes ?? 0;
		for (const opened of ahead) bytes += entries[opened.index]!.sizeBytes;
		while (next < order.length && ahead.length < limits.entriesAhead) {
			const index = order[next]!;
			const entry = entries[index]!;
			bytes += entry.sizeBytes;
			if (entry.kind === 'stream' || bytes > limits.aheadBytes) return;
			next++;
			const reader = entry.open();
			// Told to whoever asks for it.
			reader.catch(() => undefined);
			ahead.push({index, reader});
		}
	};

	const passOver = (passed: readonly Opened[]) => {
		const closed = passed.map(async ({reader}) => {
			const opened = await reader.catch(() => undefined);
			await opened?.close().catch(() => undefined);
		});
		if (closed.length > 0) passing = Promise.all([passing, ...closed]);
	};

	return {
		async open(index) {
			const place = ahead.findIndex(each => each.index === index);
			if (place >= 0) {
				const {reader} = ahead[place]!;
				passOver(ahead.slice(0, place));
				ahead = ahead.slice(place + 1);
				fillUp(index);
				return reader;
			}

			const later = order.indexOf(index, next);
			if (later >= 0) {
				passOver(ahead);
				ahead = [];
				next = later + 1;
			}

			const reader = entries[index]!.open();
			fillUp(index);
			return reader;
		},
		async close() {
			isClosed = true;
			passOver(ahead);
			ahead = [];
			await passing;
		},
	};
}
