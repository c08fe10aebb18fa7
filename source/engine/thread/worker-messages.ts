/** What crosses the boundary between the engine's thread and a front end's: plain cloneable data. */
import type {ErrorInfo} from '../../errors.js';
import type {Command} from '../commands.js';
import type {EngineEvent} from '../events.js';

export type ToEngine =
	| {readonly kind: 'command'; readonly command: Command}
	/** So many events have been folded: the engine may send as many more. */
	| {readonly kind: 'folded'; readonly count: number}
	| {readonly kind: 'close'};

export type FromEngine =
	| {readonly kind: 'events'; readonly events: readonly EngineEvent[]}
	| {readonly kind: 'closed'}
	/** The engine could not be started. */
	| {readonly kind: 'failed'; readonly error: ErrorInfo};

/** Either end of a message port, as far as it is used. */
export interface Port<Out, In> {
	post(message: Out): void;
	onMessage(listener: (message: In) => void): void;
}
