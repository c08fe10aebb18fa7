/** Who wants a transfer to stand still, and which of the reasons is shown. */
import type {ErrorInfo} from '../../errors.js';
import type {PausedBy} from '../events.js';

/** A person here, the other side, or a full disk. */
export type PauseReason = 'us' | 'peer' | 'ownDisk' | 'peersDisk';

export interface TransferPauses {
	isPaused(): boolean;
	/** False where nothing has changed. */
	set(why: PauseReason, isPaused: boolean, error?: ErrorInfo): boolean;
	/** What people see; undefined where nobody wants it paused. */
	shown(): {by: PausedBy; error?: ErrorInfo} | undefined;
	/** Why this side wants it paused; undefined where it does not. */
	own(): {readonly code?: string} | undefined;
}

export function createTransferPauses(): TransferPauses {
	const pauses = new Map<PauseReason, ErrorInfo | undefined>();
	const by = (): PausedBy | undefined => {
		if (pauses.has('us')) return 'us';
		if (pauses.has('ownDisk') || pauses.has('peersDisk')) return 'disk';
		return pauses.has('peer') ? 'peer' : undefined;
	};

	return {
		isPaused: () => pauses.size > 0,
		set(why, isPaused, error) {
			if (pauses.has(why) === isPaused) return false;
			if (isPaused) pauses.set(why, error);
			else pauses.delete(why);
			return true;
		},
		shown() {
			const shown = by();
			if (!shown) return undefined;
			const error = shown === 'disk' ? pauses.get('ownDisk') : undefined;
			return {by: shown, ...(error ? {error} : {})};
		},
		own() {
			if (pauses.has('us')) return {};
			return pauses.has('ownDisk') ? {code: 'diskFull'} : undefined;
		},
	};
}
