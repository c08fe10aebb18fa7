/** Bytes as people read them: a view, computed when it is looked at, and again where the encoding is another. */
import {
	decodeText,
	defaultFallback,
	looksLikeText,
} from '../protocol/text-decoding.js';
import {toHex} from '../util/bytes.js';
import type {SafeText} from './ids.js';
import {toSafeText} from './sanitize.js';

/** UTF-8 where the bytes are that, else the fallback. Any bytes give some text. */
export function textOf(
	bytes: Uint8Array,
	fallback: string = defaultFallback,
): SafeText {
	return toSafeText(decodeText(bytes, fallback).text);
}

/** Text where it looks like text, else the bytes as hex: for a datagram, of which nothing is known. */
export function textOrHex(
	bytes: Uint8Array,
	fallback: string = defaultFallback,
): {readonly kind: 'text' | 'hex'; readonly text: SafeText} {
	const {text} = decodeText(bytes, fallback);
	return looksLikeText(text)
		? {kind: 'text', text: toSafeText(text)}
		: {kind: 'hex', text: toSafeText(toHex(bytes, ' '))};
}
