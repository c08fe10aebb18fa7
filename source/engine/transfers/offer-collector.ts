/**
 * Puts the pages of offers together and counts them. Decides how much a peer may
 * ask at once: pages, names and offers have limits, and nothing else is held
 * before somebody has accepted.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import type {ControlMessage, OfferEntry} from '../../protocol/messages.js';
import type {PeerSession} from '../sessions/peer-session.js';
import type {Clock} from '../ports.js';
import {utf8Bytes} from '../../util/bytes.js';

type OfferPage = Extract<ControlMessage, {name: 'offer'}>;

export interface OfferCollector {
	/** All entries of an offer once its last page is here. Throws protocolViolation. */
	collect(session: PeerSession, page: OfferPage): OfferEntry[] | undefined;
	/** Counts a new offer; false when this session has made too many in a minute. */
	count(session: PeerSession): boolean;
	/** Forgets an offer of which not every page has come. */
	forget(session: PeerSession, id: string): void;
	/** Forgets all of them. */
	sessionLost(session: PeerSession): void;
}

interface Pages {
	readonly session: PeerSession;
	readonly entries: OfferEntry[];
	weight: number;
}

/** What entries weigh while nobody has answered: their names, and what each costs besides. */
export function weightOf(entries: readonly OfferEntry[]): number {
	let weight = entries.length * limits.offerEntryBytes;
	for (const {path} of entries) {
		for (const part of path) weight += utf8Bytes(part);
	}

	return weight;
}

const minuteMs = 60_000;

export function createOfferCollector(clock: Clock): OfferCollector {
	const unfinished = new Map<string, Pages>();
	const offerTimes = new WeakMap<PeerSession, number[]>();

	const openOf = (session: PeerSession) =>
		[...unfinished.values()].filter(pages => pages.session === session);

	return {
		collect(session, page) {
			const begun = unfinished.get(page.transfer);
			if (begun && begun.session.peerId !== session.peerId) {
				throw violation('foreign offer');
			}

			// On a new session the same peer begins anew.
			const held = begun?.session === session ? begun : undefined;
			const pages = held ?? {session, entries: [], weight: 0};
			const {entries} = pages;
			entries.push(...page.entries);
			pages.weight += weightOf(page.entries);
			const nameBytes = pages.weight - entries.length * limits.offerEntryBytes;
			if (
				entries.length > limits.entriesPerOffer ||
				nameBytes > limits.offerNameBytes
			) {
				throw violation('too many entries');
			}

			if (!page.more) {
				unfinished.delete(page.transfer);
				return entries;
			}

			unfinished.set(page.transfer, pages);
			const {offersPending, offersPendingBytes} = session.limits();
			const open = openOf(session);
			const weight = open.reduce((sum, each) => sum + each.weight, 0);
			if (open.length > offersPending || weight > offersPendingBytes) {
				throw violation('open offers');
			}

			return undefined;
		},

		count(session) {
			const now = clock.now();
			const recent = (offerTimes.get(session) ?? []).filter(
				at => now - at < minuteMs,
			);
			offerTimes.set(session, recent);
			if (recent.length >= session.limits().offersPerMinute) return false;
			recent.push(now);
			return true;
		},

		forget(session, id) {
			if (unfinished.get(id)?.session === session) unfinished.delete(id);
		},

		sessionLost(session) {
			for (const [id, pages] of unfinished) {
				if (pages.session === session) unfinished.delete(id);
			}
		},
	};
}

const violation = (what: string) =>
	new SocktermError('protocolViolation', {what});
