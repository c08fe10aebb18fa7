import {grantedBytes, type Pin} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatSize} from '../../util/quantities.js';

/** What of a pin is taken by itself, in words. */
export function autoAcceptText({autoAccept, granted}: Pin): string {
	const words = strings.input.trust.autoAccept;
	if (!autoAccept) return words.off;
	const {bytes, entries, dayBytes} = autoAccept;
	const taken = grantedBytes(granted, Date.now());
	return words.on(
		formatSize(bytes),
		entries,
		formatSize(dayBytes),
		formatSize(taken),
	);
}
