import {useState} from 'react';
import type {Action} from '../input/keymap.js';

/** A window of `height` over lines that are there all at once: help, limits, an offer's files. */
export function useScrolledLines(
	lines: readonly string[],
	height: number,
): {
	readonly visible: readonly string[];
	readonly isScrollable: boolean;
	readonly position: string;
	readonly move: (action: Action) => void;
} {
	const [start, setStart] = useState(0);
	const size = Math.max(1, height);
	const last = Math.max(0, lines.length - size);
	const from = Math.min(start, last);
	const steps: Partial<Record<Action, number>> = {
		moveUp: -1,
		moveDown: 1,
		pageUp: -(size - 1),
		pageDown: size - 1,
		moveTop: -lines.length,
		moveBottom: lines.length,
	};
	return {
		visible: lines.slice(from, from + size),
		isScrollable: last > 0,
		position: `${Math.min(lines.length, from + size)}/${lines.length}`,
		move(action) {
			const step = steps[action];
			if (step === undefined) return;
			setStart(now => Math.max(0, Math.min(last, Math.min(now, last) + step)));
		},
	};
}
