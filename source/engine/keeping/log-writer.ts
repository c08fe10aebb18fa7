/**
 * Keeps a log of what happens. Decides when lines are written and what becomes
 * of them when the disk is slow or fails; what a line says is left to
 * `log-items.ts`, the file to a port.
 *
 * Invariants: lines stand in the order of the events; what waits for the disk
 * is bounded, and what is left out is counted in the log itself; a failure is
 * told once and ends the log.
 */
import {errorInfo, SocktermError, toErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EngineContext, EventBus} from '../context.js';
import {describerOf} from './export/kept-item.js';
import {textLines} from './export/text-export.js';
import {createLogItems} from './log-items.js';
import type {LogFile} from '../ports.js';
import {toSafeText} from '../sanitize.js';

export interface LogWriter {
	/** From now on into this file, and no longer into another one. Throws logFailed {path, what}. */
	start(path: string): Promise<void>;
	/** Writes what waits. Silent where there is no log. */
	stop(): Promise<void>;
}

/** A log that is being written. */
interface Running {
	/** Writes what waits, and closes. Never rejects. */
	end(): Promise<void>;
}

export function createLogWriter(
	context: EngineContext,
	on: EventBus['on'],
): LogWriter {
	const {clock, logs} = context.ports;
	const describe = describerOf(context.ports.describe);
	let running: Running | undefined;

	const run = (file: LogFile): Running => {
		const items = createLogItems(context.state(), describe);
		let lines: string[] = [];
		let characters = 0;
		let leftOut = 0;
		let isBroken = false;
		let writing: Promise<void> | undefined;
		let cancelTimer: (() => void) | undefined;

		const takeLines = (): string => {
			if (leftOut > 0) {
				const error = errorInfo('logBehind', {lines: leftOut});
				const text = describe(error);
				lines.push(textLines({at: clock.now(), kind: 'problem', text}));
				leftOut = 0;
			}

			const text = lines.join('');
			lines = [];
			characters = 0;
			return text;
		};

		const breakOff = (error: unknown) => {
			isBroken = true;
			stopListening();
			if (running === self) running = undefined;
			void file.close();
			context.emit({type: 'log/changed', error: toErrorInfo(error)});
		};

		/** One write at a time; what comes meanwhile is the next one. */
		const write = async () => {
			try {
				while (lines.length > 0) await file.append(takeLines());
			} catch (error) {
				breakOff(error);
			}

			writing = undefined;
		};

		const flush = () => {
			cancelTimer = undefined;
			writing ??= write();
		};

		const stopListening = on(event => {
			for (const item of items.of(event, context.state())) {
				const text = textLines(item);
				if (characters + text.length > limits.logQueueCharacters) {
					leftOut += text.split('\n').length - 1;
					continue;
				}

				lines.push(text);
				characters += text.length;
			}

			if (lines.length > 0) {
				cancelTimer ??= clock.after(limits.logBatchMs, flush);
			}
		});

		const self: Running = {
			async end() {
				stopListening();
				cancelTimer?.();
				await writing;
				if (isBroken) return;
				await write();
				if (!isBroken) await file.close();
			},
		};
		return self;
	};

	return {
		async start(path) {
			if (!logs) throw new SocktermError('logFailed', {path, what: 'ENOSYS'});
			const file = await logs.open(path);
			const before = running;
			running = run(file);
			await before?.end();
			context.emit({type: 'log/changed', path: toSafeText(path)});
		},
		async stop() {
			const before = running;
			running = undefined;
			if (!before) return;
			await before.end();
			context.emit({type: 'log/changed'});
		},
	};
}
