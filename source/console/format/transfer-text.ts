/** How a transfer stands, in few words that do not change with the time: for conversations, and for what is over. */
import {
	isRunning,
	type Row,
	type Transfer,
	type TransferEntry,
	type TransferOutcome,
} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {formatPercent, formatRate, formatSize} from '../../util/quantities.js';
import type {StyleName, Theme} from '../theme.js';
import {transferFacts} from './transfer-facts.js';

type MovedRow = Extract<Row, {readonly kind: 'moved'}>;

export interface Status {
	readonly text: string;
	readonly style: StyleName;
}

export function transferGlyph(
	{direction}: Pick<Transfer, 'direction'>,
	{glyphs}: Theme,
): string {
	return direction === 'out' ? glyphs.up : glyphs.down;
}

/** An offer to us that nobody has answered yet. */
export const isWaitingOffer = (transfer: Transfer): boolean =>
	transfer.direction === 'in' &&
	transfer.phase.kind === 'offered' &&
	!transfer.byItself;

/** Bytes moved so far, whatever became of it. */
export function movedBytes(transfer: Transfer): number {
	return transfer.phase.kind === 'offered' ? 0 : transfer.phase.movedBytes;
}

/** How much there is to move, as far as that is known. */
export function transferSize(transfer: Transfer): string {
	const {hasStream} = transferFacts(transfer);
	return hasStream && transfer.wantedBytes === 0
		? strings.transfer.unknownSize
		: formatSize(transfer.wantedBytes);
}

/** How a transfer stands, in a few words. */
export function transferStatus(transfer: Transfer): Status {
	const words = strings.transfer;
	const {phase, direction, wantedBytes, peerName} = transfer;
	switch (phase.kind) {
		case 'offered': {
			if (transfer.byItself) return {text: words.waiting, style: 'dim'};
			return direction === 'in'
				? {text: words.asks, style: 'warning'}
				: {text: words.waitingForAnswer, style: 'dim'};
		}

		case 'queued': {
			return {text: words.waiting, style: 'dim'};
		}

		case 'active': {
			const progress = transferFacts(transfer).hasStream
				? formatSize(phase.movedBytes)
				: formatPercent(phase.movedBytes, wantedBytes);
			return {text: `${progress}  ${formatRate(phase.rate)}`, style: 'accent'};
		}

		case 'paused': {
			const {by} = phase;
			const text =
				by === 'us'
					? words.pausedByUs
					: by === 'peer'
						? words.pausedByPeer(peerName)
						: words.stopped;
			return {text, style: 'warning'};
		}

		case 'interrupted': {
			return {text: words.interrupted, style: 'warning'};
		}

		case 'finished': {
			return outcomeStatus(transfer, phase.outcome);
		}
	}
}

/** Of a classic file assistant: nobody confirms what was sent, and how long it took is asked for. */
function plainText({direction, phase}: Transfer): string {
	const {sent, saved, tookTime} = strings.transfer;
	const word = direction === 'out' ? sent : saved;
	const isTimed = phase.kind === 'finished' && phase.startedAt !== undefined;
	return isTimed ? `${word}, ${tookTime(phase.at - phase.startedAt)}` : word;
}

function savedText(transfer: Transfer, saved: number): string {
	const words = strings.transfer;
	const {existed, notWanted} = transferFacts(transfer);
	const isOurs = transfer.direction === 'out';
	if (transfer.trust === 'PLAIN') return plainText(transfer);
	if (transfer.entries.length === 1) {
		return existed > 0 ? words.existed : isOurs ? words.delivered : words.saved;
	}

	const text = words.severalSaved(saved, existed, isOurs);
	return notWanted > 0 ? `${text}, ${words.notWanted(notWanted)}` : text;
}

