/** What a terminal reports of its mouse, in the SGR form of xterm's mode 1006: CSI < button ; column ; row M. */

/** Cells count from 0. */
export type MouseEvent =
	| {readonly kind: 'press'; readonly x: number; readonly y: number}
	| {
			readonly kind: 'wheel';
			readonly by: 1 | -1;
			readonly x: number;
			readonly y: number;
	  };

// Presses and wheels, in that form.
export const mouseOn = '\u001B[?1000h\u001B[?1006h';
export const mouseOff = '\u001B[?1006l\u001B[?1000l';

// Behind CSI.
const report = /^<(\d+);(\d+);(\d+)M$/;
const wheelUp = 64;
const wheelDown = 65;

/** Undefined for what nothing is done with: releases, other buttons, and with a key held. */
export function readMouse(sequence: string): MouseEvent | undefined {
	const found = report.exec(sequence.slice(2));
	if (!found) return undefined;
	const [button = 0, column = 0, row = 0] = found.slice(1).map(Number);
	const where = {x: column - 1, y: row - 1};
	if (button === 0) return {kind: 'press', ...where};
	if (button === wheelUp) return {kind: 'wheel', by: -1, ...where};
	return button === wheelDown ? {kind: 'wheel', by: 1, ...where} : undefined;
}
