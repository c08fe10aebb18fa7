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
