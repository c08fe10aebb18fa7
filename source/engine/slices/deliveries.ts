import {createLog} from '../../util/log.js';
import {limits} from '../../limits.js';
import type {EngineEvent} from '../events.js';
import type {PastFate} from '../history/history-events.js';
import type {MessageId} from '../ids.js';
import type {Delivery, EngineState} from '../state.js';

export const emptyDeliveryOrder = createLog<MessageId>({
	maxItems: limits.conversationRows,
});

type Slice = Pick<EngineState, 'deliveries' | 'deliveryOrder'>;

function added(
	{deliveries, deliveryOrder}: Slice,
	message: MessageId,
	delivery: Delivery,
): Slice {
	const order = deliveryOrder.append(message);
	const oldest = deliveryOrder.at(0);
	const isFull = order.firstId > deliveryOrder.firstId;
	const rest = isFull && oldest ? deliveries.delete(oldest) : deliveries;
	return {
		deliveryOrder: order,
		deliveries: rest.set(message, delivery),
	};
}

/** Where this run has sent it itself, that counts. */
const withFate = (slice: Slice, {message, fate}: PastFate): Slice =>
	slice.deliveries.has(message) ? slice : added(slice, message, fate);

export function reduceDeliveries(
	state: EngineState,
	event: EngineEvent,
): Slice {
	const {deliveries, deliveryOrder} = state;
	switch (event.type) {
		case 'chat/sent': {
			const {message, peers} = event;
			const pending = peers.length;
			return added(state, message, {pending, delivered: 0, failed: 0});
		}

		case 'room/released': {
			const held = deliveries.get(event.message);
			if (!held || held.pending === 0) return state;
			const next: Delivery = {...held, pending: held.pending - 1};
			return {
				deliveryOrder,
				deliveries: deliveries.set(event.message, next),
			};
		}

		case 'chat/delivered':
		case 'chat/failed': {
			const held = deliveries.get(event.message);
			if (!held || held.pending === 0) return state;
			const isDelivered = event.type === 'chat/delivered';
			const next: Delivery = {
				pending: held.pending - 1,
				delivered: held.delivered + (isDelivered ? 1 : 0),
				failed: held.failed + (isDelivered ? 0 : 1),
			};
			return {
				deliveryOrder,
				deliveries: deliveries.set(event.message, next),
			};
		}

		case 'history/paged': {
			return (event.fates ?? []).reduce<Slice>(withFate, state);
		}

		default: {
			return state;
		}
	}
}
