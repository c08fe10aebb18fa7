/** Carries out the commands that are about listeners and about who may reach them. */
import type {HandlersOf} from '../command-handlers.js';
import type {Command, PeerCommand} from '../commands.js';
import type {Listeners} from './listeners.js';
import type {PeerEntry, PeerTable} from './peer-table.js';

export type ListenerCommand =
	| Extract<Command, {readonly type: `listener/${string}`}>
	| Extract<PeerCommand, {readonly type: 'peer/kick'}>;

export function createListenerHandlers(
	listeners: Listeners,
	table: PeerTable,
	stopDialling: (entry: PeerEntry) => void,
): HandlersOf<ListenerCommand> {
	return {
		async 'listener/open'({type: _type, ref: _ref, ...options}) {
			return listeners.open(options);
		},
		async 'listener/close'({listener}) {
			return listeners.close(listener);
		},
		'listener/setAccess'({listener, change, ranges}) {
			listeners.setAccess(listener, {change, ranges});
		},
		'peer/kick'({peer, forMs}) {
			const entry = table.find(peer);
			const {session, incoming} = entry;
			const remote = session?.connection.remote ?? incoming?.remote;
			if (remote) listeners.ban(remote.host, forMs);
			session?.close();
			incoming?.destroy();
			stopDialling(entry);
		},
	};
}
