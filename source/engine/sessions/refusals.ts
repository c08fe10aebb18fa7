/** Connections that came to nothing: a flood of them is one line a second for each reason, not one each. */
import {errorInfo, type ErrorCode, type ErrorInfo} from '../../errors.js';
import type {EngineContext} from '../context.js';

export type CountRefusal = (error: ErrorInfo) => void;

const everyMs = 1_000;

/** Whoever connects to us is not what answers at an address that we dial. */
const asCaller = (error: ErrorInfo): ErrorInfo =>
	error.code === 'notSockterm'
		? errorInfo('callerNotSockterm', error.details)
		: error;

export function createRefusals(context: EngineContext): CountRefusal {
	/** Of the reasons told in this second: how often each came again, and the last one. */
	const again = new Map<ErrorCode, {count: number; error: ErrorInfo}>();

	const tell = (count: number, error: ErrorInfo) => {
		context.emit({type: 'peer/refused', count, error});
		again.set(error.code, {count: 0, error});
		context.ports.clock.after(everyMs, () => {
			const rest = again.get(error.code);
			again.delete(error.code);
			if (rest && rest.count > 0) tell(rest.count, rest.error);
		});
	};

	return cause => {
		const error = asCaller(cause);
		const told = again.get(error.code);
		if (told) again.set(error.code, {count: told.count + 1, error});
		else tell(1, error);
	};
}
