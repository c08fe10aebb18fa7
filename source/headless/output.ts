/**
 * Where a verb writes: results on stdout, everything else on stderr. On a
 * terminal the last row may hold a bar or a question; every other line gets
 * out of its way.
 */
import type {EngineEvent, EngineState} from '../engine/index.js';
import {cellWidth} from '../util/cells.js';
import {createNdjson} from './ndjson.js';

export interface Output {
	/** One line on stdout. */
	line(text: string): void;
	/** Exactly these bytes on stdout. */
	bytes(bytes: Uint8Array): void;
	/** One line on stderr. */
	note(text: string): void;
	/** `state` is that after the event: texts are read in its encodings. */
	json(event: EngineEvent, state: EngineState): void;
	/** Cells of a row of the terminal behind stderr; undefined where there is none. */
	columns(): number | undefined;
	/** Draws the bar anew in the last row, or takes it away. Nothing while a question stands there. */
	bar(text: string | undefined): void;
	/** Puts a question into the last row; undefined once it needs no answer any more. */
	question(text: string | undefined): void;
	/** Somebody has answered: Enter has already ended the row. */
	answered(): void;
	/** Called when stdout takes no more, and again when it does. */
	onPressure(callback: (isHeld: boolean) => void): void;
	/** Resolves when all of stdout was taken. */
	flushed(): Promise<void>;
}

/** What a terminal shows of a key that was pressed beside the bar: `^C`. */
export const echoCells = 2;

const isTerminal = (stream: NodeJS.WritableStream): boolean =>
	'isTTY' in stream && stream.isTTY === true;

export function createOutput(
	stdout: NodeJS.WritableStream,
	stderr: NodeJS.WritableStream,
	columns: () => number | undefined = () => undefined,
): Output {
	const toNdjson = createNdjson();
	let tellPressure: (isHeld: boolean) => void = () => undefined;
	let bar = '';
	let question: string | undefined;
	// Whoever read our output has gone: there is nobody left to tell.
	stdout.on('error', () => {
		process.exit(1);
	});
	stdout.on('drain', () => {
		tellPressure(false);
	});

	const wipe = () => {
		if (bar === '') return;
		stderr.write(`\r${' '.repeat(cellWidth(bar) + echoCells)}\r`);
		bar = '';
	};

	const aside = (write: () => void) => {
		wipe();
		if (question !== undefined) stderr.write('\n');
		write();
		if (question !== undefined) stderr.write(question);
	};

	const writeNow = (text: string) => {
		if (!stdout.write(text)) tellPressure(true);
	};

	// Thousands of events come in bursts, and each write to a file or a pipe is a call of the
	// system: those that follow another one at once go together.
	let unwritten = '';
	let hasWritten = false;
	const writeOut = () => {
		hasWritten = false;
		const text = unwritten;
		unwritten = '';
		if (text !== '') writeNow(text);
	};

	const write = (text: string) => {
		writeOut();
		if (isTerminal(stdout)) aside(() => writeNow(text));
		else writeNow(text);
	};

	const writeSoon = (text: string) => {
		if (isTerminal(stdout) || !hasWritten) {
			write(text);
			if (!hasWritten) setImmediate(writeOut);
			hasWritten = true;
		} else {
			unwritten += text;
		}
	};

	return {
		line(text) {
			write(`${text}\n`);
		},
		bytes(bytes) {
			if (!stdout.write(bytes)) tellPressure(true);
		},
		note(text) {
			aside(() => {
				stderr.write(`${text}\n`);
			});
		},
		json(event, state) {
			const lines = toNdjson(event, state);
			if (lines !== '') writeSoon(lines);
		},
		columns,
		bar(text) {
			if (text === undefined || question !== undefined) {
				wipe();
				return;
			}

			const rest = cellWidth(bar) - cellWidth(text);
			stderr.write(`\r${text}${' '.repeat(Math.max(0, rest))}`);
			bar = text;
		},
		question(text) {
			wipe();
			if (question !== undefined) stderr.write('\n');
			question = text;
			if (text !== undefined) stderr.write(text);
		},
		answered() {
			question = undefined;
		},
		onPressure(callback) {
			tellPressure = callback;
		},
		flushed: async () =>
			new Promise(resolve => {
				writeOut();
				stdout.write('', () => {
					resolve();
				});
			}),
	};
}
