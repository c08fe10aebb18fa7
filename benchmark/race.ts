/** Programs that do the same thing in turns in one run, ours first, and how many times as fast ours is. */
import {median, printTable} from './measure.js';

export interface Contestant {
	readonly what: string;
	/** Does it once and gives the ms that it took. */
	run(): Promise<number>;
	/** How many times as fast as this one ours is to be, as text. */
	readonly goal?: string;
}

export interface Raced {
	readonly what: string;
	readonly goal?: string;
	/** Ms, one for each run. */
	readonly values: readonly number[];
}

/** Lets each do it `runs` times, taking turns. One that fails is left out from there on, and said. */
export async function race(
	runs: number,
	contestants: readonly Contestant[],
): Promise<Raced[]> {
	const lanes = contestants.map(contestant => ({
		contestant,
		values: [] as number[],
		isOut: false,
	}));
	for (let run = 0; run < runs; run++) {
		for (const lane of lanes) {
			if (lane.isOut) continue;
			try {
				lane.values.push(await lane.contestant.run());
			} catch (error) {
				if (lane === lanes[0]) throw error;
				lane.isOut = true;
				const {what} = lane.contestant;
				console.log(`${what} is left out: ${String(error)}`);
			}
		}
	}

	return lanes
		.filter(({values}) => values.length > 0)
		.map(({contestant: {what, goal}, values}) => ({
			what,
			values,
			...(goal ? {goal} : {}),
		}));
}

/** A row for each, in MB/s where it is known how much was moved, and the ratios of medians. */
export function printRace(
	title: string,
	raced: readonly Raced[],
	movedBytes?: number,
): void {
	const rates = (values: readonly number[]) =>
		values.map(ms =>
			movedBytes === undefined ? ms / 1000 : movedBytes / 1e6 / (ms / 1000),
		);
	printTable(
		title,
		raced.map(({what, values}) => ({
			what,
			values: rates(values),
			unit: movedBytes === undefined ? 's' : 'MB/s',
		})),
	);
	const [ours, ...others] = raced;
	if (!ours) return;
	for (const {what, values, goal} of others) {
		const ratio = median(values) / median(ours.values);
		const wanted = goal ? `  goal: ${goal}` : '';
		console.log(`  ${ours.what}: ${ratio.toFixed(2)} × ${what}${wanted}`);
	}
}
