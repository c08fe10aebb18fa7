/** Transfers that were cancelled while the other side was away: it hears of it when it is back. Only so many. */
import type {PeerId, TransferId} from '../ids.js';
import type {PeerSession} from '../sessions/peer-session.js';

export interface UntoldCancels {
	add(transfer: {readonly id: TransferId; readonly peerId: PeerId}): void;
	/** Tells a peer that is back. */
	tell(session: PeerSession): void;
}

const kept = 1_000;

export function createUntoldCancels(): UntoldCancels {
	const untold = new Map<TransferId, PeerId>();
	return {
		add({id, peerId}) {
			untold.set(id, peerId);
			const [oldest] = untold.keys();
			if (oldest && untold.size > kept) untold.delete(oldest);
		},
		tell(session) {
			for (const [transfer, peerId] of untold) {
				if (peerId !== session.peerId) continue;
				untold.delete(transfer);
				session.send({name: 'cancel', transfer});
			}
		},
	};
}
