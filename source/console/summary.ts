import {isRunning, type EngineState} from '../engine/index.js';
import {describeError, strings} from '../strings/index.js';

/** What became of the transfers, for the normal screen. */
export interface ConsoleSummary {
	/** Files saved here and files delivered elsewhere. */
	readonly saved: number;
	readonly delivered: number;
	readonly failed: number;
	/** Transfers that were ended by leaving. */
	readonly unfinished: number;
	/** One sentence a line, ready to print; empty where nothing was transferred. */
	readonly lines: readonly string[];
	/** 0, 1 after an error, 128 and the signal's number after a signal. */
	readonly exitCode: number;
}

const failuresShown = 10;

export function summarize(
	state: EngineState,
	exitCode: number,
): ConsoleSummary {
	const words = strings.summary;
	let saved = 0;
	let delivered = 0;
	let unfinished = 0;
	const failures: string[] = [];
	for (const transfer of state.transfers.values()) {
		if (isRunning(transfer)) unfinished++;
		for (const {name, phase} of transfer.entries) {
			if (phase.kind === 'failed') {
				failures.push(`  ${name}: ${describeError(phase.error)}`);
			} else if (phase.kind === 'saved') {
				if (transfer.direction === 'in') saved++;
				else delivered++;
			}
		}
	}

	const lines: string[] = [];
	if (saved > 0) lines.push(words.saved(saved, state.self.receiveFolder));
	if (delivered > 0) lines.push(words.delivered(delivered));
	if (failures.length > 0) {
		lines.push(words.failed(failures.length));
		lines.push(...failures.slice(0, failuresShown));
	}

	if (unfinished > 0) lines.push(words.unfinished(unfinished));
	const failed = failures.length;
	return {saved, delivered, failed, unfinished, lines, exitCode};
}
