/** A front end's side of the thread boundary: an `Engine` that folds the events it is sent. */
import type {ErrorInfo} from '../../errors.js';
import type {Engine} from '../engine-interface.js';
import type {EngineEvent} from '../events.js';
import {initialState, reduceAll} from '../reducer.js';
import type {FromEngine, Port, ToEngine} from './worker-messages.js';

export function connectEngine(
	port: Port<ToEngine, FromEngine>,
	/** The engine could not be started, or broke. */
	onFailed: (error: ErrorInfo) => void,
): Engine {
	let state = initialState;
	const listeners = new Set<(event: EngineEvent) => void>();
	const subscribers = new Set<() => void>();
	let resolveClosed: () => void = () => undefined;
	const closed = new Promise<void>(resolve => {
		resolveClosed = resolve;
	});

	port.onMessage(message => {
		switch (message.kind) {
			case 'events': {
				const {events} = message;
				state = reduceAll(state, events);
				for (const event of events) {
					for (const listener of listeners) listener(event);
				}

				for (const subscriber of subscribers) subscriber();
				port.post({kind: 'folded', count: events.length});
				break;
			}

			case 'closed': {
				resolveClosed();
				break;
			}

			case 'failed': {
				resolveClosed();
				onFailed(message.error);
				break;
			}
		}
	});

	return {
		dispatch(command) {
			port.post({kind: 'command', command});
		},
		getState: () => state,
		subscribe(listener) {
			subscribers.add(listener);
			return () => {
				subscribers.delete(listener);
			};
		},
		on(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		async close() {
			port.post({kind: 'close'});
			await closed;
		},
	};
}
