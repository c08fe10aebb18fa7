/**
 * How often a rule may act for one peer: two programs that answer each other by rule
 * would never stop. Decides by the time that is passed in.
 */
import {limits} from '../../limits.js';
import type {PeerKey} from '../ids.js';

export interface Pacer {
	/** `go`; or it has been too often: `tell` the first time, `rest` until a second was quieter. */
	ask(peer: PeerKey, nowMs: number): 'go' | 'tell' | 'rest';
	forget(peer: PeerKey): void;
}

const windowMs = 1000;

export function createPacer(): Pacer {
	const windows = new Map<
		PeerKey,
		{startMs: number; count: number; isTold: boolean}
	>();
	return {
		ask(peer, nowMs) {
			const window = windows.get(peer) ?? {
				startMs: nowMs,
				count: 0,
				isTold: false,
			};
			windows.set(peer, window);
			if (nowMs - window.startMs >= windowMs) {
				const wasQuiet =
					window.count <= limits.ruleActionsPerSecond ||
					nowMs - window.startMs >= 2 * windowMs;
				if (wasQuiet) window.isTold = false;
				window.startMs = nowMs;
				window.count = 0;
			}

			if (++window.count <= limits.ruleActionsPerSecond) return 'go';
			if (window.isTold) return 'rest';
			window.isTold = true;
			return 'tell';
		},
		forget(peer) {
			windows.delete(peer);
		},
	};
}
