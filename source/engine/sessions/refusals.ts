/**
 * Connections that came to nothing, and what else strangers try in vain: a flood of
 * them is one line for each reason, with their number, and ever fewer lines while it
 * goes on. Decides when that is told; nothing is told twice, and nothing is left out.
 */
import {errorInfo, type ErrorCode, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';

export type CountRefusal = (error: ErrorInfo) => void;

interface Told {
	/** How often it came again, and the last one. */
	count: number;
	error: ErrorInfo;
}

/** Whoever connects to us is not what answers at an address that we dial. */
const asCaller = (error: ErrorInfo): ErrorInfo =>
	error.code === 'notSockterm'
		? errorInfo('callerNotSockterm', error.details)
		: error;

export function createRefusals(context: EngineContext): CountRefusal {
	const again = new Map<ErrorCode, Told>();

	const tell = (count: number, error: ErrorInfo, waitMs: number) => {
		context.emit({type: 'peer/refused', count, error});
		again.set(error.code, {count: 0, error});
		context.ports.clock.after(waitMs, () => {
			const rest = again.get(error.code);
			again.delete(error.code);
			if (!rest || rest.count === 0) return;
			const nextMs = Math.min(2 * waitMs, limits.refusalsMostMs);
			tell(rest.count, rest.error, nextMs);
		});
	};

	return cause => {
		const error = asCaller(cause);
		const told = again.get(error.code);
		if (told) again.set(error.code, {count: told.count + 1, error});
		else tell(1, error, limits.refusalsMs);
	};
}
