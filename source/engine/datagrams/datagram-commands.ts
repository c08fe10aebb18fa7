/** What can be asked of UDP. */
import type {SequenceMeter} from '../../protocol/sequence-meter-text.js';
import type {ListenerId} from '../ids.js';
import type {ByteNotation} from '../streams/stream-commands.js';

export type {SequenceMeter};

export type DatagramCommand =
	| {
			readonly type: 'datagram/send';
			readonly host: string;
			readonly port: number;
			readonly text: string;
			readonly encoding?: string;
			/** `text` where it is missing. */
			readonly notation?: ByteNotation;
			/** The listener whose port it leaves from: that which heard the sender, where an answer is meant. Missing: the one that heard this address last, else the newest that can reach it. */
			readonly listener?: ListenerId;
	  }
	/** Joins a multicast group on one interface (its name or address) or the system's choice. Missing `listener`: the newest that can. */
	| {
			readonly type: 'datagram/join';
			readonly group: string;
			readonly on?: string;
			readonly listener?: ListenerId;
	  }
	/** Without `on` or `listener`: everywhere where it is joined. */
	| {
			readonly type: 'datagram/leave';
			readonly group: string;
			readonly on?: string;
			readonly listener?: ListenerId;
	  }
	/** Measures a sequence number in every payload from now on; without `meter` no more. */
	| {readonly type: 'datagram/setMeter'; readonly meter?: SequenceMeter}
	| {readonly type: 'datagram/setEncoding'; readonly encoding: string}
	/** Empties the rows and forgets the senders; what was counted in all stays. */
	| {readonly type: 'datagram/clear'};
