/**
 * How what is kept becomes columns and comes back. Invariants: what comes back is
 * what was kept; texts that a search looks at stand once in the file; a row that
 * cannot be read is left out, not guessed.
 */
import type {Kept} from '../../engine/ports.js';

export interface RowData {
	readonly data: string;
	readonly bytes: Uint8Array | null;
	/** What the row weighs in the file, roughly: with its part of the index. */
	readonly size: number;
}

const overheadBytes = 100;
/** Its text, and the trigrams of it. */
const textFactor = 4;

/** Kinds whose text is the one that is searched. */
const hasOwnText = ({kind}: {readonly kind: string}) =>
	kind === 'received' || kind === 'sent' || kind === 'note';

export function toData(kept: Kept, text: string): RowData {
	const bytes = 'bytes' in kept ? kept.bytes : null;
	const data = JSON.stringify({
		...kept,
		bytes: undefined,
		...(hasOwnText(kept) ? {text: undefined} : {}),
	});
	const size =
		overheadBytes +
		text.length * textFactor +
		data.length +
		(bytes?.length ?? 0);
	return {data, bytes, size};
}

export function fromData(
	data: string,
	text: string,
	bytes: Uint8Array | null,
): Kept | undefined {
	try {
		const fields = JSON.parse(data) as Kept;
		if (typeof fields !== 'object' || fields === null) return undefined;
		return {
			...fields,
			...(hasOwnText(fields) ? {text} : {}),
			...(bytes ? {bytes: new Uint8Array(bytes)} : {}),
		};
	} catch {
		return undefined;
	}
}
