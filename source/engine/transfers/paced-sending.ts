/**
 * Sends long series of messages (the pages of an offer) no faster than the other
 * side takes them, so that a slow line is not mistaken for a reader that does not
 * read. Series follow each other; single messages go between them.
 */
import {limits} from '../../limits.js';
import type {ControlMessage} from '../../protocol/messages.js';
import type {Connection} from '../ports.js';

export interface PacedSending {
	/** As long as they are wanted; resolves also where the connection ends. */
	sendAll(
		messages: readonly ControlMessage[],
		isWanted: () => boolean,
	): Promise<void>;
	/** The connection has room again. */
	drained(): void;
	/** The connection is gone. */
	stop(): void;
}

export function createPacedSending(
	connection: Connection,
	send: (message: ControlMessage) => void,
): PacedSending {
	let isStopped = false;
	let wake: () => void = () => undefined;
	let last: Promise<void> = Promise.resolve();

	const hasRoom = () =>
		isStopped || connection.queuedBytes() <= limits.queuedBytes / 2;

	const room = async () => {
		while (!hasRoom()) {
			await new Promise<void>(resolve => {
				wake = resolve;
			});
		}
	};

	return {
		async sendAll(messages, isWanted) {
			const before = last;
			last = (async () => {
				await before;
				for (const message of messages) {
					await room();
					if (isStopped || !isWanted()) return;
					send(message);
				}
			})();
			await last;
		},
		drained() {
			wake();
		},
		stop() {
			isStopped = true;
			wake();
		},
	};
}
