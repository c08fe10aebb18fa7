import {createContext, use, useEffect, useSyncExternalStore} from 'react';
import type {Command, EngineState} from '../engine/index.js';
import type {LiveSettings} from '../settings/index.js';
import {useSelected} from './external-store.js';
import type {PacedEngine} from './paced-engine.js';
import type {UiState, UiStore} from './store.js';
import type {Composing} from './composing.js';
import type {TypedLines} from './typed-lines.js';
import type {Theme} from './theme.js';
import type {Ticker} from './ticker.js';
import type {Actions} from './actions.js';

/** What every component gets; made anew only where the looks change. */
export interface ConsoleValue {
	readonly engine: PacedEngine;
	readonly ui: UiStore;
	readonly theme: Theme;
	readonly settings: LiveSettings;
	readonly ticker: Ticker;
	readonly actions: Actions;
	readonly typedLines: TypedLines;
	readonly composing: Composing;
	/** Addresses of this machine that others can type. */
	readonly addresses: readonly string[];
	readonly version: string;
	dispatch(command: Command): void;
}

const ConsoleContext = createContext<ConsoleValue | undefined>(undefined);

export const ConsoleProvider = ConsoleContext;

export function useConsole(): ConsoleValue {
	const value = use(ConsoleContext);
	if (!value) throw new Error('outside of the console');
	return value;
}

/** `select` must give the same value for the same state. */
export function useEngine<Value>(select: (state: EngineState) => Value): Value {
	return useSelected(useConsole().engine, select);
}

export function useUi<Value>(select: (state: UiState) => Value): Value {
	return useSelected(useConsole().ui, select);
}

const nothingToHear = () => () => {};

/** The ticker's time while `isNeeded`; else the time at which it stopped, without rendering again. */
export function useNow(isNeeded: boolean): number {
	const {ticker} = useConsole();
	const now = useSyncExternalStore(
		isNeeded ? ticker.subscribe : nothingToHear,
		ticker.now,
		ticker.now,
	);
	useEffect(() => (isNeeded ? ticker.need() : undefined), [isNeeded, ticker]);
	return now;
}
