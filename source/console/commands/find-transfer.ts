import {
	type EngineState,
	type Transfer,
	isRunning,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';

export type TransferResult =
	| {readonly ok: true; readonly transfer: Transfer}
	| {readonly ok: false; readonly message: string};

const sentences = strings.input.transfers;

const fold = (text: string) => text.normalize('NFC').toLowerCase();

/**
 * The transfer that a word means among those that fit: a file's name, its
 * sender's or receiver's name, or the beginning of one. Without a word it must
 * be the only one. `none` is the sentence where nothing fits at all.
 */
export function findTransfer(
	state: EngineState,
	word: string | undefined,
	fits: (transfer: Transfer) => boolean,
	none: string,
): TransferResult {
	const candidates = state.transfers.values().filter(each => fits(each));
	if (candidates.length === 0) return {ok: false, message: none};
	const found =
		word === undefined
			? candidates
			: candidates.filter(transfer => isCalled(transfer, fold(word)));
	const [transfer] = found;
	if (!transfer) return {ok: false, message: sentences.unknown(word ?? '')};
	return found.length === 1
		? {ok: true, transfer}
		: {ok: false, message: sentences.several(found.map(each => titleOf(each)))};
}

function isCalled({peerName, entries}: Transfer, wanted: string): boolean {
	const begins = (label: string) => fold(label).startsWith(wanted);
	return begins(peerName) || entries.toArray().some(({name}) => begins(name));
}

/** What a transfer is called in a sentence: its first file. */
export function titleOf({entries, peerName}: Transfer): string {
	return entries.get(0)?.name ?? peerName;
}

export const isOffer = (transfer: Transfer): boolean =>
	transfer.direction === 'in' && transfer.phase.kind === 'offered';

export const isPaused = ({phase}: Transfer): boolean => phase.kind === 'paused';

/** Accepted, not over, and not paused from here. */
export const canPause = (transfer: Transfer): boolean => {
	const {phase} = transfer;
	if (!isRunning(transfer) || phase.kind === 'offered') return false;
	return phase.kind !== 'paused' || phase.by !== 'us';
};

/** We sent it, and it is over without everything being there. */
export const isLacking = ({direction, phase}: Transfer): boolean =>
	direction === 'out' &&
	phase.kind === 'finished' &&
	phase.outcome.kind !== 'saved';

/** For completion. */
export function transferNames(
	state: EngineState,
	fits: (transfer: Transfer) => boolean,
): string[] {
	return [
		...new Set(
			state.transfers
				.values()
				.filter(each => fits(each))
				.map(each => titleOf(each)),
		),
	];
}
