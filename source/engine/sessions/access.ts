/**
 * Who may connect to a listener: lists of addresses and ranges, and addresses
 * that were sent away for a while. Decides by address alone; what is done with
 * somebody who may not is the transport's and the listeners' matter.
 *
 * Where there are allowed ranges only they come in; what is denied never does.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import {
	addressBytes,
	isInRange,
	parseAddressRange,
	type AddressRange,
} from '../../util/address-range.js';
import type {Clock} from '../ports.js';

export interface AccessLists {
	readonly allow: readonly string[];
	readonly deny: readonly string[];
}

export interface AccessChange {
	readonly change: 'allow' | 'deny' | 'reset';
	readonly ranges: readonly string[];
	/** Those that were kept out somewhere: of them none becomes the only one that may come in. */
	readonly pardoned?: readonly string[];
}

/** Whether the lists keep out exactly this range. Throws badRange. */
export const isDenied = ({deny}: AccessLists, range: string): boolean =>
	without(deny, parsed(range)).length < deny.length;

/** Throws badRange. */
function parsed(text: string): AddressRange {
	const range = parseAddressRange(text);
	if (!range) throw new SocktermError('badRange', {range: text});
	return range;
}

const isSame = (one: AddressRange, other: AddressRange) =>
	one.first.join('.') === other.first.join('.') &&
	one.last.join('.') === other.last.join('.');

/** The list without a range, however it is written. */
const without = (list: readonly string[], range: AddressRange) =>
	list.filter(each => !isSame(parsed(each), range));

/** Throws tooManyRanges, badRange. */
function checked(lists: AccessLists): AccessLists {
	const {rangesPerListener} = limits;
	if (lists.allow.length + lists.deny.length > rangesPerListener) {
		throw new SocktermError('tooManyRanges', {limit: rangesPerListener});
	}

	for (const each of [...lists.allow, ...lists.deny]) parsed(each);
	return lists;
}

/** Throws badRange, tooManyRanges. */
export function changeAccess(
	lists: AccessLists,
	{change, ranges, pardoned = []}: AccessChange,
): AccessLists {
	let {allow, deny} = change === 'reset' ? {allow: [], deny: []} : lists;
	for (const text of ranges) {
		const range = parsed(text);
		const denied = without(deny, range);
		if (change === 'deny') {
			deny = [...denied, text];
		} else if (pardoned.includes(text) || denied.length < deny.length) {
			deny = denied;
		} else if (change === 'allow') {
			allow = [...without(allow, range), text];
		}
	}

	return checked({allow, deny});
}

/** Whether an address may come in. Throws badRange, tooManyRanges at once, not when it is asked. */
export function createAdmission(lists: AccessLists): (host: string) => boolean {
	checked(lists);
	const allowed = lists.allow.map(each => parsed(each));
	const denied = lists.deny.map(each => parsed(each));
	if (allowed.length + denied.length === 0) return () => true;
	return host => {
		const bytes = addressBytes(host);
		const isIn = (ranges: readonly AddressRange[]) =>
			bytes !== undefined && ranges.some(range => isInRange(bytes, range));
		return !isIn(denied) && (allowed.length === 0 || isIn(allowed));
	};
}

/** Addresses that were sent away, each until its time is over. */
export interface Bans {
	add(host: string, forMs: number): void;
	has(host: string): boolean;
	/** Lets those of a range in again; false where there were none. Throws badRange. */
	lift(range: string): boolean;
}

export function createBans(clock: Clock): Bans {
	const until = new Map<string, number>();
	return {
		add(host, forMs) {
			until.delete(host);
			until.set(host, clock.now() + forMs);
			if (until.size <= limits.bannedAddresses) return;
			for (const oldest of until.keys()) {
				until.delete(oldest);
				break;
			}
		},
		has(host) {
			const end = until.get(host);
			if (end === undefined) return false;
			if (clock.now() < end) return true;
			until.delete(host);
			return false;
		},
		lift(text) {
			const range = parsed(text);
			const lifted = [...until.keys()].filter(host => {
				const bytes = addressBytes(host);
				return bytes !== undefined && isInRange(bytes, range);
			});
			for (const host of lifted) until.delete(host);
			return lifted.length > 0;
		},
	};
}
