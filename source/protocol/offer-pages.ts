/**
 * Cuts an offer, and the answer to it, into messages that fit a control frame.
 * Decides only where a page ends; the order of the entries, and so their indices, stays.
 */
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import type {ControlMessage, OfferEntry} from './messages.js';

type OfferPage = Extract<ControlMessage, {name: 'offer'}>;
type AcceptPage = Extract<ControlMessage, {name: 'accept'}>;

// Type byte, braces, the names of the fields, the transfer id and `more`.
const envelopeBytes = 128;
// An index of an offer has at most 10 digits, and a comma.
const skipsPerPage = Math.floor((limits.frameBytes - envelopeBytes) / 11);
const encoder = new TextEncoder();

/** The pages of an offer of at least one entry. Throws frameTooLong where one entry alone does not fit. */
export function offerPages(
	transfer: string,
	entries: readonly OfferEntry[],
): OfferPage[] {
	const pages: OfferEntry[][] = [];
	let page: OfferEntry[] = [];
	let pageBytes = envelopeBytes;
	for (const entry of entries) {
		const lengthBytes = encoder.encode(JSON.stringify(entry)).length + 1;
		if (envelopeBytes + lengthBytes > limits.frameBytes) {
			throw new SocktermError('frameTooLong', {
				lengthBytes: envelopeBytes + lengthBytes,
				limitBytes: limits.frameBytes,
			});
		}

		if (
			pageBytes + lengthBytes > limits.frameBytes ||
			page.length === limits.entriesPerOffer
		) {
			pages.push(page);
			page = [];
			pageBytes = envelopeBytes;
		}

		page.push(entry);
		pageBytes += lengthBytes;
	}

	pages.push(page);
	return pages.map((entries, index) => ({
		name: 'offer',
		transfer,
		entries,
		more: index < pages.length - 1,
	}));
}

/** The pages of an answer that skips these entries; one where there are none. */
export function acceptPages(
	transfer: string,
	skip: readonly number[],
): AcceptPage[] {
	const pages: AcceptPage[] = [];
	for (let start = 0; start === 0 || start < skip.length;) {
		const end = start + skipsPerPage;
		const isLast = end >= skip.length;
		pages.push({
			name: 'accept',
			transfer,
			skip: skip.slice(start, end),
			...(isLast ? {} : {more: true}),
		});
		start = end;
	}

	return pages;
}
