/** Connections that came to nothing: a flood of them is one line a second, not one each. */
import type {ErrorInfo} from '../errors.js';
import type {EngineContext} from './context.js';

export type CountRefusal = (error: ErrorInfo) => void;

const everyMs = 1_000;

export function createRefusals(context: EngineContext): CountRefusal {
	let count = 0;
	let isWaiting = false;
	let last: ErrorInfo;

	const tell = () => {
		context.emit({type: 'peer/refused', count, error: last});
		count = 0;
		isWaiting = true;
		context.ports.clock.after(everyMs, () => {
			isWaiting = false;
			if (count > 0) tell();
		});
	};

	return error => {
		count++;
		last = error;
		if (!isWaiting) tell();
	};
}
