/**
 * Who may be in the middle of a handshake. Decides who gives way where all
 * places are taken: nobody who only begins handshakes can keep others out. Knows
 * nothing of sockets.
 *
 * Full in all: the oldest of the source that has most gives its place to the
 * newcomer. An honest handshake is over after a round trip, so that the oldest is
 * the one least worth waiting for. Full for the newcomer's source: its own oldest
 * gives way, but not one that is still young, since many peers behind one address
 * that come together would otherwise push each other out and none would finish.
 *
 * Invariants: never more than `total` and `perSource`; a place is given back once,
 * however often its release is called; whoever was evicted has none to give back.
 */
export interface HandshakePlaces {
	/**
	 * Takes a place and returns its release, or undefined where nobody gives way.
	 * `evict` is called, at most once, when the place goes to another.
	 */
	enter(source: string, evict: () => void): (() => void) | undefined;
}

interface Place {
	readonly source: string;
	readonly order: number;
	readonly since: number;
	readonly evict: () => void;
}

export function createHandshakePlaces(options: {
	readonly total: number;
	readonly perSource: number;
	/** One that is younger does not give way to another of its source. */
	readonly youngMs: number;
	/** Milliseconds since some moment, never back. */
	readonly now: () => number;
}): HandshakePlaces {
	const {total, perSource, youngMs, now} = options;
	/** Of each source in the order in which they came. */
	const held = new Map<string, Set<Place>>();
	let open = 0;
	let lastOrder = 0;

	const oldestOf = (places: ReadonlySet<Place> | undefined) =>
		places?.values().next().value;

	const leave = (place: Place) => {
		const ofSource = held.get(place.source);
		if (!ofSource?.delete(place)) return;
		open--;
		if (ofSource.size === 0) held.delete(place.source);
	};

	const evict = (place: Place) => {
		leave(place);
		place.evict();
	};

	/** The oldest of the source that has most. */
	const leastWorth = () => {
		let found: Place | undefined;
		let most = 0;
		for (const places of held.values()) {
			const oldest = oldestOf(places)!;
			const isOlder = !found || oldest.order < found.order;
			if (places.size > most || (places.size === most && isOlder)) {
				found = oldest;
				most = places.size;
			}
		}

		return found;
	};

	/** Undefined: nobody gives way. */
	const makeRoom = (source: string): true | undefined => {
		const own = held.get(source);
		if (own && own.size >= perSource) {
			const oldest = oldestOf(own)!;
			if (now() - oldest.since < youngMs) return undefined;
			evict(oldest);
		}

		const found = open >= total ? leastWorth() : undefined;
		if (found) evict(found);
		return true;
	};

	return {
		enter(source, evicted) {
			if (!makeRoom(source)) return undefined;
			const place: Place = {
				source,
				order: ++lastOrder,
				since: now(),
				evict: evicted,
			};
			const ofSource = held.get(source) ?? new Set();
			held.set(source, ofSource.add(place));
			open++;
			return () => {
				leave(place);
			};
		},
	};
}
