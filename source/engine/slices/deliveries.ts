import {createLog} from '../../util/log.js';
import {limits} from '../../limits.js';
import type {EngineEvent} from '../events.js';
import type {MessageId} from '../ids.js';
import type {Delivery, EngineState} from '../state.js';

export const emptyDeliveryOrder = createLog<MessageId>({
	maxItems: limits.conversationRows,
});

type Slice = Pick<EngineState, 'deliveries' | 'deliveryOrder'>;

export function reduceDeliveries(
	state: EngineState,
	event: EngineEvent,
): Slice {
	const {deliveries, deliveryOrder} = state;
	switch (event.type) {
		case 'chat/sent': {
			const order = deliveryOrder.append(event.message);
			const oldest = deliveryOrder.at(0);
			const isFull = order.firstId > deliveryOrder.firstId;
			return {
				deliveryOrder: order,
				deliveries: (isFull && oldest
					? deliveries.delete(oldest)
					: deliveries
				).set(event.message, {
					pending: event.peers.length,
					delivered: 0,
					failed: 0,
				}),
			};
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

		default: {
			return state;
		}
	}
}
