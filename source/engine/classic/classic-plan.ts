/** What would become of a file that a classic sender has announced: its name here, and why it is not taken. Only looks. */
import {errorInfo, toErrorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EntryOffer} from '../events.js';
import type {NamePlan, PlannedEntry, ReceiveFolder} from '../ports.js';
import {toSafeText} from '../sanitize.js';

export interface ClassicPlan {
	/** As people see it. */
	readonly entry: EntryOffer;
	readonly freeBytes: number | undefined;
	/** How it is written, or why it is not: nobody is asked, so what is doubtful is declined. */
	readonly verdict:
		| {readonly ok: true; readonly planned: PlannedEntry}
		| {readonly ok: false; readonly error: ErrorInfo};
}

/** Never rejects. */
export async function planClassic(
	folder: ReceiveFolder,
	suggested: string,
	sizeBytes: number,
	mtimeMs: number,
): Promise<ClassicPlan> {
	const path = [suggested];
	const [plan] = folder.planNames([{kind: 'file', path}]);
	const free = await folder.freeBytes().catch(toErrorInfo);
	const name = toSafeText(plan?.ok ? plan.path.join('/') : suggested, {
		joiners: false,
		maxCharacters: limits.nameBytes,
	});
	const error = reasonToDecline(plan, name, sizeBytes, free, folder.path);
	const freeBytes = typeof free === 'number' ? free : undefined;
	const flagged = plan?.ok === true && plan.flagged;
	const entry = {name, sizeBytes, ...(flagged ? {flagged} : {})};
	if (error || !plan?.ok) {
		const why = error ?? errorInfo('nameRefused');
		return {entry, freeBytes, verdict: {ok: false, error: why}};
	}

	const planned = {
		kind: 'file' as const,
		suggested: path,
		path: plan.path,
		sizeBytes,
		mtimeMs,
	};
	return {entry, freeBytes, verdict: {ok: true, planned}};
}

function reasonToDecline(
	plan: NamePlan | undefined,
	name: string,
	sizeBytes: number,
	free: number | ErrorInfo,
	path: string,
): ErrorInfo | undefined {
	if (plan?.ok === false) return plan.error;
	if (plan?.flagged) return errorInfo('nameFlagged', {name});
	if (typeof free !== 'number') return free;
	if (sizeBytes <= free) return undefined;
	return errorInfo('diskFull', {path, neededBytes: sizeBytes, freeBytes: free});
}
