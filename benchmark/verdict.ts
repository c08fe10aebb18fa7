/** What was measured against what is promised: one line each, and an exit code that says whether all of it holds. */
import {loadavg} from 'node:os';

export interface Goal {
	readonly what: string;
	readonly value: number;
	readonly unit: string;
	readonly most?: number;
	readonly least?: number;
}

const shown = (value: number) =>
	Number.isInteger(value) ? String(value) : value.toPrecision(3);

/** A value that is missing keeps no promise. */
const isKept = ({value, most = Infinity, least = -Infinity}: Goal) =>
	value <= most && value >= least;

const goalText = ({most, least, unit}: Goal) => {
	const suffix = unit ? ` ${unit}` : '';
	if (most !== undefined && most === least) return `${shown(most)}${suffix}`;
	return [
		...(least === undefined ? [] : [`≥ ${shown(least)}${suffix}`]),
		...(most === undefined ? [] : [`≤ ${shown(most)}${suffix}`]),
	].join(', ');
};

/** Prints a line for each goal: the value, the goal, `ok` or `OVER`. */
export function printVerdict(goals: readonly Goal[]): void {
	const width = Math.max(...goals.map(({what}) => what.length));
	const [load = NaN] = loadavg();
	console.log(`\n  Verdict (load ${load.toFixed(1)})`);
	for (const goal of goals) {
		const {what, value, unit} = goal;
		const is = `${shown(value)}${unit ? ` ${unit}` : ''}`;
		const verdict = isKept(goal) ? 'ok' : 'OVER';
		console.log(
			`  ${verdict.padEnd(4)}  ${what.padEnd(width)}  ${is}  (goal: ${goalText(goal)})`,
		);
		if (!isKept(goal)) process.exitCode = 1;
	}
}
