/**
 * The engine's side of the thread boundary: sends events in batches, at most
 * one a frame interval, and holds the engine's readers while the front end has
 * too many events to fold. Nothing is dropped on the way.
 */
import {toErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import type {HostedEngine} from './engine.js';
import type {EngineEvent} from './events.js';
import type {Clock} from './ports.js';
import type {FromEngine, Port, ToEngine} from './worker-messages.js';

export function hostEngine(
	engine: HostedEngine,
	port: Port<FromEngine, ToEngine>,
	clock: Clock,
): void {
	let batch: EngineEvent[] = [];
	let unfolded = 0;
	let lastFlushAt = 0;
	let cancelFlush: (() => void) | undefined;

	const flush = () => {
		cancelFlush?.();
		cancelFlush = undefined;
		if (batch.length === 0) return;
		unfolded += batch.length;
		lastFlushAt = clock.now();
		port.post({kind: 'events', events: batch});
		batch = [];
		if (unfolded > limits.eventsUnacknowledged) engine.hold(true);
	};

	engine.on(event => {
		batch.push(event);
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
				if (unfolded < limits.eventsUnacknowledged / 2) engine.hold(false);
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
