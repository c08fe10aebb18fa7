/** Puts the lane of an accepted offer of ours together with its files and its record. */
import type {ErrorInfo} from '../../errors.js';
import type {Lane} from './lane.js';
import {startLaneSender, type LaneSender} from './lane-sender.js';
import type {Outgoing} from './outgoing-offer.js';
import type {Clock} from '../ports.js';
import type {RateLimiter} from './rate-limiter.js';

export interface OutgoingLaneOptions {
	readonly clock: Clock;
	readonly limiter: Omit<RateLimiter, 'set'>;
	/** All is settled but what turned out to be another file than the receiver has. */
	readonly left: () => void;
	readonly closed: (error: ErrorInfo | undefined) => void;
}

/** Sends what is not settled; begins held. */
export function sendOffer(
	{record, sources, held, same, differing, backoff}: Outgoing,
	lane: Lane,
	{clock, limiter, left, closed}: OutgoingLaneOptions,
): LaneSender {
	const {files} = sources;
	const wanted = [...record.pending()];
	return startLaneSender(
		lane,
		// What was another file is another one still.
		{
			clock,
			files,
			wanted,
			held,
			same: new Set([...same].filter(entry => !differing.has(entry))),
			limiter,
		},
		{
			resumed: record.resumed,
			saved(...saved) {
				backoff.reset();
				record.saved(...saved);
			},
			failed: record.failed,
			differs(entry) {
				differing.add(entry);
			},
			left,
			closed,
		},
	);
}
