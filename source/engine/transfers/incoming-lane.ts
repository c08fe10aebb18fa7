/** Puts the lane of an approved offer together with its delivery and its record. */
import type {ErrorInfo} from '../../errors.js';
import {unsavedPlans, type IncomingOffer} from './incoming-offer.js';
import type {Lane} from './lane.js';
import {startLaneReceiver} from './lane-receiver.js';
import type {Clock, PlannedEntry} from '../ports.js';
import type {RateLimiter} from './rate-limiter.js';

export interface IncomingLaneOptions {
	readonly clock: Clock;
	readonly limiter: Omit<RateLimiter, 'set'>;
	readonly blocked: (error: ErrorInfo | undefined) => void;
	readonly closed: (error: ErrorInfo | undefined) => void;
}

/** Receives what is wanted of it, into its folder. */
export function receiveOffer(
	offer: IncomingOffer,
	lane: Lane,
	{clock, limiter, blocked, closed}: IncomingLaneOptions,
): void {
	const {record, folder, plans, wanted, held, same, saved, differing} = offer;
	const entries = plans.map((plan, index) =>
		wanted.has(index) ? plan : undefined,
	);
	const unsaved = unsavedPlans(offer);
	const settled = plans.filter(
		(plan, index): plan is PlannedEntry =>
			plan !== undefined && unsaved[index] === undefined,
	);
	const delivery = folder.openDelivery(record.peerId, unsaved, settled);
	const receiver = startLaneReceiver(
		lane,
		{
			clock,
			delivery,
			entries,
			held,
			same,
			// As it is now: what is saved on this lane is told on it.
			saved: new Map(saved),
			pending: record.pending(),
			limiter,
		},
		{
			began: record.start,
			resumed: record.resumed,
			saved(index, name, digest, existed) {
				saved.set(index, {name, digest});
				record.saved(index, name, digest, existed);
			},
			failed(index, error) {
				wanted.delete(index);
				record.failed(index, error);
			},
			differs(index) {
				differing.add(index);
			},
			blocked,
			closed,
		},
	);
	record.move(receiver, isFlushed => {
		if (isFlushed) lane.connection.end();
		else lane.connection.destroy();
	});
}
