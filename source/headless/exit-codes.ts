/** What a verb's exit says to a script. */
export const exitCodes = {
	done: 0,
	failed: 1,
	usage: 2,
	declined: 3,
	notVerified: 4,
	/** 128 + SIGINT, as shells count. */
	interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** From what is well to what is worst: a failure may be worth another try, an answer is one. */
const byGravity: readonly ExitCode[] = [
	exitCodes.done,
	exitCodes.declined,
	exitCodes.notVerified,
	exitCodes.failed,
	exitCodes.usage,
	exitCodes.interrupted,
];

/** The worst of several; done where there are none. */
export const worstExit = (codes: Iterable<ExitCode>): ExitCode =>
	byGravity[Math.max(0, ...[...codes].map(code => byGravity.indexOf(code)))] ??
	exitCodes.failed;
