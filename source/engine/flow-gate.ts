/**
 * Lets a front end that cannot keep up stop the readers: while the gate is held
 * no session reads, TCP makes the senders wait, and nothing is skipped.
 */
import type {Connection} from './ports.js';

/** What can be made to wait: a connection that is read, a file that is sent. */
type Held = Pick<Connection, 'pause' | 'resume'>;

export interface FlowGate {
	hold(isHeld: boolean): void;
	add(connection: Held): void;
	remove(connection: Held): void;
}

export function createFlowGate(): FlowGate {
	const connections = new Set<Held>();
	let held = false;
	return {
		hold(isHeld) {
			if (held === isHeld) return;
			held = isHeld;
			for (const connection of connections) {
				if (isHeld) connection.pause();
				else connection.resume();
			}
		},
		add(connection) {
			connections.add(connection);
			if (held) connection.pause();
		},
		remove(connection) {
			connections.delete(connection);
		},
	};
}
