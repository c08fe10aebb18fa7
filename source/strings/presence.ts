/** What is here already of an entry that is offered, in the words of the place that says it. */
import type {EntryOffer} from '../engine/index.js';
import {formatPercent} from '../util/quantities.js';

export interface PresenceWords {
	/** Of bytes from a broken transfer: how much. */
	readonly partial: (percent: string) => string;
	readonly similar: string;
	readonly taken: string;
}

/** Undefined where nothing is here. */
export function presenceText(
	{presence, sizeBytes}: EntryOffer,
	words: PresenceWords,
): string | undefined {
	if (!presence) return undefined;
	return presence.kind === 'partial'
		? words.partial(formatPercent(presence.heldBytes, sizeBytes))
		: words[presence.kind];
}
