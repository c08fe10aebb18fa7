/** Gives the terminal back on every way out that can run code. Node does so for SIGINT and SIGTERM only, and only raw mode. */

export type ConsoleEnd =
	| {readonly kind: 'quit'}
	| {readonly kind: 'signal'; readonly signal: NodeJS.Signals}
	| {readonly kind: 'error'; readonly error: unknown};

export interface TerminalStreams {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
}

// End of a synchronized update; mouse and focus reports, bracketed paste and the
// kitty keyboard off; normal attributes, a visible cursor, the normal screen.
const restoreSequence = [
	'[?2026l',
	'[?1000l',
	'[?1002l',
	'[?1003l',
	'[?1004l',
	'[?1006l',
	'[?2004l',
	'[<u',
	'[0m',
	'[?25h',
	'[?1049l',
]
	.map(each => `\u{1B}${each}`)
	.join('');

const fatalSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

// A terminal that is not our controlling one goes away without a signal.
const inputEnds = ['end', 'error', 'close'] as const;

/** Safe to call twice, and when the terminal is gone. */
export function restoreTerminal({stdin, stdout}: TerminalStreams): void {
	try {
		if (stdin.isTTY) stdin.setRawMode(false);
		if (stdout.isTTY && stdout.writable) stdout.write(restoreSequence);
	} catch {
		// After SIGHUP there is no terminal left to restore.
	}
}

export interface TerminalGuard {
	/** Stops watching; the terminal is ours no longer. */
	release(): void;
}

/**
 * Calls `ended` once for the first signal or uncaught error; restores the terminal also
 * when the process just exits. A `plain` one was never changed, and its input may end.
 */
export function guardTerminal(
	streams: TerminalStreams,
	ended: (end: ConsoleEnd) => void,
	use: 'screen' | 'plain' = 'screen',
): TerminalGuard {
	let isOver = false;
	const end = (how: ConsoleEnd) => {
		if (isOver) return;
		isOver = true;
		ended(how);
	};

	const onSignal = (signal: NodeJS.Signals) => {
		end({kind: 'signal', signal});
	};
	const onError = (error: unknown) => {
		end({kind: 'error', error});
	};
	const onExit = () => {
		if (use === 'screen') restoreTerminal(streams);
	};
	// The terminal may be gone at any time: that is what SIGHUP says, and no crash.
	const onStreamError = () => {
		end({kind: 'signal', signal: 'SIGHUP'});
	};

	for (const signal of fatalSignals) process.on(signal, onSignal);
	process.on('uncaughtException', onError);
	process.on('unhandledRejection', onError);
	process.on('exit', onExit);
	streams.stdout.on('error', onStreamError);
	const watched = use === 'screen' ? inputEnds : [];
	for (const event of watched) streams.stdin.on(event, onStreamError);
	return {
		release() {
			for (const signal of fatalSignals) process.off(signal, onSignal);
			process.off('uncaughtException', onError);
			process.off('unhandledRejection', onError);
			process.off('exit', onExit);
			streams.stdout.off('error', onStreamError);
			for (const event of watched) streams.stdin.off(event, onStreamError);
		},
	};
}

/**
 * Stops this process and those it shares the terminal with, as Ctrl-Z does, and
 * calls `resumed` once after they go on. Where nothing can stop us (no shell to
 * come back to) that is at once.
 */
export function stopUntilContinued(resumed: () => void): void {
	let isResumed = false;
	const resume = () => {
		if (isResumed) return;
		isResumed = true;
		process.off('SIGCONT', resume);
		clearTimeout(timer);
		// Whoever has the terminal meanwhile is told of its new size, and we are not.
		// Node looks at it before this listener, which came later, is called.
		process.once('SIGWINCH', resumed);
		process.kill(process.pid, 'SIGWINCH');
	};

	process.on('SIGCONT', resume);
	const timer = setTimeout(resume, 500);
	process.kill(0, 'SIGTSTP');
}
