/** What stands for the entries of an offer where they are to be known again: names, kinds, sizes, times, their order and count. */
import {sha256} from '@noble/hashes/sha2.js';
import {toHex} from '../util/bytes.js';
import type {OfferEntry} from './messages.js';

/** 64 hex digits. What is settled of an offer that is made again makes no difference. */
export function offerDigest(entries: readonly OfferEntry[]): string {
	const facts = entries.map(({path, size, mtimeMs, kind = 'file'}) => [
		path,
		size,
		mtimeMs,
		kind,
	]);
	return toHex(sha256(new TextEncoder().encode(JSON.stringify(facts))));
}
