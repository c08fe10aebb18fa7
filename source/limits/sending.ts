/** Limits of what waits to be sent, and of reconnecting; part of `limits.ts`. */
import {MiB} from './units.js';

export const sendingLimits = {
	// Sending to a reader that does not read: cut, with its reason.
	queuedBytes: 1 * MiB,
	slowReaderMs: 10_000,
	outboxMessages: 1_000,
	outboxBytes: 1 * MiB,
	receivedIdsRemembered: 4_096,

	// Reconnecting: 1, 2, 4 … 30 s, ± 20 % so that two consoles do not march in step.
	reconnectFirstMs: 1_000,
	reconnectMaxMs: 30_000,
	reconnectJitter: 0.2,
} as const;
