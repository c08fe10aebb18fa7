import {SocktermError} from '../../errors.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {RawSession} from './raw-session.js';

/** The plain session of a row: what writes exact bytes. A silent newcomer becomes plain by it. Throws onlyPlain, notConnected. */
export function plainSession(entry: PeerEntry): RawSession {
	entry.incoming?.claimAsRaw();
	const {session, name} = entry;
	if (session?.kind === 'peer') throw new SocktermError('onlyPlain', {name});
	if (!session) throw new SocktermError('notConnected', {name});
	return session;
}
