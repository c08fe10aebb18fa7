/**
 * What is taken from a verified peer without asking. Decides whether an offer is one
 * of those, and how much of the day's share it uses up. Leaves to others who is
 * verified, and how an offer is answered. Invariants: nothing is taken of whoever is
 * not VERIFIED, no name that programs obey, nothing of unknown size, nothing beyond
 * any cap or the room that there is; what was taken counts for a whole day.
 */
import {errorInfo, type ErrorCode, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EntryOffer, Trust} from '../events.js';
import type {SafeText} from '../ids.js';
import type {AutoAccept, Grant, Pin} from './trust-commands.js';

const dayMs = 24 * 60 * 60 * 1_000;
/** Sums are kept for parts of the day, the one that is ending among them. */
const partMs = dayMs / (limits.autoAcceptSums - 1);

export interface AskedOffer {
	readonly trust: Trust;
	readonly name: SafeText;
	readonly entries: readonly EntryOffer[];
	/** What nothing else is on its way to fill; undefined where that is not known. */
	readonly roomBytes: number | undefined;
}

/** `take`: what it counts for. `ask`: why somebody is asked, where something may be taken by itself at all. */
export type Verdict =
	| {readonly kind: 'take'; readonly bytes: number}
	| {readonly kind: 'ask'; readonly why?: ErrorInfo};

export const areUsable = ({bytes, entries, dayBytes}: AutoAccept): boolean =>
	[bytes, entries, dayBytes].every(
		each => Number.isSafeInteger(each) && each > 0,
	) && entries <= limits.entriesPerOffer;

/** What was taken in the last day, and a little more: a part counts until all of it is over. */
export const grantedBytes = (
	granted: readonly Grant[] = [],
	now: number,
): number => recent(granted, now).reduce((sum, {bytes}) => sum + bytes, 0);

/** A clock that was set back takes nothing away. */
const recent = (granted: readonly Grant[], now: number) =>
	granted.filter(({at}) => now - at < dayMs + partMs);

/** The pin with what is taken now counted in. */
export function withGrant(pin: Pin, bytes: number, now: number): Pin {
	const at = now - (now % partMs);
	const before = recent(pin.granted ?? [], now);
	const held = before.find(each => each.at === at);
	const others = before.filter(each => each !== held);
	const granted = [...others, {at, bytes: bytes + (held?.bytes ?? 0)}];
	// After a clock was set back there may be more: the oldest sums go together.
	const [first, second, ...rest] = granted.toSorted(
		(left, right) => left.at - right.at,
	);
	return granted.length > limits.autoAcceptSums && first && second
		? {
				...pin,
				granted: [{at: second.at, bytes: first.bytes + second.bytes}, ...rest],
			}
		: {...pin, granted};
}

/** What an offer takes of a disk. */
const costOf = (entries: readonly EntryOffer[]): number =>
	entries.reduce(
		(sum, {sizeBytes}) =>
			sum + Math.max(sizeBytes, limits.autoAcceptEntryBytes),
		0,
	);

export function judgeOffer(
	offer: AskedOffer,
	caps: AutoAccept | undefined,
	granted: readonly Grant[] | undefined,
	now: number,
): Verdict {
	const {trust, name, entries, roomBytes} = offer;
	if (!caps) return {kind: 'ask'};
	const ask = (
		code: ErrorCode,
		details: Readonly<Record<string, string | number>> = {},
	): Verdict => ({kind: 'ask', why: errorInfo(code, {name, ...details})});
	if (trust !== 'VERIFIED') return ask('autoUnverified');
	const flagged = entries.find(entry => entry.flagged);
	if (flagged) return ask('autoFlagged', {file: flagged.name});
	const refused = entries.find(entry => entry.refused);
	if (refused) return ask('autoRefusedName', {file: refused.name});
	if (entries.some(({kind}) => kind === 'stream'))
		return ask('autoSizeUnknown');
	const count = entries.length;
	if (count > caps.entries) {
		return ask('autoTooMany', {count, most: caps.entries});
	}

	const bytes = costOf(entries);
	const total = entries.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0);
	if (total > caps.bytes) {
		return ask('autoTooLarge', {bytes: total, limitBytes: caps.bytes});
	}

	if (grantedBytes(granted, now) + bytes > caps.dayBytes) {
		return ask('autoDayFull', {bytes: total, limitBytes: caps.dayBytes});
	}

	if (roomBytes === undefined || bytes > roomBytes) {
		return ask('autoNoRoom', {bytes: total});
	}

	return {kind: 'take', bytes};
}
