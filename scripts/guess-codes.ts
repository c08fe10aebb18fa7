/**
 * npm run guess [-- --runs 100000 --seed 1 --workers 2]
 *
 * Somebody guesses at codes of one digit, three different ones at each, with the
 * real exchange on both sides. The share of those who get through must be 3 in 10
 * within what chance allows: the interval that holds it in 99.9 % of all runs.
 */
import {
	isMainThread,
	parentPort,
	Worker,
	workerData,
} from 'node:worker_threads';
import {parseArgs} from 'node:util';
import {startCpace} from '../source/protocol/cpace.js';
import {createRandom} from '../source/util/random.js';
import {createSides, deliver} from '../test/protocol/pairing-sides.js';

interface Job {
	readonly seed: number;
	readonly from: number;
	readonly to: number;
}

const expected = 0.3;
/** Standard deviations that hold 99.9 %. */
const deviations = 3.2905;

/** Whether the first three of ten digits in some order have the right one. */
function isGuessed(seed: number, run: number): boolean {
	const random = createRandom(Math.imul(seed, 0x9e_37_79_b1) ^ run);
	const digits = Array.from({length: 10}, (_, digit) => String(digit));
	for (let at = 9; at > 0; at--) {
		const other = Math.floor(random() * (at + 1));
		[digits[at], digits[other]] = [digits[other]!, digits[at]!];
	}

	const {alice, bob} = createSides({startCpace});
	bob.step({kind: 'show', code: String(Math.floor(random() * 10))});
	deliver(alice, bob);
	// A fourth and a fifth are refused.
	for (const code of digits.slice(0, 5)) {
		alice.step({kind: 'enter', code});
		deliver(alice, bob);
		if (bob.isPaired()) return true;
	}

	return false;
}

/** The interval of Wilson (1927) for a share. */
function interval(right: number, runs: number): [number, number] {
	const share = right / runs;
	const square = deviations ** 2;
	const middle = (share + square / (2 * runs)) / (1 + square / runs);
	const half =
		(deviations / (1 + square / runs)) *
		Math.sqrt((share * (1 - share)) / runs + square / (4 * runs ** 2));
	return [middle - half, middle + half];
}

function work({seed, from, to}: Job): void {
	const step = 100;
	for (let start = from; start < to; start += step) {
		let right = 0;
		const end = Math.min(to, start + step);
		for (let run = start; run < end; run++) {
			if (isGuessed(seed, run)) right++;
		}

		parentPort!.postMessage({runs: end - start, right});
	}
}

async function lead(): Promise<void> {
	const {values} = parseArgs({
		options: {
			runs: {type: 'string', default: '100000'},
			seed: {type: 'string', default: '1'},
			workers: {type: 'string', default: '2'},
		},
	});
	const all = Number(values.runs);
	const count = Number(values.workers);
	const seed = Number(values.seed);
	let runs = 0;
	let right = 0;
	let toldAt = performance.now();
	const tell = () => {
		const [least, most] = interval(right, runs);
		console.log(
			`${right} of ${runs}: ${((100 * right) / runs).toFixed(2)} %, between ${(100 * least).toFixed(2)} and ${(100 * most).toFixed(2)} % (seed ${seed})`,
		);
		return least <= expected && expected <= most;
	};

	await Promise.all(
		Array.from({length: count}, async (_, index) => {
			const from = Math.floor((all * index) / count);
			const to = Math.floor((all * (index + 1)) / count);
			const job: Job = {seed, from, to};
			const worker = new Worker(new URL(import.meta.url), {workerData: job});
			worker.on('message', (done: {runs: number; right: number}) => {
				runs += done.runs;
				right += done.right;
				if (performance.now() - toldAt < 60_000) return;
				toldAt = performance.now();
				tell();
			});
			await new Promise((resolve, reject) => {
				worker.once('exit', resolve);
				worker.once('error', reject);
			});
		}),
	);
	if (tell()) return;
	console.error('That is not 3 in 10.');
	process.exitCode = 1;
}

if (isMainThread) await lead();
else work(workerData as Job);
