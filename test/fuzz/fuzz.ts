/**
 * Runs streams through every reader of what strangers send. For each: it throws
 * nothing but what it may, what it gives is the same in any split, and whatever
 * the target itself promises. A failure is made as small as it gets.
 */
import {isDeepStrictEqual} from 'node:util';
import {toHex} from '../../source/util/bytes.js';
import {makeSplit, makeStream} from './make-stream.js';
import {chanceOf, type FuzzTarget} from './target.js';

export interface FuzzOptions {
	readonly seed: number;
	/** The number of the first stream. */
	readonly from?: number;
	readonly streams: number;
	readonly targets: readonly FuzzTarget[];
	/** Called now and then with how many are done. */
	readonly progress?: (done: number) => void;
}

export interface FuzzSummary {
	readonly streams: ReadonlyMap<string, number>;
	readonly bytes: number;
	/** The one that took longest, in ms. */
	readonly slowest: {
		readonly ms: number;
		readonly stream: number;
		readonly target: string;
	};
	/** The most that was on the heap between two streams, in bytes. */
	readonly heapBytes: number;
}

/** A stream that a reader does not stand. */
export class FuzzFailure extends Error {
	override readonly name = 'FuzzFailure';
}

const progressEvery = 5_000;
/** Reads that making a failure small may cost. */
const mostTries = 2_000;
/** No reader keeps anything of streams that are over. */
const mostHeapBytes = 1024 ** 3;

type Pieces = readonly Uint8Array[];

/** What is wrong, in a sentence; undefined: nothing. */
async function problemOf(
	target: FuzzTarget,
	pieces: Pieces,
): Promise<string | undefined> {
	try {
		const whole = await target.read([new Uint8Array(Buffer.concat(pieces))]);
		const split = await target.read(pieces);
		if (isDeepStrictEqual(whole, split)) return undefined;
		return `another result in another split: ${show(whole)} and ${show(split)}`;
	} catch (error) {
		return error instanceof Error
			? (error.stack ?? error.message)
			: show(error);
	}
}

const show = (value: unknown) =>
	JSON.stringify(value, (_, each: unknown) =>
		typeof each === 'bigint'
			? String(each)
			: each instanceof Uint8Array
				? toHex(each)
				: each,
	)?.slice(0, 1_000) ?? String(value);

/** Leaves out pieces and bytes as long as something is still wrong. */
async function shrink(target: FuzzTarget, failing: Pieces): Promise<Pieces> {
	let best = failing;
	let tries = 0;
	const isWrong = async (pieces: Pieces) =>
		++tries < mostTries && (await problemOf(target, pieces)) !== undefined;
	const whole = [new Uint8Array(Buffer.concat(best))];
	if (await isWrong(whole)) best = whole;
	// When the tries are used up nothing is wrong any more.
	for (let isSmaller = true; isSmaller;) {
		isSmaller = false;
		for (let piece = best.length - 1; piece >= 0; piece--) {
			const {length} = best[piece]!;
			for (let step = length; step >= 1; step = Math.floor(step / 2)) {
				for (let at = 0; at + step <= best[piece]!.length;) {
					const bytes = best[piece]!;
					const less = Buffer.concat([
						bytes.subarray(0, at),
						bytes.subarray(at + step),
					]);
					const next = best
						.with(piece, new Uint8Array(less))
						.filter(each => each.length > 0);
					if (next.length === best.length && (await isWrong(next))) {
						best = next;
						isSmaller = true;
					} else {
						at += step;
					}
				}
			}
		}
	}

	return best;
}

/** Throws FuzzFailure with the smallest stream and how to run it again. */
export async function fuzz(options: FuzzOptions): Promise<FuzzSummary> {
	const {seed, from = 0, streams, targets, progress} = options;
	const turns = targets.flatMap(target =>
		Array.from({length: target.weight}, () => target),
	);
	const counts = new Map<string, number>();
	let bytes = 0;
	let heapBytes = 0;
	let slowest = {ms: 0, stream: 0, target: ''};
	for (let stream = from; stream < from + streams; stream++) {
		const chance = chanceOf(seed, stream);
		const target = chance.pick(turns);
		const input = makeStream(stream, chance, target);
		const pieces = makeSplit(input, chance);
		const startedAt = performance.now();
		const problem = await problemOf(target, pieces);
		const ms = performance.now() - startedAt;
		if (ms > slowest.ms) slowest = {ms, stream, target: target.name};
		if (problem !== undefined) {
			const least = await shrink(target, pieces);
			throw new FuzzFailure(
				[
					`${target.name} does not stand stream ${stream} of seed ${seed}.`,
					`Again: npm run fuzz -- --seed ${seed} --from ${stream} --streams 1`,
					`Smallest, in its reads (hex): ${least.map(each => toHex(each)).join(' | ')}`,
					`As text: ${JSON.stringify(Buffer.concat(least).toString())}`,
					(await problemOf(target, least)) ?? problem,
				].join('\n'),
			);
		}

		counts.set(target.name, (counts.get(target.name) ?? 0) + 1);
		bytes += input.length;
		if ((stream - from) % progressEvery !== progressEvery - 1) continue;
		heapBytes = Math.max(heapBytes, process.memoryUsage().heapUsed);
		if (heapBytes > mostHeapBytes) {
			throw new FuzzFailure(
				`After stream ${stream} of seed ${seed} the heap holds ${heapBytes} bytes.`,
			);
		}

		progress?.(stream - from + 1);
	}

	return {streams: counts, bytes, slowest, heapBytes};
}
