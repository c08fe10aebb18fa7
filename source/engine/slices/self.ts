import type {EngineEvent} from '../events.js';
import type {EngineState, FailedListener} from '../state.js';

const failuresKept = 20;

export function reduceSelf(
	state: EngineState,
	event: EngineEvent,
): EngineState['self'] {
	return event.type === 'self/changed'
		? {
				nick: event.nick,
				peerId: event.peerId,
				receiveFolder: event.receiveFolder,
				fallbackEncoding: event.fallbackEncoding ?? state.self.fallbackEncoding,
			}
		: state.self;
}

export function reduceListeners(
	state: EngineState,
	event: EngineEvent,
): EngineState['listeners'] {
	if (event.type === 'listener/bound') {
		const {listener: id, kind, host, port, options = {}} = event;
		return state.listeners.set(id, {id, kind, host, port, options});
	}

	if (event.type === 'listener/changed') {
		const listener = state.listeners.get(event.listener);
		const {options} = event;
		return listener
			? state.listeners.set(listener.id, {...listener, options})
			: state.listeners;
	}

	return event.type === 'listener/closed'
		? state.listeners.delete(event.listener)
		: state.listeners;
}

export function reduceFailedListeners(
	state: EngineState,
	event: EngineEvent,
): readonly FailedListener[] {
	const failed = state.failedListeners;
	if (event.type === 'listener/failed') {
		const {kind, port, error} = event;
		return [...failed, {kind, port, error}].slice(-failuresKept);
	}

	// A listener of that kind works now: the old failure no longer matters.
	return event.type === 'listener/bound' && failed.length > 0
		? failed.filter(({kind}) => kind !== event.kind)
		: failed;
}
