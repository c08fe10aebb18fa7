/** One offer of ours, what the other side has answered, and how it is told. Pure: nothing is sent here. */
import {SocktermError} from '../../errors.js';
import type {ControlMessage, OfferEntry} from '../../protocol/messages.js';
import type {Backoff} from '../backoff.js';
import type {EntryOffer} from '../events.js';
import type {Sources} from './gather-sources.js';
import type {LaneSender} from './lane-sender.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {SourceEntry} from '../ports.js';
import {toSafeText} from '../sanitize.js';
import type {TransferRecord} from './transfer-record.js';

export type Accept = Extract<ControlMessage, {name: 'accept'}>;

export interface Outgoing {
	readonly record: TransferRecord;
	readonly entry: PeerEntry;
	readonly sources: Sources;
	readonly backoff: Backoff;
	/** The offer is made, the answer has not come, or not all of it. */
	isAsking: boolean;
	/** As much of the answer as has come. */
	skipped: Set<number>;
	held: Set<number>;
	same: Set<number>;
	/** Those that were compared with what the receiver has, and are other files. */
	readonly differing: Set<number>;
	sender: LaneSender | undefined;
	/** It had a turn before: others do not overtake it. */
	hadTurn: boolean;
	cancelRetry: () => void;
}

/** One that is about to be offered for the first time. */
export const createOutgoing = (
	record: TransferRecord,
	entry: PeerEntry,
	sources: Sources,
	backoff: Backoff,
): Outgoing => ({
	record,
	entry,
	sources,
	backoff,
	isAsking: true,
	skipped: new Set(),
	held: new Set(),
	same: new Set(),
	differing: new Set(),
	sender: undefined,
	hadTurn: false,
	cancelRetry: () => undefined,
});

/** The entries as they are offered for the first time. */
export const toOfferEntries = (files: readonly SourceEntry[]): OfferEntry[] =>
	files.map(({kind, path, sizeBytes, mtimeMs}) => ({
		path: [...path],
		size: sizeBytes,
		mtimeMs,
		...(kind === 'file' ? {} : {kind}),
	}));

/** The same; of an offer that is made again, what is settled is marked. */
export function wireEntries({record, sources}: Outgoing): OfferEntry[] {
	const pending = record.pending();
	return toOfferEntries(sources.files).map((entry, index) => ({
		...entry,
		...(record.isAccepted() && !pending.has(index)
			? {done: true as const}
			: {}),
	}));
}

/** The entries as people see them. */
export function shownEntries(files: readonly SourceEntry[]): EntryOffer[] {
	return files.map(({kind, path, sizeBytes}) => ({
		name: toSafeText(path.join('/'), {joiners: false}),
		...(kind === 'file' ? {} : {kind}),
		sizeBytes,
	}));
}

/** Notes a page of the answer; true with the last one. Throws protocolViolation. */
export function noteAnswer(
	outgoing: Outgoing,
	{skip, held = [], same = [], more}: Accept,
): boolean {
	const {sources, skipped, held: announced} = outgoing;
	if (!outgoing.isAsking) throw violation('second accept');
	// In one of the lists, and once.
	const note = (list: Set<number>, index: number, what: string) => {
		const lists = [skipped, announced, outgoing.same];
		const isNew = lists.every(each => !each.has(index));
		const kind = sources.files[index]?.kind;
		const isFit = list === skipped ? kind !== undefined : kind === 'file';
		if (!isNew || !isFit) throw violation(what);
		list.add(index);
	};

	for (const index of skip) note(skipped, index, 'skip');
	for (const index of held) note(announced, index, 'held');
	for (const index of same) note(outgoing.same, index, 'same');
	return !more;
}

/** A pipe cannot be read twice. */
export const isRepeatable = ({sources, sender}: Outgoing): boolean =>
	sender === undefined || sources.files.every(({kind}) => kind !== 'stream');

const violation = (what: string) =>
	new SocktermError('protocolViolation', {what});
