/**
 * Whether the program at the other end has read what it was sent, where the
 * system tells: on this machine. One that counts its reads must find each write
 * by itself, however long it does not run. Decides only when it has caught up.
 */
import {limits} from '../../limits.js';
import type {Clock, Connection} from '../ports.js';

export interface ClassicAttention {
	/** Resolves when nothing is unread there, at once where nobody can tell, and when it does not matter any more. */
	caughtUp(isOver: () => boolean): Promise<void>;
}

export function createClassicAttention(
	connection: Connection,
	clock: Clock,
): ClassicAttention {
	let canTell = connection.unreadBytes !== undefined;
	const isBehind = async () => {
		if (!canTell) return false;
		const unread = await connection.unreadBytes?.();
		// What it did not tell once it will not tell later: asking costs some ms.
		canTell = unread !== undefined;
		return unread !== undefined && unread > 0;
	};

	return {
		async caughtUp(isOver) {
			while (!isOver() && (await isBehind())) {
				await new Promise<void>(resolve => {
					clock.after(limits.classicWriteMs, resolve);
				});
			}
		},
	};
}
