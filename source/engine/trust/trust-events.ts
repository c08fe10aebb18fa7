/** What happens to trust: pairing, pins, blocks, warnings. No code, and nothing that follows from one, stands here. */
import type {ErrorInfo} from '../../errors.js';
import type {PairingCode, PairingEnd} from '../../protocol/pairing.js';
import type {Trust} from '../events.js';
import type {PeerId, PeerKey, SafeText} from '../ids.js';
import type {TrustBook} from './trust-commands.js';

export type {PairingEnd} from '../../protocol/pairing.js';

/** Whose screen shows the code: `ours` is typed there, `theirs` here. */
export type CodeScreen = PairingCode;

/** `lookalike`: it calls itself like a verified peer and is another key. `otherKey`: it comes from where a verified one was last. */
export type TrustWarning = 'lookalike' | 'otherKey';

export type TrustEventBody =
	| {
			readonly type: 'trust/changed';
			readonly book: TrustBook;
			/** What was kept could not be read. */
			readonly error?: ErrorInfo;
	  }
	/** What a peer of the list counts as from now on. */
	| {
			readonly type: 'trust/judged';
			readonly peer: PeerKey;
			readonly trust: Trust;
			readonly name: SafeText;
	  }
	| {
			readonly type: 'trust/warned';
			readonly peer: PeerKey;
			readonly warning: TrustWarning;
			/** The verified peer that it is not. */
			readonly petname: SafeText;
	  }
	| {
			readonly type: 'trust/codeOpened';
			readonly peer: PeerKey;
			readonly screen: CodeScreen;
			readonly attemptsLeft: number;
			readonly expiresAt: number;
	  }
	/** An attempt is spent, and is being checked. */
	| {
			readonly type: 'trust/codeTried';
			readonly peer: PeerKey;
			readonly screen: CodeScreen;
			readonly attemptsLeft: number;
	  }
	/** A wrong code, or somebody in the middle. */
	| {
			readonly type: 'trust/codeFailed';
			readonly peer: PeerKey;
			readonly screen: CodeScreen;
			readonly attemptsLeft: number;
	  }
	| {
			readonly type: 'trust/codeEnded';
			readonly peer: PeerKey;
			readonly screen: CodeScreen;
			readonly reason: PairingEnd;
			readonly attemptsLeft: number;
	  }
	/** The key is verified, and that is durable. */
	| {
			readonly type: 'trust/paired';
			readonly peer: PeerKey;
			readonly peerId: PeerId;
			readonly petname: SafeText;
	  }
	/** The code was right, and the key could not be kept: it counts as unverified. */
	| {
			readonly type: 'trust/pairingFailed';
			readonly peer: PeerKey;
			readonly error: ErrorInfo;
	  };
