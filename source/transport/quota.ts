/**
 * Counts what is open, in all and for each source address, and refuses what
 * would be too much. Knows nothing of sockets. Invariant: a place is given back
 * once, however often its release is called.
 */
export interface Quota {
	/** Takes a place and returns its release, or undefined where there is none. */
	tryEnter(source: string): (() => void) | undefined;
}

export function createQuota(options: {
	readonly total: number;
	readonly perSource: number;
	/** Sources that only the total limits. */
	readonly isExempt?: (source: string) => boolean;
}): Quota {
	const {total, perSource, isExempt = () => false} = options;
	const held = new Map<string, number>();
	let open = 0;
	return {
		tryEnter(source) {
			const ofSource = held.get(source) ?? 0;
			if (open >= total || (ofSource >= perSource && !isExempt(source))) {
				return undefined;
			}

			held.set(source, ofSource + 1);
			open++;
			let released = false;
			return () => {
				if (released) return;
				released = true;
				open--;
				const left = (held.get(source) ?? 1) - 1;
				if (left > 0) held.set(source, left);
				else held.delete(source);
			};
		},
	};
}
