/**
 * Cuts an offer, and the answer to it, into messages that fit a control frame.
 * Decides only where a page ends; the order of the entries, and so their indices, stays.
 */
import {utf8Bytes} from '../util/bytes.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import type {ControlMessage, OfferEntry} from './messages.js';

type OfferPage = Extract<ControlMessage, {name: 'offer'}>;
type AcceptPage = Extract<ControlMessage, {name: 'accept'}>;

// Type byte, braces, the names of the fields, the transfer id and `more`.
const envelopeBytes = 128;
// An index of an offer has at most 10 digits, and a comma.
const indicesPerPage = Math.floor((limits.frameBytes - envelopeBytes) / 11);
/** The pages of an offer of at least one entry. Throws frameTooLong where one entry alone does not fit. */
export function offerPages(
	transfer: string,
	entries: readonly OfferEntry[],
): OfferPage[] {
	const pages: OfferEntry[][] = [];
	let page: OfferEntry[] = [];
	let pageBytes = envelopeBytes;
	for (const entry of entries) {
		const lengthBytes = utf8Bytes(JSON.stringify(entry)) + 1;
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

/** What an answer says of entries, by their numbers. */
export interface AcceptedEntries {
	readonly skip: readonly number[];
	readonly held?: readonly number[];
	readonly same?: readonly number[];
}

/**
 * The pages of an answer; one where nothing is said of any entry. A reader joins the lists of
 * all pages.
 */
export function acceptPages(
	transfer: string,
	{skip, held = [], same = []}: AcceptedEntries,
): AcceptPage[] {
	const pages: AcceptPage[] = [];
	const count = skip.length + held.length + same.length;
	for (let start = 0; start === 0 || start < count; start += indicesPerPage) {
		// The three lists stand behind each other: a page is a window on them.
		const window = (list: readonly number[], before: number) =>
			list.slice(
				Math.max(0, start - before),
				Math.max(0, start + indicesPerPage - before),
			);
		const heldHere = window(held, skip.length);
		const sameHere = window(same, skip.length + held.length);
		pages.push({
			name: 'accept',
			transfer,
			skip: window(skip, 0),
			...(heldHere.length > 0 ? {held: heldHere} : {}),
			...(sameHere.length > 0 ? {same: sameHere} : {}),
			...(start + indicesPerPage < count ? {more: true} : {}),
		});
	}

	return pages;
}
