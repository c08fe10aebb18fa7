/** The bytes behind a row: what the hex view shows and `/copy` copies. */
import {linesOf, type Row, type SafeText} from '../../engine/index.js';

export interface RowBytes {
	readonly bytes: Uint8Array;
	readonly head: number;
	readonly tail: number;
	/** Among all bytes of its direction, where that is known. */
	readonly offset: number | undefined;
	/** Where reads ended inside of it. */
	readonly splits: readonly number[];
}

const encoder = new TextEncoder();
const encode = (text: SafeText) => encoder.encode(linesOf(text).join('\n'));
const whole = {head: 0, tail: 0, offset: undefined, splits: []} as const;

/** Undefined where a row is no message. What an encrypted peer wrote is UTF-8, as it is shown. */
export function rowBytes(row: Row): RowBytes | undefined {
	switch (row.kind) {
		case 'frame': {
			const {bytes, head, tail, offset, reads} = row;
			return {bytes, head, tail, offset, splits: reads.splits};
		}

		case 'written': {
			return {...whole, bytes: row.bytes, offset: row.offset};
		}

		case 'sent': {
			return {...whole, bytes: row.bytes ?? encode(row.text)};
		}

		case 'received': {
			return {...whole, bytes: encode(row.text)};
		}

		default: {
			return undefined;
		}
	}
}

/** Without what only frames it. */
export const contentOf = ({bytes, head, tail}: RowBytes): Uint8Array =>
	bytes.subarray(head, Math.max(head, bytes.length - tail));
