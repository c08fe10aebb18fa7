/** Why a transfer does not move, for its bar and for stderr. */
import type {EngineEvent, Transfer, TransferId} from '../engine/index.js';
import {limits} from '../limits.js';
import {strings} from '../strings/index.js';
import {formatSize} from '../util/quantities.js';
import type {VerbContext} from './verb.js';

const secondsOf = (ms: number) => Math.max(0, Math.ceil(ms / 1000));

type Paused = Extract<Transfer['phase'], {kind: 'paused'}>;

function whyPaused({by, error}: Paused, transfer: Transfer): string {
	const words = strings.cli.heldUp;
	const {peerName, direction} = transfer;
	if (by === 'us') return words.pausedByUs;
	if (by === 'peer') return words.pausedByPeer(peerName);
	if (direction === 'out') return words.peerDiskFull(peerName);
	const {freeBytes, neededBytes} = error?.details ?? {};
	return typeof freeBytes === 'number' && typeof neededBytes === 'number'
		? words.ownDiskFull(formatSize(freeBytes), formatSize(neededBytes))
		: words.ownDiskFullNow;
}

/** What holds it up at `now` (ms since 1970), in a few words; undefined while it moves, and where it is not under way. */
export function whyHeldUp(transfer: Transfer, now: number): string | undefined {
	const words = strings.cli.heldUp;
	const {phase, peerName, direction} = transfer;
	switch (phase.kind) {
		case 'queued': {
			return direction === 'out' ? words.queued : words.queuedThere(peerName);
		}

		case 'active': {
			if (!phase.stalled) return undefined;
			const {why, since} = phase.stalled;
			const reason = why === 'ownDisk' ? words.ownDisk : words[why](peerName);
			return words.still(Math.max(1, secondsOf(now - since)), reason);
		}

		case 'paused': {
			return whyPaused(phase, transfer);
		}

		case 'interrupted': {
			if (phase.isAsking) return words.askedAgain(peerName);
			return phase.nextAt === undefined
				? words.waitingForPeer(peerName)
				: words.tryingAgain(secondsOf(phase.nextAt - now));
		}

		case 'offered':
		case 'finished': {
			return undefined;
		}
	}
}

/** Whether something of it is on the other side, or here, that a later try goes on from. */
export function leavesPartial({phase, entries}: Transfer): boolean {
	if (phase.kind === 'offered' || phase.kind === 'finished') return false;
	if (entries.toArray().some(({kind}) => kind === 'stream')) return false;
	return phase.movedBytes >= limits.blockBytes;
}

/** Says on stderr what a bar would show: that one was broken off, and that an entry goes on. */
export function createHoldUpNotes(): (
	context: VerbContext,
	event: EngineEvent,
) => void {
	const broken = new Set<TransferId>();
	return ({engine, output, json}, event) => {
		if (json) return;
		switch (event.type) {
			case 'transfer/interrupted': {
				// Each try that fails says so again.
				if (event.asking || broken.has(event.transfer)) return;
				broken.add(event.transfer);
				const held = engine.getState().transfers.get(event.transfer);
				if (held) output.note(strings.cli.connectionGone(held.peerName));
				return;
			}

			case 'transfer/started': {
				broken.delete(event.transfer);
				return;
			}

			case 'transfer/resumed': {
				const held = engine.getState().transfers.get(event.transfer);
				const entry = held?.entries.get(event.entry);
				// What is there as a whole is said when it is settled.
				if (!entry || event.heldBytes >= entry.sizeBytes) return;
				const size = formatSize(event.heldBytes);
				output.note(strings.cli.goesOn(entry.name, size));
				return;
			}

			default: {
				return;
			}
		}
	};
}
