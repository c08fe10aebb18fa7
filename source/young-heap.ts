/**
 * Keeps what is newest on V8's heaps bounded. Left alone, V8 lets it grow to 67 or 134 MB while
 * ten thousand come, and a console that is quiet again holds that for long: measured with
 * `npm run benchmark:idle-clients`, 15 KiB for each of them, and 5.5 to 10 with this bound.
 * The engine's thread has a limit of its own; the main thread's can be set while it runs only
 * by how it grows.
 */
import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';

/**
 * Both halves of it, as V8 begins with them. A frame costs the same with 16 MiB (9 ms in a flood,
 * `npm run benchmark:console`), but those are never given back while somebody scrolls.
 */
const enoughBytes = 2 * 1024 * 1024;

/** To be called now and then on the main thread, on each frame say; what it allows holds for all threads. */
export function createYoungHeapBound(): () => void {
	let factor = 2;
	return () => {
		const space = getHeapSpaceStatistics().find(
			each => each.space_name === 'new_space',
		);
		const isLarge = (space?.space_size ?? 0) >= enoughBytes;
		const next = isLarge ? 1 : 2;
		if (next === factor) return;
		factor = next;
		setFlagsFromString(`--semi-space-growth-factor=${factor}`);
	};
}
