/**
 * Every limit and timeout, each with its reason beside it in `limits/`, a file for what
 * is limited. `docs/limits.md` shows them to people. A peer never sets a limit of ours.
 * Sizes in bytes, durations in ms. `limits` holds for everybody; `verifiedLimits` is
 * wider for who was verified.
 */
import {classicLimits} from './limits/classic.js';
import {consoleLimits} from './limits/console.js';
import {datagramLimits} from './limits/datagrams.js';
import {diskLimits} from './limits/disk.js';
import {historyLimits} from './limits/history.js';
import {keepingLimits} from './limits/keeping.js';
import {memoryLimits} from './limits/memory.js';
import {messageLimits} from './limits/messages.js';
import {networkLimits} from './limits/network.js';
import {roomLimits} from './limits/rooms.js';
import {ruleLimits} from './limits/rules.js';
import {sendingLimits} from './limits/sending.js';
import {sessionLimits} from './limits/sessions.js';
import {streamLimits} from './limits/streams.js';
import {threadLimits} from './limits/threads.js';
import {transferLimits} from './limits/transfers.js';
import {trustLimits} from './limits/trust.js';
import {KiB, MiB} from './limits/units.js';
import {workplaceLimits} from './limits/workplace.js';

export const limits = {
	...networkLimits,
	...sessionLimits,
	...messageLimits,
	...streamLimits,
	...sendingLimits,
	...memoryLimits,
	...historyLimits,
	...roomLimits,
	...datagramLimits,
	...keepingLimits,
	...transferLimits,
	...diskLimits,
	...classicLimits,
	...workplaceLimits,
	...trustLimits,
	...threadLimits,
	...ruleLimits,
	...consoleLimits,
} as const;

/** A key that a ceremony has verified is worth more: these take the place of those above. */
export const verifiedLimits = {
	framesPerSecond: 10_000,
	heldBytes: 4 * MiB,
	// As far as it fits a frame with its JSON.
	messageBytes: 64 * KiB,
	queuedBytes: 8 * MiB,
	offersPending: 256,
	offersPerMinute: 600,
	offersPendingBytes: 16 * MiB,
} as const satisfies Partial<Record<keyof typeof limits, number>>;

/** What a session may ask of us; which of the two it is may change while it lasts. */
export type PeerLimits = Readonly<Record<keyof typeof verifiedLimits, number>>;

export const limitsFor = (isVerified: boolean): PeerLimits =>
	isVerified ? verifiedLimits : limits;
