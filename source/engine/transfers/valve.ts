/** Stops reading a connection while anybody has a reason to. Decides only when the last reason is gone. */
import type {Connection} from '../ports.js';

export interface Valve {
	/** Closing twice for one reason is closing once. */
	close(reason: string): void;
	open(reason: string): void;
	/** Nobody has a reason any more. */
	release(): void;
}

export function createValve(
	connection: Pick<Connection, 'pause' | 'resume'>,
): Valve {
	const reasons = new Set<string>();
	return {
		close(reason) {
			if (reasons.size === 0) connection.pause();
			reasons.add(reason);
		},
		open(reason) {
			if (reasons.delete(reason) && reasons.size === 0) connection.resume();
		},
		release() {
			if (reasons.size > 0) connection.resume();
			reasons.clear();
		},
	};
}
