import {
	isRunning,
	type Transfer,
	type TransferEntry,
} from '../../engine/index.js';
import {describeError, entriesTitle, strings} from '../../strings/index.js';
import type {StyleName, Theme} from '../theme.js';
import {
	formatEta,
	formatPercent,
	formatRate,
	formatSize,
} from '../../util/quantities.js';

/** `report.iso`, `report.iso and 3 more`, or `photos/ (123 files)`. */
export const transferTitle = (transfer: Transfer): string =>
	entriesTitle(transfer.entries);

export function transferGlyph(transfer: Transfer, theme: Theme): string {
	const {glyphs} = theme;
	return transfer.direction === 'out' ? glyphs.up : glyphs.down;
}

/** An offer to us that nobody has answered yet. */
export const isWaitingOffer = (transfer: Transfer): boolean =>
	transfer.direction === 'in' && transfer.phase.kind === 'offered';

/** Bytes moved so far, whatever became of it. */
export function movedBytes(transfer: Transfer): number {
	return transfer.phase.kind === 'offered' ? 0 : transfer.phase.movedBytes;
}

/** How a transfer stands, in a few words. */
export function transferStatus(transfer: Transfer): {
	readonly text: string;
	readonly style: StyleName;
} {
	const words = strings.transfer;
	const {phase, direction, peerName} = transfer;
	switch (phase.kind) {
		case 'offered': {
			return direction === 'in'
				? {text: words.asks, style: 'warning'}
				: {text: words.waitingForAnswer, style: 'dim'};
		}

		case 'active': {
			const percent = formatPercent(phase.movedBytes, transfer.totalBytes);
			return {text: `${percent}  ${formatRate(phase.rate)}`, style: 'accent'};
		}

		case 'finished': {
			const {outcome} = phase;
			switch (outcome.kind) {
				case 'saved': {
					return {
						text: direction === 'out' ? words.delivered : words.saved,
						style: 'good',
					};
				}

				case 'failed': {
					return {
						text:
							outcome.saved > 0
								? words.partlySaved(outcome.saved, outcome.failed)
								: words.failed,
						style: 'bad',
					};
				}

				case 'declined': {
					return {
						text:
							direction === 'in'
								? words.declinedByUs
								: words.declinedByPeer(peerName),
						style: 'warning',
					};
				}

				case 'cancelled': {
					return {
						text:
							outcome.by === 'us'
								? words.cancelledByUs
								: words.cancelledByPeer(peerName),
						style: 'warning',
					};
				}
			}
		}
	}
}

/** The beginning of a digest, enough to compare by eye. */
const shortDigest = (digest: string) =>
	strings.transfer.digest(digest.slice(0, 8));

/** The digest of a transfer of one file that was saved. */
export function onlyDigest({entries}: Transfer): string | undefined {
	const [entry] = entries;
	return entries.length === 1 && entry?.phase.kind === 'saved'
		? shortDigest(entry.phase.digest)
		: undefined;
}

/**
 * What stands under a finished transfer: names on disk that differ, digests, reasons;
 * at most `limit` lines. Of more entries than that those that failed come first.
 */
export function transferOutcomeLines(
	transfer: Transfer,
	limit = Infinity,
): string[] {
	if (isRunning(transfer)) return [];
	const {entries} = transfer;
	const isOnly = entries.length === 1;
	const ordered =
		entries.length > limit ? failedFirst(entries, limit) : entries;
	const lines: string[] = [];
	for (const {name, phase} of ordered) {
		if (lines.length >= limit) break;
		if (phase.kind === 'failed') {
			lines.push(describeError(phase.error));
		} else if (phase.kind === 'saved') {
			const {savedAs, digest} = phase;
			if (!isOnly) lines.push(`${savedAs}  ${shortDigest(digest)}`);
			else if (savedAs !== name) lines.push(strings.transfer.savedAs(savedAs));
		}
	}

	return lines;
}

function failedFirst(
	entries: readonly TransferEntry[],
	limit: number,
): TransferEntry[] {
	const failed: TransferEntry[] = [];
	for (const entry of entries) {
		if (entry.phase.kind === 'failed') failed.push(entry);
		if (failed.length >= limit) return failed;
	}

	const others = entries.filter(({phase}) => phase.kind !== 'failed');
	return [...failed, ...others];
}

/** `1.5 GB of 2.1 GB  ETA 0:02`, or why nothing moves. */
export function transferProgressText(
	transfer: Transfer,
	stillSeconds: number,
): {readonly text: string; readonly style: StyleName} {
	const {phase, totalBytes} = transfer;
	if (phase.kind !== 'active') return {text: '', style: 'plain'};
	const words = strings.transfer;
	if (phase.stalled) {
		const seconds = Math.max(1, stillSeconds);
		return {text: words.stalled[phase.stalled](seconds), style: 'warning'};
	}

	const moved = words.of(formatSize(phase.movedBytes), formatSize(totalBytes));
	const eta = formatEta(totalBytes - phase.movedBytes, phase.rate);
	return {
		text: eta === undefined ? moved : `${moved}  ${words.eta(eta)}`,
		style: 'dim',
	};
}
