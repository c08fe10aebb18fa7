/** Which members have not said yet that they have what we said in a room. */
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {MessageId, RoomKey} from '../ids.js';
import type {RoomLink} from './room-link.js';

export interface RoomDeliveries {
	sent(seq: number, message: MessageId, links: readonly RoomLink[]): void;
	/** It has everything up to that number. */
	has(link: RoomLink, seq: number): void;
	gone(link: RoomLink): void;
}

export function createRoomDeliveries(
	context: EngineContext,
	room: RoomKey,
): RoomDeliveries {
	const waiting = new Map<
		number,
		{readonly message: MessageId; readonly links: Set<RoomLink>}
	>();

	const settle = (
		type: 'chat/delivered' | 'room/released',
		link: RoomLink,
		upTo = Infinity,
	) => {
		for (const [seq, {message, links}] of waiting) {
			if (seq > upTo) break;
			if (!links.delete(link)) continue;
			if (links.size === 0) waiting.delete(seq);
			const {key: peer} = link.entry;
			if (type === 'chat/delivered') context.emit({type, peer, message});
			else context.emit({type, room, peer, message});
		}
	};

	return {
		sent(seq, message, links) {
			if (links.length === 0) return;
			waiting.set(seq, {message, links: new Set(links)});
			const [oldest] = waiting.keys();
			// Nobody waits for what was said a thousand messages ago.
			if (waiting.size > limits.outboxMessages) waiting.delete(oldest!);
		},
		has(link, seq) {
			settle('chat/delivered', link, seq);
		},
		gone(link) {
			settle('room/released', link);
		},
	};
}
