import type {EngineState} from '../engine/index.js';
import {describeError, strings} from '../strings/index.js';
import {hasBegun} from './transfer-selectors.js';

/** What became of the transfers, for the normal screen. */
export interface ConsoleSummary {
	/** Files saved here and files delivered elsewhere. */
	readonly saved: number;
	readonly delivered: number;
	readonly failed: number;
	/** Transfers that had begun and were not over; what arrived of them is kept. */
	readonly unfinished: number;
	/** One sentence a line, ready to print; empty where nothing was transferred. */
	readonly lines: readonly string[];
	/** 0, 1 after an error, 128 and the signal's number after a signal. */
	readonly exitCode: number;
}

const failuresShown = 10;

/** Counts of files; `existed` are those of `files` of which the same was there before. */
interface Count {
	files: number;
	existed: number;
}

export function summarize(
	state: EngineState,
	exitCode: number,
): ConsoleSummary {
	const words = strings.summary;
	/** By folder, in the order in which something was saved there. */
	const savedIn = new Map<string, Count>();
	const delivered: Count = {files: 0, existed: 0};
	let unfinished = 0;
	const failures: string[] = [];
	for (const transfer of state.transfers.values()) {
		if (hasBegun(transfer)) unfinished++;
		const folder = transfer.folder ?? state.self.receiveFolder;
		const here = savedIn.get(folder) ?? {files: 0, existed: 0};
		const count = transfer.direction === 'in' ? here : delivered;
		for (const {name, phase} of transfer.entries) {
			if (phase.kind === 'failed') {
				failures.push(`  ${name}: ${describeError(phase.error)}`);
			} else if (phase.kind === 'saved') {
				count.files++;
				if (phase.existed) count.existed++;
			}
		}

		if (here.files > 0) savedIn.set(folder, here);
	}

	const lines: string[] = [];
	let saved = 0;
	for (const [folder, {files, existed}] of savedIn) {
		saved += files;
		lines.push(words.saved(files, folder, existed));
	}

	if (delivered.files > 0) {
		lines.push(words.delivered(delivered.files, delivered.existed));
	}

	const failed = failures.length;
	if (failed > 0) {
		lines.push(words.failed(failed));
		lines.push(...failures.slice(0, failuresShown));
		const more = failed - failuresShown;
		if (more > 0) lines.push(`  ${words.more(more)}`);
	}

	if (unfinished > 0) lines.push(words.unfinished(unfinished));
	return {
		saved,
		delivered: delivered.files,
		failed,
		unfinished,
		lines,
		exitCode,
	};
}
