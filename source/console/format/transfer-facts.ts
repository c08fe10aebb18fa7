/**
 * What is counted over all entries of a transfer, which may be twenty thousand:
 * once for each list of entries, however often it is drawn.
 */
import type {Transfer} from '../../engine/index.js';
import {
	currentLanguage,
	entriesTitle,
	type Language,
} from '../../strings/index.js';

type Entries = Transfer['entries'];

export interface TransferFacts {
	/** `report.iso`, `report.iso and 3 more`, or `photos/ (123 files)`. */
	readonly title: string;
	/** Something of unknown size is in it: how much is still to come cannot be said. */
	readonly hasStream: boolean;
	/** Saved entries of which the same file was there before. */
	readonly existed: number;
	readonly notWanted: number;
}

const known = new WeakMap<
	Entries,
	{readonly language: Language; readonly facts: TransferFacts}
>();

function countUp(entries: Entries): TransferFacts {
	let hasStream = false;
	let existed = 0;
	let notWanted = 0;
	for (const {kind, refused, phase} of entries) {
		if (kind === 'stream' && !refused && phase.kind !== 'skipped') {
			hasStream = true;
		}

		if (phase.kind === 'saved' && phase.existed) existed++;
		if (phase.kind === 'skipped') notWanted++;
	}

	return {title: entriesTitle(entries), hasStream, existed, notWanted};
}

export function transferFacts({entries}: Transfer): TransferFacts {
	const before = known.get(entries);
	const language = currentLanguage();
	if (before?.language === language) return before.facts;
	const facts = countUp(entries);
	known.set(entries, {language, facts});
	return facts;
}

export const transferTitle = (transfer: Transfer): string =>
	transferFacts(transfer).title;
