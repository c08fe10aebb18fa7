/**
 * Addresses that break the protocol again and again. Decides only when it is enough:
 * so many times within so long. The machine itself is never taken for one of them,
 * since everybody on it has the same address.
 */
import {limits} from '../../limits.js';
import {isLoopback} from '../../util/address.js';
import type {Clock} from '../ports.js';

export function createStrikes(
	clock: Clock,
	enough: (host: string) => void,
): (host: string) => void {
	const times = new Map<string, number[]>();
	return host => {
		if (isLoopback(host)) return;
		const now = clock.now();
		const recent = (times.get(host) ?? []).filter(
			at => now - at < limits.violationsMs,
		);
		// The least recent address stands first.
		times.delete(host);
		if (recent.length + 1 >= limits.violationsPerSource) {
			enough(host);
			return;
		}

		times.set(host, [...recent, now]);
		if (times.size <= limits.bannedAddresses) return;
		for (const oldest of times.keys()) {
			times.delete(oldest);
			break;
		}
	};
}
