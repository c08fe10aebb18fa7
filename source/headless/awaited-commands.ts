/** Commands whose end is waited for: a number goes with each, and comes back in `command/done` or `command/refused`. */
import type {Command, EngineEvent} from '../engine/index.js';
import type {ErrorInfo} from '../errors.js';
import type {VerbContext} from './verb.js';

export interface AwaitedCommands {
	/** Resolves once it is done, with why where it was refused. */
	run(context: VerbContext, command: Command): Promise<ErrorInfo | undefined>;
	/** Looks at every event; true where it was the end of a command. */
	settle(event: EngineEvent): boolean;
}

export function createAwaitedCommands(): AwaitedCommands {
	const waiting = new Map<number, (error: ErrorInfo | undefined) => void>();
	let last = 0;
	return {
		run: async ({engine}, command) =>
			new Promise(resolve => {
				const ref = ++last;
				waiting.set(ref, resolve);
				engine.dispatch({...command, ref});
			}),
		settle(event) {
			if (event.type !== 'command/done' && event.type !== 'command/refused') {
				return false;
			}

			const resolve = waiting.get(event.ref);
			waiting.delete(event.ref);
			resolve?.(event.type === 'command/refused' ? event.error : undefined);
			return resolve !== undefined;
		},
	};
}
