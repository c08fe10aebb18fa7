/** Where a verb writes: results on stdout, everything else on stderr. */
import type {EngineEvent} from '../engine/index.js';
import {toNdjson} from './ndjson.js';

export interface Output {
	/** One line on stdout. */
	line(text: string): void;
	/** One line on stderr. */
	note(text: string): void;
	json(event: EngineEvent): void;
	/** Called when stdout takes no more, and again when it does. */
	onPressure(callback: (isHeld: boolean) => void): void;
	/** Resolves when all of stdout was taken. */
	flushed(): Promise<void>;
}

export function createOutput(
	stdout: NodeJS.WritableStream,
	stderr: NodeJS.WritableStream,
): Output {
	let tellPressure: (isHeld: boolean) => void = () => undefined;
	// Whoever read our output has gone: there is nobody left to tell.
	stdout.on('error', () => {
		process.exit(1);
	});
	stdout.on('drain', () => {
		tellPressure(false);
	});
	const write = (text: string) => {
		if (!stdout.write(text)) tellPressure(true);
	};

	return {
		line(text) {
			write(`${text}\n`);
		},
		note(text) {
			stderr.write(`${text}\n`);
		},
		json(event) {
			write(toNdjson(event));
		},
		onPressure(callback) {
			tellPressure = callback;
		},
		flushed: async () =>
			new Promise(resolve => {
				stdout.write('', () => {
					resolve();
				});
			}),
	};
}