function outcomeStatus(transfer: Transfer, outcome: TransferOutcome): Status {
	const words = strings.transfer;
	const {direction, peerName} = transfer;
	switch (outcome.kind) {
		case 'saved': {
			return {text: savedText(transfer, outcome.saved), style: 'good'};
		}

		case 'failed': {
			const {saved, failed} = outcome;
			const text = saved > 0 ? words.partlySaved(saved, failed) : words.failed;
			return {text, style: 'bad'};
		}

		case 'declined': {
			const text =
				direction === 'in'
					? words.declinedByUs
					: words.declinedByPeer(peerName);
			return {text, style: 'warning'};
		}

		case 'cancelled': {
			const text =
				outcome.by === 'us'
					? words.cancelledByUs
					: words.cancelledByPeer(peerName);
			return {text, style: 'warning'};
		}
	}
}

/** Of the history: as it stood when it was over, as far as that was kept. */
export function movedStatus(
	row: Pick<MovedRow, 'direction' | 'outcome' | 'name' | 'isConfirmed'>,
): Status {
	const words = strings.transfer;
	const {direction, outcome, name, isConfirmed} = row;
	switch (outcome) {
		case 'saved': {
			const sent = isConfirmed ? words.delivered : words.sent;
			return {text: direction === 'out' ? sent : words.saved, style: 'good'};
		}

		case 'failed': {
			return {text: words.failed, style: 'bad'};
		}

		case 'declined': {
			const text =
				direction === 'in' ? words.declinedByUs : words.declinedByPeer(name);
			return {text, style: 'warning'};
		}

		case 'cancelled': {
			return {text: words.cancelledByUs, style: 'warning'};
		}
	}
}

/** The beginning of a digest, enough to compare by eye. */
const shortDigest = (digest: string) =>
	strings.transfer.digest(digest.slice(0, 8));

/** The digest of a transfer of one file that was saved. */
export function onlyDigest({entries}: Transfer): string | undefined {
	const entry = entries.get(0);
	return entries.length === 1 && entry?.phase.kind === 'saved'
		? shortDigest(entry.phase.digest)
		: undefined;
}

/** What a transfer that was cancelled leaves, and how it goes on. A stream cannot be read twice. */
function keptLine(transfer: Transfer): string | undefined {
	const {phase, direction, peerName} = transfer;
	const isCancelled =
		phase.kind === 'finished' && phase.outcome.kind === 'cancelled';
	if (!isCancelled || phase.movedBytes === 0) return undefined;
	// Nobody could go on with what came on a bare connection.
	if (transferFacts(transfer).hasStream || transfer.trust === 'PLAIN')
		return undefined;
	const words = strings.transfer;
	return direction === 'out' ? words.keptThere : words.keptHere(peerName);
}

/**
 * What stands under a finished transfer: where it went, names on disk that differ, digests,
 * reasons; at most `limit` lines. Of more entries than that those that failed come first.
 */
export function transferOutcomeLines(
	transfer: Transfer,
	limit = Infinity,
): string[] {
	if (isRunning(transfer)) return [];
	const words = strings.transfer;
	const {entries, folder} = transfer;
	const lines: string[] = [];
	if (folder !== undefined) lines.push(words.savedIn(folder));
	const kept = keptLine(transfer);
	if (kept !== undefined) lines.push(kept);
	const isOnly = entries.length === 1;
	const all = entries.toArray();
	const ordered = all.length > limit ? failedFirst(all, limit) : all;
	for (const {name, phase} of ordered) {
		if (lines.length >= limit) break;
		if (phase.kind === 'failed') {
			lines.push(describeError(phase.error));
		} else if (phase.kind === 'saved') {
			const {savedAs, digest} = phase;
			if (!isOnly) lines.push(`${savedAs}  ${shortDigest(digest)}`);
			else if (savedAs !== name) lines.push(words.savedAs(savedAs));
		}
	}

	return lines;
}

function failedFirst(
	entries: readonly TransferEntry[],
	limit: number,
): readonly TransferEntry[] {
	const failed: TransferEntry[] = [];
	const others: TransferEntry[] = [];
	for (const entry of entries) {
		const {kind} = entry.phase;
		if (kind === 'failed') failed.push(entry);
		else if (kind === 'saved' && others.length < limit) others.push(entry);
		if (failed.length >= limit) break;
	}

	return [...failed, ...others];
}
