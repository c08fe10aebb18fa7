/**
 * One offer of somebody else, and what has been decided about it: how its
 * entries would be written, which are wanted, what is here of them. Pure but for
 * the look at the receive folder.
 */
import {errorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {OfferEntry} from '../../protocol/messages.js';
import type {EntryOffer} from '../events.js';
import type {SavedEntry} from './lane-receiver.js';
import type {
	NamePlan,
	PlannedEntry,
	Presence,
	ReceiveFolder,
	SuggestedEntry,
} from '../ports.js';
import {toSafeText} from '../sanitize.js';
import {weightOf} from './offer-collector.js';
import type {TransferRecord} from './transfer-record.js';

export type Presences = ReadonlyArray<Presence | undefined>;

export interface IncomingOffer {
	readonly record: TransferRecord;
	readonly suggested: readonly OfferEntry[];
	/** In bytes, while nobody has answered. */
	readonly weight: number;
	folder: ReceiveFolder;
	/** As the folder plans them. */
	names: readonly NamePlan[];
	/** Undefined where the name is refused. */
	plans: ReadonlyArray<PlannedEntry | undefined>;
	/** Those that are still to come, as far as we know. */
	wanted: Set<number>;
	/** Those of which part is here, and those that may be here whole, as the answer says. */
	held: number[];
	same: Set<number>;
	/** Those that were compared with what is here, and are other files. */
	readonly differing: Set<number>;
	/** Those that have their names, as it was said of them: never written again. */
	readonly saved: Map<number, SavedEntry>;
	/** The look at the receive folder that is under way: one at a time, however often it is asked for. */
	look: Promise<Presences>;
	/** Counts the times that the answer was asked for: only the last one is given. */
	question: number;
	/** The answer was given: a lane may come. */
	isAnswered: boolean;
}

/** One that has just come, planned for a folder. `saved`: what was saved of it before. */
export function createOffer(
	record: TransferRecord,
	suggested: readonly OfferEntry[],
	folder: ReceiveFolder,
	saved: IncomingOffer['saved'] = new Map(),
): IncomingOffer {
	const offer: IncomingOffer = {
		record,
		suggested,
		weight: weightOf(suggested),
		folder,
		names: [],
		plans: [],
		wanted: new Set(suggested.keys()),
		held: [],
		same: new Set(),
		differing: new Set(),
		saved,
		look: Promise.resolve([]),
		question: 0,
		isAnswered: false,
	};
	planOffer(offer, folder);
	return offer;
}

const toSuggested = ({kind, path}: OfferEntry): SuggestedEntry => ({
	kind: kind ?? 'file',
	path,
});

/** Plans the names for a folder, and takes out what would be refused. */
export function planOffer(offer: IncomingOffer, folder: ReceiveFolder): void {
	const {suggested} = offer;
	const plans = folder.planNames(suggested.map(toSuggested));
	offer.folder = folder;
	offer.names = plans;
	offer.plans = suggested.map((entry, index) => {
		const plan = plans[index]!;
		if (!plan.ok) return undefined;
		const {kind, path} = toSuggested(entry);
		const {size: sizeBytes, mtimeMs} = entry;
		return {kind, suggested: path, path: plan.path, sizeBytes, mtimeMs};
	});
}

/** What is here of each entry that is wanted. Throws receiveFolderUnwritable. */
export async function lookAt(offer: IncomingOffer): Promise<Presences> {
	return offer.folder.survey(offer.record.peerId, unsavedPlans(offer));
}

/** The entries that may have to be written. */
export function unsavedPlans({
	plans,
	wanted,
	saved,
}: IncomingOffer): Array<PlannedEntry | undefined> {
	return plans.map((plan, index) =>
		wanted.has(index) && !saved.has(index) ? plan : undefined,
	);
}

/** Notes what somebody wants; gives what he does not, of that which could be had. */
export function approve(
	offer: IncomingOffer,
	unwanted: readonly number[],
): number[] {
	const not = new Set(unwanted);
	const skip: number[] = [];
	offer.wanted = new Set();
	for (const [index, plan] of offer.plans.entries()) {
		if (!plan || offer.suggested[index]!.done) continue;
		if (not.has(index)) skip.push(index);
		else offer.wanted.add(index);
	}

	return skip;
}

/** Whether an offer that is made again is the one that was approved. */
export function isSameOffer(
	{suggested}: IncomingOffer,
	entries: readonly OfferEntry[],
): boolean {
	return (
		suggested.length === entries.length &&
		suggested.every((entry, index) => {
			const other = entries[index]!;
			return (
				entry.size === other.size &&
				entry.mtimeMs === other.mtimeMs &&
				entry.kind === other.kind &&
				entry.path.length === other.path.length &&
				entry.path.every((part, at) => part === other.path[at])
			);
		})
	);
}

/** The entries as people see them before they answer. */
export function shownEntries(
	offer: IncomingOffer,
	presences: Presences,
): EntryOffer[] {
	const {suggested, plans, names} = offer;
	return suggested.map(({kind, path, size, done}, index) => {
		const plan = names[index]!;
		const presence = presences[index];
		const shown = plans[index]?.path ?? path;
		const entry = {
			name: toSafeText(shown.join('/'), {
				joiners: false,
				maxCharacters: limits.pathBytes,
			}),
			...(kind ? {kind} : {}),
			sizeBytes: size,
			...(presence ? {presence} : {}),
		};
		if (!plan.ok) return {...entry, refused: plan.error};
		if (done) return {...entry, refused: errorInfo('arrivedBefore')};
		return {...entry, flagged: plan.flagged};
	});
}

/** Whether something of it comes from a pipe, which cannot be read twice. */
export const hasStream = ({suggested, record}: IncomingOffer): boolean =>
	suggested.some(
		({kind}, index) => kind === 'stream' && record.pending().has(index),
	);
