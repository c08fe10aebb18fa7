/**
 * The engine's side of the thread boundary: sends events in batches, at most
 * one a frame interval, and holds the engine's readers while the front end has
 * too many events, or too many bytes in them, to fold. Nothing is dropped on the way.
 */
import {toErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {HostedEngine} from '../engine.js';
import type {EngineEvent} from '../events.js';
import type {Clock} from '../ports.js';
import type {FromEngine, Port, ToEngine} from './worker-messages.js';

export function hostEngine(
	engine: HostedEngine,
	port: Port<FromEngine, ToEngine>,
	clock: Clock,
): void {
	let batch: EngineEvent[] = [];
	let batchBytes = 0;
	let unfolded = 0;
	let unfoldedBytes = 0;
	/** Of the batches that are not folded yet, the oldest first. */
	const onTheWay: number[] = [];
	let lastFlushAt = 0;
	let cancelFlush: (() => void) | undefined;

	const flush = () => {
		cancelFlush?.();
		cancelFlush = undefined;
		if (batch.length === 0) return;
		unfolded += batch.length;
		unfoldedBytes += batchBytes;
		onTheWay.push(batchBytes);
		lastFlushAt = clock.now();
		port.post({kind: 'events', events: batch});
		batch = [];
		batchBytes = 0;
	};

	let isHeld = false;
	const hold = (held: boolean) => {
		if (held === isHeld) return;
		isHeld = held;
		engine.hold(held);
	};

	const holdWhereFull = () => {
		const isFull =
			unfolded + batch.length > limits.eventsUnacknowledged ||
			unfoldedBytes + batchBytes > limits.eventBytesUnacknowledged;
		if (isFull) hold(true);
	};

	engine.on(event => {
		batch.push(event);
		batchBytes += bytesOf(event);
		holdWhereFull();
		const sinceMs = clock.now() - lastFlushAt;
		cancelFlush ??= clock.after(
			Math.max(0, limits.eventBatchMs - sinceMs),
			flush,
		);
	});

	port.onMessage(message => {
		switch (message.kind) {
			case 'command': {
				engine.dispatch(message.command);
				break;
			}

			case 'folded': {
				unfolded -= message.count;
				unfoldedBytes -= onTheWay.shift() ?? 0;
				const hasRoom =
					unfolded < limits.eventsUnacknowledged / 2 &&
					unfoldedBytes < limits.eventBytesUnacknowledged / 2;
				if (hasRoom) hold(false);
				break;
			}

			case 'close': {
				engine.close().then(
					() => {
						flush();
						port.post({kind: 'closed'});
					},
					(error: unknown) => {
						port.post({kind: 'failed', error: toErrorInfo(error)});
					},
				);
				break;
			}
		}
	});
}

/** A guess: pages are bounded by `limits.historyPageBytes` anyway. */
const pastRowBytes = 1_024;

/** Of what a stranger sent: the rest of an event is small. */
function bytesOf(event: EngineEvent): number {
	switch (event.type) {
		case 'stream/received': {
			return event.bytes.length + event.cuts.byteLength;
		}

		case 'history/paged': {
			return event.rows.length * pastRowBytes;
		}

		case 'stream/sent':
		case 'datagram/received':
		case 'datagram/sent': {
			return event.bytes.length;
		}

		default: {
			return 0;
		}
	}
}
