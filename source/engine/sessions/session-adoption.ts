/**
 * Gives a session that is ready its place: the entry of the same program or
 * person, or a new one. Decides which of two connections between the same two
 * programs stays.
 */
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {ListenerId, PeerKey, SafeText} from '../ids.js';
import type {PeerSession} from './peer-session.js';
import type {PeerEntry, PeerTable} from './peer-table.js';
import {toSafeText} from '../sanitize.js';
import type {TrustGate} from '../trust/trust.js';

/** The entry of a ready session; undefined when the session is one too many and is to be closed. */
export type Adopt = (
	session: PeerSession,
	/** The entry that was dialled, if we dialled. */
	dialled: PeerEntry | undefined,
	/** That which accepted it, if we did not dial. */
	listener?: ListenerId,
) => PeerEntry | undefined;

/** What a peer calls itself. */
export function nickOf({hello, peerId}: PeerSession): SafeText {
	return toSafeText(hello.nick.trim() || peerId.slice(0, 8), {
		maxCharacters: limits.nickCharacters,
		joiners: false,
	});
}

export function createAdoption(
	context: EngineContext,
	table: PeerTable,
	trust: Pick<TrustGate, 'standing' | 'welcome'>,
	leave: (entry: PeerEntry) => void,
	/** Called before anybody hears of the session, so that what waits for it goes first. */
	ready: (entry: PeerEntry, session: PeerSession) => void,
): Adopt {
	/**
	 * The entry that a new session continues, or a new one: that of the same program,
	 * else the one that was dialled, else any of the same person (it was started anew).
	 */
	const entryFor = (
		session: PeerSession,
		name: SafeText,
		dialled: PeerEntry | undefined,
	): PeerEntry => {
		const {peerId, hello} = session;
		const idle = [...table.entries.values()].filter(
			entry =>
				entry.peerId === peerId && entry.role === hello.role && !entry.session,
		);
		const held =
			idle.find(entry => entry.instance === hello.instance) ??
			idle.find(entry => entry === dialled) ??
			idle[0];
		if (held) return held;
		const prefix = hello.role === 'script' ? 'script' : 'peer';
		let key = `${prefix}:${peerId.slice(0, 16)}`;
		if (table.entries.has(key as PeerKey)) key = context.nextId(key);
		const entry = table.add(key as PeerKey, name);
		entry.peerId = peerId;
		entry.role = hello.role;
		return entry;
	};

	const twinOf = ({peerId, hello}: PeerSession): PeerEntry | undefined => {
		for (const entry of table.entries.values()) {
			if (entry.peerId !== peerId || entry.session?.kind !== 'peer') continue;
			if (entry.session.hello.instance === hello.instance) return entry;
		}

		return undefined;
	};

	/**
	 * Which of two connections between the same two programs stays. Both sides
	 * come to the same answer: crosswise the one that the lower PeerId dialled,
	 * otherwise the newer one (the dialler would not dial if the older still worked).
	 */
	const newerStays = (older: PeerSession, newer: PeerSession): boolean => {
		if (older.direction === newer.direction) return newer.order > older.order;
		const weAreLower =
			context.peerId === newer.peerId
				? context.instance < newer.hello.instance
				: context.peerId < newer.peerId;
		return (newer.direction === 'out') === weAreLower;
	};

	return (session, dialled, listener) => {
		const {hello, target} = session;
		const replaces = dialled && !dialled.peerId ? dialled.key : undefined;
		const twin = twinOf(session);
		if (twin) {
			twin.target ??= target;
			if (replaces) {
				table.remove(replaces);
				context.emit({type: 'peer/forgotten', peer: replaces});
			} else if (dialled && dialled !== twin) {
				leave(dialled);
			}

			const older = twin.session as PeerSession;
			if (!newerStays(older, session)) return undefined;
			twin.session = session;
			older.close();
			ready(twin, session);
			return twin;
		}

		const nick = nickOf(session);
		const {trust: standing, name} = trust.standing(session.peerId, nick);
		const entry = entryFor(session, name, dialled);
		entry.name = name;
		entry.nick = nick;
		entry.keyChanged = false;
		entry.session = session;
		entry.instance = hello.instance;
		// Where we have dialled it once we can dial it again, whoever dialled this time.
		entry.target = target ?? entry.target;
		entry.stopDialing?.();
		entry.stopDialing = undefined;
		if (replaces) table.remove(replaces);
		else if (dialled && dialled !== entry) leave(dialled);
		ready(entry, session);
		context.emit({
			type: 'peer/connected',
			peer: entry.key,
			kind: 'peer',
			name,
			trust: standing,
			encrypted: true,
			direction: session.direction,
			address: session.connection.remote,
			local: session.connection.local,
			peerId: session.peerId,
			...(entry.target ? {target: entry.target} : {}),
			...(replaces ? {replaces} : {}),
			...(listener === undefined ? {} : {listener}),
		});
		trust.welcome(entry, session);
		return entry;
	};
}
