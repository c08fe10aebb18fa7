/** What is said of the classic file assistant, in English. Errors are in `en-classic-errors.ts`. */
import {formatSize} from '../util/quantities.js';

/** `0.3 s`, `12 s`, `2 min 5 s`. */
export function lasted(ms: number): string {
	if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	return seconds < 120
		? `${seconds} s`
		: `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

interface Moved {
	readonly file: string;
	readonly sizeBytes: number;
	readonly elapsedMs: number;
	readonly digest: string;
}

export const classicStrings = {
	waiting: (address: string) =>
		`Waiting for a classic sender on ${address}, PLAIN: whoever connects may leave one file.`,
	coming: (name: string, file: string, sizeBytes: number) =>
		`${name} sends ${file} (${formatSize(sizeBytes)}).`,
	saved: ({file, sizeBytes, elapsedMs, digest}: Moved, folder: string) =>
		`Saved ${file} in ${folder}: ${formatSize(sizeBytes)} in ${lasted(elapsedMs)} (BLAKE3 ${digest}).`,
	/** The protocol has no answer that says so. */
	sent: ({file, sizeBytes, elapsedMs, digest}: Moved, name: string) =>
		`Sent ${file} to ${name}: ${formatSize(sizeBytes)} in ${lasted(elapsedMs)} (BLAKE3 ${digest}). The classic assistant does not confirm; compare the sizes.`,
} as const;

/** What is wrong on the command line. */
export const classicUsageStrings = {
	needsFile:
		'sockterm send --classic needs one file: sockterm send --classic FILE --to HOST:PORT.',
	oneFile:
		'The classic file assistant takes one file at a time: send the others with a command of their own.',
	oneReceiver:
		'sockterm send --classic sends to one address. Start it once for each --to.',
	receiveAlone: (flag: string) =>
		`--classic-receive takes files and nothing else: leave ${flag} away.`,
	needsTcp: '--classic-receive listens on a TCP port: leave --no-tcp away.',
} as const;

/** What is wrong in the composer. */
export const classicInputStrings = {
	usage: 'Say where and what: /send --classic host:port file.',
	oneFile:
		'The classic file assistant takes one file at a time. Send the others one by one.',
} as const;
