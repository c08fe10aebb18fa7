/** What a card says of a transfer that is not over: how far, how fast, and why it does not move. Some of it changes with the time. */
import type {EngineState, Transfer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatEta, formatRate, formatSize} from '../../util/quantities.js';
import {transferFacts} from './transfer-facts.js';
import {movedBytes, transferStatus, type Status} from './transfer-text.js';

export interface Moment {
	/** In ms since 1970. */
	readonly now: number;
	/** Those of ours that wait, the next one first. */
	readonly queue: EngineState['queue'];
}

const secondsFrom = (from: number, to: number) =>
	Math.max(0, Math.round((to - from) / 1000));

/** `1.5 GB of 2.1 GB  ETA 0:02`; of a stream what came so far. */
function amountText(transfer: Transfer): string {
	const words = strings.transfer;
	const {wantedBytes, phase} = transfer;
	const moved = movedBytes(transfer);
	if (transferFacts(transfer).hasStream) return words.soFar(formatSize(moved));
	const amount = words.of(formatSize(moved), formatSize(wantedBytes));
	const rate = phase.kind === 'active' && !phase.stalled ? phase.rate : 0;
	const eta = formatEta(wantedBytes - moved, rate);
	return eta === undefined ? amount : `${amount}  ${words.eta(eta)}`;
}

/** Why it does not move, or undefined where it does. */
function reason(transfer: Transfer, {now, queue}: Moment): Status | undefined {
	const words = strings.transfer;
	const {id, phase, direction, peerName} = transfer;
	switch (phase.kind) {
		case 'queued': {
			if (direction === 'in') {
				return {text: words.inTheirQueue(peerName), style: 'dim'};
			}

			const place = queue.indexOf(id) + 1;
			const text = place > 0 ? words.inQueue(place) : words.beginning;
			return {text, style: 'dim'};
		}

		case 'active': {
			if (!phase.stalled) return undefined;
			const {why, since} = phase.stalled;
			const seconds = Math.max(1, secondsFrom(since, now));
			const text = words.stalled[why](seconds, peerName);
			return {text, style: 'warning'};
		}

		case 'paused': {
			if (phase.by !== 'disk') return transferStatus(transfer);
			const {freeBytes, neededBytes} = phase.error?.details ?? {};
			const hasNumbers =
				typeof freeBytes === 'number' && typeof neededBytes === 'number';
			const text =
				direction === 'out'
					? words.theirDiskFull(peerName)
					: words.diskFull(
							hasNumbers
								? {
										free: formatSize(freeBytes),
										needed: formatSize(neededBytes),
									}
								: undefined,
						);
			return {text, style: 'warning'};
		}

		case 'interrupted': {
			const {nextAt, isAsking} = phase;
			if (isAsking) return {text: words.askedAgain(peerName), style: 'warning'};
			const text =
				nextAt === undefined
					? words.untilBack(peerName)
					: words.againIn(secondsFrom(now, nextAt));
			return {text, style: 'warning'};
		}

		case 'offered':
		case 'finished': {
			return undefined;
		}
	}
}

/** What was there before, and the limit that it has. */
function notes({heldBytes, rateLimit}: Transfer): string {
	const words = strings.transfer;
	return [
		heldBytes > 0 ? words.wasHere(formatSize(heldBytes)) : '',
		rateLimit === undefined ? '' : words.limit(formatRate(rateLimit)),
	]
		.filter(text => text !== '')
		.join('  ');
}

/** Sentences for a transfer that was accepted and is not over, the most important first. */
export function progressLines(transfer: Transfer, moment: Moment): Status[] {
	const why = reason(transfer, moment);
	const hasMoved = movedBytes(transfer) > 0;
	const isMoving = transfer.phase.kind === 'active';
	const note = notes(transfer);
	return [
		...(why ? [why] : []),
		...(isMoving || hasMoved
			? [{text: amountText(transfer), style: 'dim'} as const]
			: []),
		...(note === '' ? [] : [{text: note, style: 'dim'} as const]),
	];
}
