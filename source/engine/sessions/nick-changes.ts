/**
 * Peers that call themselves something else. Decides how often that is told: the
 * first change at once, those that follow it too fast together, by the last name.
 * What a name may be taken for is left to `trust.ts`.
 */
import {limits} from '../../limits.js';
import type {SafeText} from '../ids.js';
import type {Clock} from '../ports.js';
import type {PeerEntry} from './peer-table.js';
import type {PeerSession} from './peer-session.js';

export interface NickChanges {
	changed(entry: PeerEntry, session: PeerSession, nick: SafeText): void;
	lost(session: PeerSession): void;
}

interface Told {
	/** The last name since, where there was one. */
	next: SafeText | undefined;
	cancel(): void;
}

export function createNickChanges(
	clock: Clock,
	tell: (entry: PeerEntry, session: PeerSession, nick: SafeText) => void,
): NickChanges {
	const recent = new Map<PeerSession, Told>();

	const changed: NickChanges['changed'] = (entry, session, nick) => {
		const told = recent.get(session);
		if (told) {
			told.next = nick;
			return;
		}

		const cancel = clock.after(limits.nickMs, () => {
			const next = recent.get(session)?.next;
			recent.delete(session);
			if (next !== undefined) changed(entry, session, next);
		});
		recent.set(session, {next: undefined, cancel});
		if (nick !== entry.nick) tell(entry, session, nick);
	};

	return {
		changed,
		lost(session) {
			recent.get(session)?.cancel();
			recent.delete(session);
		},
	};
}
