/**
 * The sending side of the classic file assistant: waits for the prompt, says name
 * and size, waits for the answer. Decides when the file may be streamed; leaves
 * the streaming to others. Invariant: nothing is said to one who has not asked.
 */
import {limits} from '../limits.js';
import {concatBytes} from '../util/bytes.js';
import {
	classicAnswer,
	classicPrompt,
	classicSizeBytes,
} from './classic-file-assistant.js';

export type ClassicSenderStep =
	| {readonly kind: 'send'; readonly bytes: Uint8Array}
	/** The file may be streamed: exactly as many bytes as were said. */
	| {readonly kind: 'begin'}
	/** It is no classic receiver, or does not want the file. `said`: what came instead. */
	| {
			readonly kind: 'refused';
			readonly code: 'classicNotAsked' | 'classicNotStarted';
			readonly said: Uint8Array;
	  };

export interface ClassicSender {
	receive(bytes: Uint8Array, atMs: number): ClassicSenderStep[];
	/** When to call `quiet` if nothing comes before; undefined: not at all. */
	wakeAtMs(): number | undefined;
	quiet(atMs: number): ClassicSenderStep[];
	/** The receiver sends nothing more. */
	end(): ClassicSenderStep[];
}

/** Waits for the prompt from `startedAtMs` on. Name and size go apart, so that they are two reads there. */
export function createClassicSender(
	file: {readonly name: Uint8Array; readonly sizeBytes: number},
	startedAtMs: number,
): ClassicSender {
	let phase: 'prompt' | 'pause' | 'answer' | 'over' = 'prompt';
	let sinceMs = startedAtMs;
	let heardAtMs = startedAtMs;
	let heard: Uint8Array = new Uint8Array();

	/** Enters the next phase where `text` was heard; what came before it is passed over. */
	const hears = (text: Uint8Array): boolean => {
		const at = indexOf(heard, text);
		if (at < 0) return false;
		heard = heard.slice(at + text.length);
		return true;
	};

	const refuse = (): ClassicSenderStep[] => {
		const code = phase === 'prompt' ? 'classicNotAsked' : 'classicNotStarted';
		phase = 'over';
		return [{kind: 'refused', code, said: heard}];
	};

	const listen = (): ClassicSenderStep[] => {
		if (phase === 'answer' && hears(classicAnswer)) {
			phase = 'over';
			return [{kind: 'begin'}];
		}

		return heard.length > limits.classicTextBytes ? refuse() : [];
	};

	return {
		receive(bytes, atMs) {
			if (phase === 'over') return [];
			heardAtMs = atMs;
			heard = concatBytes([heard, bytes.slice()]);
			if (phase !== 'prompt' || !hears(classicPrompt)) return listen();
			phase = 'pause';
			sinceMs = atMs;
			return [{kind: 'send', bytes: file.name}];
		},
		wakeAtMs() {
			if (phase === 'over') return undefined;
			if (phase === 'pause') return sinceMs + limits.classicPauseMs;
			const latestMs = sinceMs + limits.classicAnswerMs;
			// Who greets with something else and then waits is another program.
			return phase === 'prompt' && heard.length > 0
				? Math.min(latestMs, heardAtMs + limits.classicGreetingMs)
				: latestMs;
		},
		quiet(atMs) {
			const dueAtMs = this.wakeAtMs();
			if (dueAtMs === undefined || atMs < dueAtMs) return [];
			if (phase !== 'pause') return refuse();
			phase = 'answer';
			sinceMs = atMs;
			const bytes = new Uint8Array(classicSizeBytes);
			const size = BigInt(file.sizeBytes);
			new DataView(bytes.buffer).setBigInt64(0, size, true);
			return [{kind: 'send', bytes}, ...listen()];
		},
		end: () => (phase === 'over' ? [] : refuse()),
	};
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
	for (let at = bytes.indexOf(wanted[0]!); at >= 0;) {
		if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
		at = bytes.indexOf(wanted[0]!, at + 1);
	}

	return -1;
}
