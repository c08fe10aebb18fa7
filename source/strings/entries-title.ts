/** What an offer is called in a few words: `report.iso and 3 more`, `photos/ (123 files)`. */
import type {EntryOffer} from '../engine/index.js';
import {strings} from './strings.js';

/** Of an array, or of the list that the state holds. */
export function entriesTitle(
	entries: Iterable<EntryOffer> & {readonly length: number},
): string {
	const [first] = entries;
	if (!first) return '';
	const words = strings.transfer;
	const slash = first.name.indexOf('/');
	const isInFolder = slash > 0 && !first.refused;
	if (!isInFolder && first.kind !== 'folder') {
		const more = entries.length - 1;
		return more > 0 ? words.andMore(first.name, more) : first.name;
	}

	const folder = `${isInFolder ? first.name.slice(0, slash) : first.name}/`;
	let files = 0;
	let others = 0;
	for (const entry of entries) {
		if (!entry.name.startsWith(folder)) others += entry === first ? 0 : 1;
		else if (entry.kind !== 'folder') files++;
	}

	const title = words.folder(folder, files);
	return others > 0 ? words.andMore(title, others) : title;
}
