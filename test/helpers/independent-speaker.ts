/** One flow of `test/peers/independent_speaker.py`: what it says, what it is told, and which frames went each way. */
import {expect} from 'vitest';
import {runPeer} from './sockterm-program.js';

type SpeakerFact = Readonly<Record<string, unknown>>;

export interface Directions {
	/** By the speaker. */
	readonly sent: Set<string>;
	readonly received: Set<string>;
}

/** The frames of all flows that have finished in this file. */
export const framesOfAllFlows: Directions = {
	sent: new Set(),
	received: new Set(),
};

export interface SpeakerFlow {
	/** Waits for the line that has this field, and gives its value. */
	told(field: string, timeoutMs?: number): Promise<unknown>;
	/** An order, for which the flow waits. */
	order(line: string): void;
	/** Waits for the end of the flow, in which nothing may have been against the document. */
	finished(): Promise<void>;
}

/** Runs a flow that dials the port, or that listens where there is none. */
export function startFlow(name: string, port?: number): SpeakerFlow {
	const peer = runPeer('independent_speaker.py', [
		name,
		...(port === undefined ? [] : [port]),
	]);
	return {
		async told(field, timeoutMs) {
			const line = await peer.waitForLine(`"${field}": `, timeoutMs);
			return (JSON.parse(line) as SpeakerFact)[field];
		},
		order(line) {
			peer.write(`${line}\n`);
		},
		async finished() {
			const {code} = await peer.exit;
			expect(code, `${peer.lines.join('\n')}\n${peer.errors()}`).toBe(0);
			const last = JSON.parse(peer.lines.at(-1) ?? '{}') as SpeakerFact;
			expect(last).toHaveProperty('finished', true);
			for (const way of ['sent', 'received'] as const) {
				for (const frame of last[way] as string[]) {
					framesOfAllFlows[way].add(frame);
				}
			}
		},
	};
}

/** The names in the tables of frames of `docs/protocol.md`. */
export function framesOf(document: string): string[] {
	const rows = document.matchAll(
		/^\| `0x[\da-f]{2}`\s+\| ([A-Z][A-Z_]+)\s+\|/gm,
	);
	return [...rows].map(([, name]) => name!);
}
