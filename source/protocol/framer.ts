/** What every framer does; `createFramer` (in `framers/`) makes one for a framing. */
import type {Cut} from './framing.js';

/**
 * Decides where messages end. Holds a few bytes at most, never the message: who
 * drives it keeps the bytes, and takes from them what the cuts say, from the
 * first one not yet cut off.
 */
export interface Framer {
	/** The cuts that these bytes, which came at `atMs`, complete. Where they come after a long silence, `quiet` is done first. */
	push(bytes: Uint8Array, atMs: number): Cut[];
	/** How long after its last byte an unfinished message ends by silence; undefined: never, or nothing is unfinished. */
	quietAfterMs(): number | undefined;
	/** The cuts of a silence that lasts until `atMs`. */
	quiet(atMs: number): Cut[];
	/** The stream has ended: what is unfinished is the last message. */
	end(): Cut[];
	/** Bytes not cut off yet, and, where that is known, how many the message will have (head, content and tail). */
	unfinished(): {readonly bytes: number; readonly of?: number};
	/** Why no more messages can be found, once that is so: a code of `errors.ts` with its details. Told once. */
	problem():
		| {
				readonly code: 'lengthAbsurd' | 'delimiterUnseen';
				readonly details: Readonly<Record<string, number | string>>;
		  }
		| undefined;
}
