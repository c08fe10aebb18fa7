/**
 * How the entries of one offer would be written: each component by the rules of
 * `receive-name.ts`, refused where any is. Folders that were suggested as
 * different ones stay different, even where their safe names are equal; files
 * get their free names when they are there. Pure: the disk is not looked at.
 */
import type {NamePlan, SafeName, SuggestedEntry} from '../engine/ports.js';
import {limits} from '../limits.js';
import {utf8Bytes} from '../util/bytes.js';
import {createFreeNames, type FreeNames} from './free-names.js';
import {
	isFlaggedAnywhere,
	planName,
	refusal,
	type ComponentPlan,
} from './receive-name.js';

interface PlannedFolder {
	readonly path: readonly SafeName[];
	readonly flagged: boolean;
	readonly names: FreeNames;
	/** Those in it, by the suggested component. */
	readonly folders: Map<string, PlannedFolder | Refused>;
}

type Refused = Extract<NamePlan, {ok: false}>;

const folderAt = (path: readonly SafeName[], flagged: boolean) => ({
	path,
	flagged,
	names: createFreeNames(),
	folders: new Map<string, PlannedFolder | Refused>(),
});

/** A flag on a folder is one on everything in it. */
function planBelow(above: PlannedFolder, suggested: string): ComponentPlan {
	const plan = planName(suggested);
	if (!plan.ok || above.path.length === 0) return plan;
	// Not even at the top.
	if (!plan.flagged && !above.flagged) return plan;
	return {...plan, flagged: above.flagged || isFlaggedAnywhere(plan.name)};
}

function planFolder(
	above: PlannedFolder,
	suggested: string,
): PlannedFolder | Refused {
	const known = above.folders.get(suggested);
	if (known) return known;
	const plan = planBelow(above, suggested);
	const name = plan.ok ? above.names.take(plan.name) : undefined;
	const folder = !plan.ok
		? plan
		: name === undefined
			? refusal('crowded')
			: folderAt([...above.path, name], plan.flagged);
	above.folders.set(suggested, folder);
	return folder;
}

function planEntry(top: PlannedFolder, entry: SuggestedEntry): NamePlan {
	const last = entry.path.length - (entry.kind === 'folder' ? 0 : 1);
	let folder = top;
	for (const suggested of entry.path.slice(0, Math.max(0, last))) {
		const next = planFolder(folder, suggested);
		if ('error' in next) return next;
		folder = next;
	}

	let {path, flagged} = folder;
	if (entry.kind !== 'folder' || path.length === 0) {
		const plan = planBelow(folder, entry.path.at(-1) ?? '');
		if (!plan.ok) return plan;
		path = [...path, plan.name];
		flagged = plan.flagged;
	}

	return path.length > limits.pathComponents ||
		utf8Bytes(path.join('/')) > limits.pathBytes
		? refusal('long')
		: {ok: true, path, flagged};
}

/** The plan for each entry, in their order. `nameRefused` says why in `reason`. */
export function planNames(entries: readonly SuggestedEntry[]): NamePlan[] {
	const top = folderAt([], false);
	return entries.map(entry => planEntry(top, entry));
}
