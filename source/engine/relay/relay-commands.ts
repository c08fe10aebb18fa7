/** Relays: listen here, dial there, see both directions. Listening is `listener/open` with the purpose `relay`. */
import {noImpairment, type Impairment} from '../../protocol/impairment.js';
import type {PeerKey} from '../ids.js';
import type {ByteNotation} from '../streams/stream-commands.js';

export {noImpairment, type Impairment};

/** `client`: who connected to us; `server`: whom we dialled. As a direction: towards it. */
export type RelaySide = 'client' | 'server';

export type RelayCommand =
	| {
			readonly type: 'relay/inject';
			/** The relayed connection's row. */
			readonly peer: PeerKey;
			readonly towards: RelaySide;
			readonly line: string;
			readonly notation: ByteNotation;
	  }
	| {
			readonly type: 'relay/impair';
			readonly peer: PeerKey;
			/** Missing: both directions. */
			readonly towards?: RelaySide;
			readonly impairment: Impairment;
	  }
	/** Ends our writing towards one side; the other direction goes on. */
	| {
			readonly type: 'relay/halfClose';
			readonly peer: PeerKey;
			readonly towards: RelaySide;
	  }
	/** Both connections are reset. */
	| {readonly type: 'relay/reset'; readonly peer: PeerKey};
