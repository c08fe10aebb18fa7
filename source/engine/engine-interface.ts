import type {Command} from './commands.js';
import type {EngineEvent} from './events.js';
import type {EngineState} from './state.js';

/** The engine's face, the same whether it runs on this thread or on its own. */
export interface Engine {
	/** Never throws for what can go wrong at run time: failures come as events. */
	dispatch(command: Command): void;
	/** Immutable and structurally shared. */
	getState(): EngineState;
	/** Coalesced: called after a batch of events was folded. */
	subscribe(listener: () => void): () => void;
	/** Every event, in order. */
	on(listener: (event: EngineEvent) => void): () => void;
	/** Says goodbye to peers, closes everything. */
	close(): Promise<void>;
}
