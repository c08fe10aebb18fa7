/** What the way out of the console means for the process. */
import type {ConsoleEnd} from './terminal-guard.js';

/** How long peers are given to hear a goodbye. */
const goodbyeMs = 2_000;

const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
	SIGHUP: 1,
	SIGINT: 2,
	SIGQUIT: 3,
	SIGTERM: 15,
};

export function exitCodeOf(end: ConsoleEnd): number {
	if (end.kind === 'quit') return 0;
	if (end.kind === 'error') return 1;
	return 128 + (signalNumbers[end.signal] ?? 0);
}

/** Waits for what is to be finished first, but no longer than a person would. */
export async function inTime(work: Promise<unknown>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<void>(resolve => {
		timer = setTimeout(resolve, goodbyeMs);
	});
	await Promise.race([work, late]);
	clearTimeout(timer);
}
