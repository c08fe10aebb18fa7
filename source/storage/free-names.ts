/**
 * Which names of one folder are free. Decides by what names must not share
 * (`nameKey`) and remembers what it gave away, so that nobody has to list the
 * folder again. Invariant: no name is given twice before it is given back.
 */
import type {SafeName} from '../engine/ports.js';
import {limits} from '../limits.js';
import {nameKey, numberedName} from './receive-name.js';

export interface FreeNames {
	/** The name, or the first free one with a number; undefined when there is none. */
	take(name: SafeName): SafeName | undefined;
	giveBack(name: SafeName): void;
	/** It is there, or was given away. */
	isTaken(name: SafeName): boolean;
}

/** `taken`: names that are there already. */
export function createFreeNames(taken: Iterable<string> = []): FreeNames {
	const keys = new Set<string>();
	for (const name of taken) keys.add(nameKey(name));
	// Where to go on counting: thousands of equal names must not cost their square.
	const nextNumbers = new Map<string, number>();
	return {
		take(name) {
			const counted = nameKey(name);
			let number = nextNumbers.get(counted) ?? 0;
			for (; number < limits.freeNames; number++) {
				const candidate = numberedName(name, number);
				const key = nameKey(candidate);
				if (keys.has(key)) continue;
				keys.add(key);
				nextNumbers.set(counted, number + 1);
				return candidate;
			}

			nextNumbers.set(counted, number);
			return undefined;
		},
		giveBack(name) {
			keys.delete(nameKey(name));
			nextNumbers.clear();
		},
		isTaken: name => keys.has(nameKey(name)),
	};
}
