/** What all benchmarks share: runs, medians, percentiles, CPU and memory of a process, and one table. */
import {spawn} from 'node:child_process';
import {readFileSync, readdirSync} from 'node:fs';
import {availableParallelism} from 'node:os';

export function percentile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const index = Math.ceil(part * sorted.length) - 1;
	return sorted[Math.min(sorted.length - 1, Math.max(0, index))] ?? Number.NaN;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
	const high = sorted[Math.floor(middle)] ?? Number.NaN;
	return (low + high) / 2;
}

/** `--NAME VALUE` of this program. */
export function textFlag(name: string): string | undefined {
	const at = process.argv.indexOf(`--${name}`);
	return at === -1 ? undefined : process.argv[at + 1];
}

/** `--NAME VALUE` of this program as a number. */
export function numberFlag(name: string, otherwise: number): number {
	const value = textFlag(name);
	return value === undefined ? otherwise : Number(value);
}

/** `--NAME a,b` of this program, checked against what there is; all of it where the flag is missing. */
export function chosen<Name extends string>(
	flag: string,
	names: readonly Name[],
): readonly Name[] {
	const wanted = textFlag(flag)?.split(',');
	if (!wanted) return names;
	const unknown = wanted.filter(
		name => !(names as readonly string[]).includes(name),
	);
	if (unknown.length > 0) {
		throw new Error(
			`--${flag} takes ${names.join(', ')}; not ${unknown.join(', ')}`,
		);
	}

	return names.filter(name => wanted.includes(name));
}

/** Ms from starting the program to its end. Rejects when it fails. */
export async function timeToExit(
	command: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
	const startedAt = performance.now();
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			env,
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		child.on('error', reject);
		child.on('exit', code => {
			const elapsedMs = performance.now() - startedAt;
			if (code === 0) resolve(elapsedMs);
			else reject(new Error(`${command} ended with ${code}`));
		});
	});
}

/** CPU seconds that a process (or one of its threads) has used, where /proc tells. */
export function cpuSeconds(pid: number, thread?: number): number | undefined {
	const path =
		thread === undefined
			? `/proc/${pid}/stat`
			: `/proc/${pid}/task/${thread}/stat`;
	try {
		// The second field is a name in brackets that may hold anything.
		const fields = readFileSync(path, 'utf8').split(') ').at(-1)?.split(' ');
		// 100 ticks a second on every common Linux.
		return (Number(fields?.[11]) + Number(fields?.[12])) / 100;
	} catch {
		return undefined;
	}
}

/** Ids of a process's threads, where /proc tells. */
export function threadsOf(pid: number): number[] {
	try {
		return readdirSync(`/proc/${pid}/task`).map(Number);
	} catch {
		return [];
	}
}

/** Resident memory of a process in bytes, where /proc tells. */
export function residentBytes(pid: number): number | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const kib = /VmRSS:\s+(\d+)/.exec(status)?.[1];
		return kib === undefined ? undefined : Number(kib) * 1024;
	} catch {
		return undefined;
	}
}

/** What of that is its own alone: without the pages of program files, which others share. */
export function ownBytes(pid: number): number | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const kib = /RssAnon:\s+(\d+)/.exec(status)?.[1];
		return kib === undefined ? undefined : Number(kib) * 1024;
	} catch {
		return undefined;
	}
}

/** The most memory that a process has held so far in bytes, where /proc tells. */
function peakResidentBytes(pid: number): number | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const kib = /VmHWM:\s+(\d+)/.exec(status)?.[1];
		return kib === undefined ? undefined : Number(kib) * 1024;
	} catch {
		return undefined;
	}
}

/** Follows a process's highest use of memory; what it was outlives the process. NaN where nothing tells. */
export function watchPeak(pid: number): {stop(): number} {
	let peak = Number.NaN;
	const look = () => {
		peak = peakResidentBytes(pid) ?? peak;
	};

	look();
	const timer = setInterval(look, 50);
	return {
		stop() {
			clearInterval(timer);
			look();
			return peak;
		},
	};
}

export interface Result {
	readonly what: string;
	readonly values: readonly number[];
	readonly unit: string;
	/** Against the first row with the same name in `what`; printed as `1.23 ×`. */
	readonly against?: string;
	/** What the project promises, as text. */
	readonly goal?: string;
}

const digits = (value: number) =>
	Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);

/** Prints a row for each result: median, least and most of its runs, and the ratio of medians. */
export function printTable(title: string, results: readonly Result[]): void {
	const rows = results.map(({what, values, unit, against, goal}) => {
		const base = results.find(result => result.what === against);
		return [
			what,
			`${digits(median(values))} ${unit}`,
			values.length > 1
				? `${digits(Math.min(...values))} … ${digits(Math.max(...values))}`
				: '',
			base
				? `${(median(values) / median(base.values)).toFixed(2)} × ${against}`
				: '',
			goal ? `goal: ${goal}` : '',
		];
	});
	const widths = [0, 1, 2, 3, 4].map(column =>
		Math.max(...rows.map(row => row[column]?.length ?? 0)),
	);
	console.log(
		`\n${title} (Node ${process.versions.node}, ${availableParallelism()} processors)`,
	);
	for (const row of rows) {
		const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
		console.log(`  ${cells.join('  ').trimEnd()}`);
	}
}
