/**
 * Whom to ask for what a room lacks. Everybody says what he has; an author brings
 * what he says by himself, and all else is asked for: from one at a time, and from
 * the next one where nothing comes.
 *
 * Invariants: of a stream at most one is asked; what an author said in a later run
 * waits for what is known to be lacking of an earlier one; who has said that he has something
 * and does not send it is not asked for it again until he says so again; a gap is
 * jumped only after a while, and only to what somebody says to have; what is
 * remembered of each link is bounded.
 */
import {limits} from '../../limits.js';
import type {RoomHeld} from '../../protocol/room-messages.js';
import type {Clock} from '../ports.js';
import {streamKey, type RoomLog} from './room-log.js';

export interface RoomAsking<Link> {
	/** Somebody says what he has of a stream. */
	claimed(link: Link, held: RoomHeld): void;
	/** It sends what cannot be taken yet. */
	saw(link: Link, stream: StreamName, seq: number): void;
	/** Something of an earlier run of this author is still to come. */
	isBehind(stream: StreamName): boolean;
	/** The next message of a stream was taken. */
	arrived(stream: StreamName): void;
	/** Whether this one was asked to begin with that number. */
	isAsked(link: Link, stream: StreamName, seq: number): boolean;
	/** Somebody was asked for what comes next of it. */
	isAwaited(stream: StreamName): boolean;
	gone(link: Link): void;
	stop(): void;
}

type StreamName = Pick<RoomHeld, 'author' | 'stream'>;

export interface RoomAskingOptions<Link> {
	readonly clock: Clock;
	readonly log: Pick<RoomLog, 'next'>;
	/** Where its author is, if he is here. */
	authorLink(author: string): Link | undefined;
	ask(link: Link, stream: StreamName, from: number): void;
	/** Nothing is known any more that is lacking. */
	settled(): void;
}

interface Lacking<Link> {
	readonly name: StreamName;
	readonly claims: Map<Link, {readonly from: number; readonly to: number}>;
	/** Since when somebody has what is not here. */
	since: number | undefined;
	asked:
		| {readonly link: Link; readonly from: number; readonly to: number}
		| undefined;
	cancelTimer: () => void;
}

export function createRoomAsking<Link>({
	clock,
	log,
	authorLink,
	ask,
	settled,
}: RoomAskingOptions<Link>): RoomAsking<Link> {
	const streams = new Map<string, Lacking<Link>>();
	const counts = new Map<Link, number>();

	const drop = (lacking: Lacking<Link>, link: Link) => {
		if (!lacking.claims.delete(link)) return;
		counts.set(link, counts.get(link)! - 1);
	};

	const ofAuthor = ({author}: StreamName) =>
		[...streams.values()].filter(({name}) => name.author === author);

	const isBehind = (name: StreamName) =>
		ofAuthor(name).some(each => each.name.stream < name.stream);

	const forget = (lacking: Lacking<Link>) => {
		const {name, claims} = lacking;
		lacking.cancelTimer();
		for (const link of claims.keys()) drop(lacking, link);
		streams.delete(streamKey(name));
		// Those that waited for it: what came of them meanwhile was not taken.
		for (const later of ofAuthor(name)) {
			if (later.name.stream < name.stream) continue;
			later.asked = undefined;
			consider(later);
		}

		if (streams.size === 0) settled();
	};

	const wait = (lacking: Lacking<Link>, ms: number, then: () => void) => {
		lacking.cancelTimer();
		lacking.cancelTimer = clock.after(ms, then);
	};

	const askOne = (lacking: Lacking<Link>, link: Link, from: number) => {
		const {to} = lacking.claims.get(link)!;
		lacking.asked = {link, from, to};
		wait(lacking, limits.roomAnswerMs, () => {
			lacking.asked = undefined;
			drop(lacking, link);
			consider(lacking);
		});
		ask(link, lacking.name, from);
	};

	const consider = (lacking: Lacking<Link>) => {
		const {name, claims} = lacking;
		if (lacking.asked) return;
		const next = log.next(name);
		const first = next === 'new' ? 1 : next;
		for (const [link, {to}] of claims) {
			if (first === 'never' || to < first) drop(lacking, link);
		}

		if (claims.size === 0 || first === 'never') {
			forget(lacking);
			return;
		}

		if (isBehind(name)) return;
		const now = clock.now();
		lacking.since ??= now;
		const waitedMs = now - lacking.since;
		const lowest = Math.min(...[...claims.values()].map(({from}) => from));
		// Of a stream that is new here nothing is missed: it begins where those who have it begin.
		const wanted = next === 'new' ? Math.max(first, lowest) : first;
		const able = (link: Link) => claims.get(link)!.from <= wanted;
		const author = authorLink(name.author);
		if (author !== undefined && !claims.has(author)) {
			// He brings it himself, if he is given the time.
			if (waitedMs < limits.roomHandOnMs) {
				wait(lacking, limits.roomHandOnMs - waitedMs, () => consider(lacking));
				return;
			}
		} else if (author !== undefined && able(author)) {
			askOne(lacking, author, wanted);
			return;
		}

		const link = [...claims.keys()].find(each => able(each));
		if (link !== undefined) {
			askOne(lacking, link, wanted);
			return;
		}

		if (waitedMs < limits.roomGapMs) {
			wait(lacking, limits.roomGapMs - waitedMs, () => consider(lacking));
			return;
		}

		const [nearest] = [...claims].find(([, {from}]) => from === lowest)!;
		askOne(lacking, nearest, lowest);
	};

	const claimed = (link: Link, {author, stream, from, to}: RoomHeld) => {
		const name = {author, stream};
		const next = log.next(name);
		const known = streams.get(streamKey(name));
		const isOfUse =
			from <= to && next !== 'never' && (next === 'new' || to >= next);
		if (!isOfUse) return;
		const lacking: Lacking<Link> = known ?? {
			name,
			claims: new Map(),
			since: undefined,
			asked: undefined,
			cancelTimer: () => undefined,
		};
		if (!lacking.claims.has(link)) {
			const count = counts.get(link) ?? 0;
			if (count >= limits.roomStreams) return;
			counts.set(link, count + 1);
		}

		lacking.claims.set(link, {from, to});
		streams.set(streamKey(name), lacking);
		consider(lacking);
	};

	return {
		claimed,
		saw(link, name, seq) {
			const known = streams.get(streamKey(name))?.claims.get(link);
			const from = Math.min(known?.from ?? seq, seq);
			claimed(link, {...name, from, to: Math.max(known?.to ?? seq, seq)});
		},
		isBehind,
		arrived(name) {
			const lacking = streams.get(streamKey(name));
			if (!lacking) return;
			lacking.since = undefined;
			const {asked} = lacking;
			const next = log.next(name);
			if (asked && typeof next === 'number' && next <= asked.to) {
				wait(lacking, limits.roomAnswerMs, () => {
					lacking.asked = undefined;
					drop(lacking, asked.link);
					consider(lacking);
				});
				return;
			}

			lacking.asked = undefined;
			lacking.cancelTimer();
			consider(lacking);
		},
		isAsked(link, name, seq) {
			const asked = streams.get(streamKey(name))?.asked;
			return asked?.link === link && asked.from === seq;
		},
		isAwaited: name => streams.get(streamKey(name))?.asked !== undefined,
		gone(link) {
			for (const lacking of streams.values()) {
				drop(lacking, link);
				if (lacking.asked?.link === link) lacking.asked = undefined;
				consider(lacking);
			}

			counts.delete(link);
		},
		stop() {
			for (const {cancelTimer} of streams.values()) cancelTimer();
			streams.clear();
		},
	};
}
