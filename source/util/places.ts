/** A fixed number of places, taken in the order of asking. Decides only who waits. */
export interface Places {
	/** Resolves when there is a place; what it gives frees the place again, once. */
	take(): Promise<() => void>;
}

export function createPlaces(count: number): Places {
	const waiting: Array<() => void> = [];
	let free = count;
	const leave = () => {
		const next = waiting.shift();
		if (next) next();
		else free++;
	};

	return {
		async take() {
			if (free > 0) free--;
			else await new Promise<void>(resolve => waiting.push(resolve));
			let isTaken = true;
			return () => {
				if (isTaken) leave();
				isTaken = false;
			};
		},
	};
}
