/** Datagrams as people read them: a view of their bytes, for every front end. */
import {incompleteTailBytes} from '../../protocol/text-decoding.js';
import type {SafeText} from '../ids.js';
import type {EngineState} from '../state.js';
import {textOrHex} from '../text-view.js';

/** The encoding of payloads that are not UTF-8. */
export const datagramFallback = ({
	datagrams,
	self,
}: Pick<EngineState, 'datagrams' | 'self'>): string =>
	datagrams.encoding ?? self.fallbackEncoding;

/**
 * The beginning of a payload, at most `mostBytes` of it, as text or hex. Where it is cut
 * inside a character, that one is left out: half of it would make text look like none.
 */
export function datagramBeginning(
	bytes: Uint8Array,
	fallback: string,
	mostBytes: number,
): {readonly kind: 'text' | 'hex'; readonly text: SafeText} {
	if (bytes.length <= mostBytes) return textOrHex(bytes, fallback);
	const beginning = bytes.subarray(0, mostBytes);
	const tail = incompleteTailBytes(beginning, fallback);
	const whole = textOrHex(
		beginning.subarray(0, beginning.length - tail),
		fallback,
	);
	return whole.kind === 'text' ? whole : textOrHex(beginning, fallback);
}
