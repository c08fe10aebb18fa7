/**
 * What the panes see of the engine's state. Under a flood they see fewer of its
 * states, so that drawing takes at most about half of the thread and a key does
 * not wait behind frames that nobody can read.
 */
import type {Engine, EngineState} from '../engine/index.js';
import type {Readable} from './external-store.js';

/** Faster than this nothing is read by anybody. */
const leastGapMs = 50;
const mostGapMs = 500;

export interface PacedEngine extends Readable<EngineState> {
	/** To be called with what each frame cost. */
	frameDrawn(costMs: number): void;
	/** Shows the newest state at once; for what the person at the keyboard did. */
	refresh(): void;
	close(): void;
}

export interface PaceTimers {
	now(): number;
	/** The returned function cancels. */
	after(delayMs: number, callback: () => void): () => void;
}

const realTimers: PaceTimers = {
	now: () => performance.now(),
	after(delayMs, callback) {
		const timer = setTimeout(callback, delayMs);
		return () => {
			clearTimeout(timer);
		};
	},
};

export function createPacedEngine(
	engine: Pick<Engine, 'getState' | 'subscribe'>,
	timers: PaceTimers = realTimers,
): PacedEngine {
	let shown = engine.getState();
	let lastShownAt = Number.NEGATIVE_INFINITY;
	let gapMs = leastGapMs;
	let cancel: (() => void) | undefined;
	const listeners = new Set<() => void>();

	const show = () => {
		cancel?.();
		cancel = undefined;
		lastShownAt = timers.now();
		const next = engine.getState();
		if (next === shown) return;
		shown = next;
		for (const listener of listeners) listener();
	};

	const unsubscribe = engine.subscribe(() => {
		if (cancel) return;
		const wait = lastShownAt + gapMs - timers.now();
		if (wait <= 0) show();
		else cancel = timers.after(wait, show);
	});

	return {
		getState: () => shown,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		frameDrawn(costMs) {
			// Twice the cost from start to start: half for drawing, half for all else.
			const wanted = Math.min(mostGapMs, Math.max(leastGapMs, 2 * costMs));
			gapMs = wanted > gapMs ? wanted : (gapMs + wanted) / 2;
		},
		refresh: show,
		close() {
			cancel?.();
			unsubscribe();
			listeners.clear();
		},
	};
}
