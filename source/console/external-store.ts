import {useSyncExternalStore} from 'react';

/** Something to be read by `useSyncExternalStore`. */
export interface Readable<State> {
	getState(): State;
	subscribe(listener: () => void): () => void;
}

export interface Store<State, Action> extends Readable<State> {
	dispatch(action: Action): void;
}

export function createStore<State, Action>(
	initial: State,
	reduce: (state: State, action: Action) => State,
): Store<State, Action> {
	let state = initial;
	const listeners = new Set<() => void>();
	return {
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		dispatch(action) {
			const next = reduce(state, action);
			if (next === state) return;
			state = next;
			for (const listener of listeners) listener();
		},
	};
}

/** What `select` takes out of a store; renders again only when that value is another one. */
export function useSelected<State, Value>(
	store: Readable<State>,
	select: (state: State) => Value,
): Value {
	const read = () => select(store.getState());
	return useSyncExternalStore(store.subscribe, read, read);
}
