/**
 * Which of the transfers that could move do: so many at a time, the others wait
 * in order. Decides turns and nothing else. Invariant: at most `atOnce` have a
 * turn, and nobody waits while a turn is free.
 */
import {SocktermError} from '../../errors.js';
import type {EngineContext} from '../context.js';
import type {TransferId} from '../ids.js';

export interface OutgoingQueue {
	/** Waits for a turn; first in line where it had one before. Nothing happens where it waits or has one. */
	enter(id: TransferId, isFirst: boolean): void;
	/** Gives up its place or its turn. */
	leave(id: TransferId): void;
	/** Throws notInQueue. */
	move(id: TransferId, by: -1 | 1): void;
	setAtOnce(count: number): void;
}

export function createOutgoingQueue(
	context: EngineContext,
	atOnce: number,
	/** It is this one's turn. */
	begin: (id: TransferId) => void,
): OutgoingQueue {
	let waiting: TransferId[] = [];
	const moving = new Set<TransferId>();
	let places = atOnce;
	let told = '';

	const update = () => {
		const begun: TransferId[] = [];
		while (moving.size < places && waiting.length > 0) {
			const next = waiting.shift()!;
			moving.add(next);
			begun.push(next);
		}

		const order = waiting.join();
		if (order !== told) {
			told = order;
			context.emit({type: 'transfer/queued', order: [...waiting]});
		}

		for (const id of begun) begin(id);
	};

	return {
		enter(id, isFirst) {
			if (moving.has(id) || waiting.includes(id)) return;
			waiting = isFirst ? [id, ...waiting] : [...waiting, id];
			update();
		},
		leave(id) {
			moving.delete(id);
			waiting = waiting.filter(each => each !== id);
			update();
		},
		move(id, by) {
			const from = waiting.indexOf(id);
			if (from === -1) throw new SocktermError('notInQueue');
			const to = from + by;
			const other = waiting[to];
			if (other === undefined) return;
			waiting = waiting.with(from, other).with(to, id);
			update();
		},
		setAtOnce(count) {
			places = Math.max(1, count);
			update();
		},
	};
}
