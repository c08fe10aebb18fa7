/**
 * Listeners whose connections are no conversations: who takes them instead. Each
 * taker gets the connection unstarted and owns it from then on, its end too.
 */
import type {DialTarget, ListenerOptions} from '../commands.js';
import type {ListenerId} from '../ids.js';
import type {Connection} from '../ports.js';

/** Where an accepted connection came from. */
export interface AcceptedBy {
	readonly id: ListenerId;
	readonly options: ListenerOptions;
}

export interface Purposes {
	readonly classic?: (connection: Connection, listener: AcceptedBy) => void;
	readonly relay?: (
		connection: Connection,
		target: DialTarget,
		listener: AcceptedBy,
	) => void;
}

/** Conversations are what a listener is for unless it was told otherwise. */
export const isForConversations = ({purpose}: Partial<ListenerOptions>) =>
	purpose === undefined || purpose.kind === 'conversation';

/** Hands a connection to whom it is for; false where it is for a conversation. One that nobody takes is closed. */
export function takeForPurpose(
	purposes: Purposes,
	connection: Connection,
	listener: AcceptedBy,
): boolean {
	const {purpose} = listener.options;
	if (purpose?.kind === 'classic' && purposes.classic) {
		purposes.classic(connection, listener);
	} else if (purpose?.kind === 'relay' && purposes.relay) {
		purposes.relay(connection, purpose.target, listener);
	} else if (isForConversations(listener.options)) {
		return false;
	} else {
		connection.destroy();
	}

	return true;
}
