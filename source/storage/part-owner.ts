/**
 * Which process something in the sub-folder belongs to, and whether that process
 * is still there. A number of a process is given again, so that its start counts
 * too, where the system tells it. Invariant: a process that lives and may be the
 * owner is never taken for gone.
 */
import {readFileSync} from 'node:fs';
import {errnoOf} from './storage-errors.js';

export interface PartOwner {
	readonly pid: number;
	/** Tells apart processes that had the same number; 0 where the system does not say. */
	readonly start: string;
}

/** When a process began, in ticks since the machine did; undefined where that cannot be known. */
function startOf(pid: number): string | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
		// The second field is a name in parentheses, which may hold anything; the start is the 22nd.
		const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
		const start = fields[19];
		return start !== undefined && /^\d+$/.test(start) ? start : undefined;
	} catch {
		return undefined;
	}
}

export const thisOwner: PartOwner = {
	pid: process.pid,
	start: startOf(process.pid) ?? '0',
};

export const isThisOwner = ({pid, start}: PartOwner) =>
	pid === thisOwner.pid && start === thisOwner.start;

export function isAlive({pid, start}: PartOwner): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		// Somebody else's process: whether it is the same one, its start tells.
		if (errnoOf(error) !== 'EPERM') return false;
	}

	const now = startOf(pid);
	return now === undefined || start === '0' || now === start;
}
