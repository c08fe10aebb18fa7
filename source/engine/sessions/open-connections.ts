/** Every connection of a session whose end has not been seen, so that quitting can wait for the goodbyes. */
import {limits} from '../../limits.js';
import type {Clock, Connection} from '../ports.js';

export interface OpenConnections {
	add(connection: Connection): void;
	/** Its end was seen. */
	remove(connection: Connection): void;
	/** Resolves when all are gone; those that do not go soon are closed. */
	gone(): Promise<void>;
}

export function createOpenConnections(clock: Clock): OpenConnections {
	const open = new Set<Connection>();
	let allGone: () => void = () => undefined;
	return {
		add(connection) {
			open.add(connection);
		},
		remove(connection) {
			open.delete(connection);
			if (open.size === 0) allGone();
		},
		async gone() {
			if (open.size === 0) return;
			await new Promise<void>(resolve => {
				const cancel = clock.after(limits.goodbyeMs, resolve);
				allGone = () => {
					cancel();
					resolve();
				};
			});
			for (const connection of open) connection.destroy();
		},
	};
}
