/**
 * Gives back what a heap needed for a moment. V8 collects garbage where more is made: a thread
 * that is quiet after a crowd has left keeps all of theirs, 200 MB after ten thousand. Decides
 * when that is collected without being asked for: when the thread has had little to do for a
 * while, and much more is there than after the last time, or there was none. Invariants: a
 * thread under load is never stopped for it; what is in use is not looked through again before
 * as much was made again.
 */
import {getHeapStatistics} from 'node:v8';

const lookMs = 5_000;
/** A thread that is busy for less of that time has some tens of milliseconds to spare. */
const quietPart = 0.05;
/** So many peers that left leave something worth it, also where the heap was collected while they were there. */
const crowd = 1_000;
/** Less is not worth the time: some tens of milliseconds, and more where more is in use. */
const worthBytes = 4 * 1024 * 1024;
const worthPart = 0.25;

/** With what is free on its pages: that is what the system sees. */
const heldBytes = () => getHeapStatistics().total_heap_size;

/** The inspector's way, which needs no flag; nothing listens for anybody. */
async function collectGarbage(): Promise<void> {
	const {Session} = process.getBuiltinModule('node:inspector/promises');
	const session = new Session();
	session.connect();
	await session.post('HeapProfiler.collectGarbage');
	session.disconnect();
}

/** Which part of the time since the last call this thread was busy. */
function createUtilization(): () => number {
	let before = performance.eventLoopUtilization();
	return () => {
		const now = performance.eventLoopUtilization();
		const {utilization} = performance.eventLoopUtilization(now, before);
		before = now;
		return utilization;
	};
}

/** Watches the heap of the thread that calls it; `peers` says how many there are in its state. */
export function collectWhenQuiet(
	peers: () => number,
	collect = collectGarbage,
	utilization = createUtilization(),
): void {
	let most = peers();
	/** What was held after the last time. Starting leaves garbage, too: the first is always worth it. */
	let least: number | undefined;
	const look = async () => {
		const isQuiet = utilization() < quietPart;
		const held = heldBytes();
		least &&= Math.min(least, held);
		most = Math.max(most, peers());
		const isWorthIt =
			least === undefined ||
			held - least > Math.max(worthBytes, least * worthPart) ||
			most - peers() >= crowd;
		if (!isQuiet || !isWorthIt) return;
		most = peers();
		// Not again before as much was made again, whatever comes of it.
		least = held;
		await collect();
		least = heldBytes();
	};

	setInterval(() => {
		look().catch(() => undefined);
	}, lookMs).unref();
}
