/** What goes into a pairing and comes out of it: the language of `pairing-machine.ts` and its two halves. */
import {limits} from '../limits.js';
import type {StartCpace} from './cpace.js';
import type {ControlMessage} from './messages.js';
import type {PairingSide} from './pairing-inputs.js';

export type PairMessage = Extract<ControlMessage, {name: `pair${string}`}>;
export const isPairMessage = (
	message: ControlMessage,
): message is PairMessage => message.name.startsWith('pair');

export type PairMessageName = PairMessage['name'];

/** Which code: that on our screen, or that on theirs which is typed here. */
export type PairingCode = 'ours' | 'theirs';

export type PairingEnd =
	/** Three attempts were spent. */
	| 'burnt'
	| 'expired'
	/** Whoever shows it wants it no longer, or shows another. */
	| 'withdrawn'
	/** The connection is gone, and the code with it. */
	| 'disconnected';

export type PairingInput =
	/** Our screen shows these digits from now on, instead of any before. */
	| {readonly kind: 'show'; readonly code: string}
	/** Ours is to be worth nothing any more. */
	| {readonly kind: 'withdraw'}
	/** Somebody here typed these digits. */
	| {readonly kind: 'enter'; readonly code: string}
	| {readonly kind: 'received'; readonly message: PairMessage}
	/** It is time to look at what expires. */
	| {readonly kind: 'woken'}
	| {readonly kind: 'disconnected'};

export type PairingOutput =
	| {readonly kind: 'send'; readonly message: PairMessage}
	/** A code is there, and so many attempts at it. */
	| {
			readonly kind: 'opened';
			readonly code: PairingCode;
			readonly attemptsLeft: number;
			readonly expiresAtMs: number;
	  }
	/** An attempt is spent: something that depends on the code has been sent. */
	| {
			readonly kind: 'tried';
			readonly code: PairingCode;
			readonly attemptsLeft: number;
	  }
	/** It was the wrong code, or somebody is in the middle. */
	| {
			readonly kind: 'failed';
			readonly code: PairingCode;
			readonly attemptsLeft: number;
	  }
	| {
			readonly kind: 'ended';
			readonly code: PairingCode;
			readonly reason: PairingEnd;
			readonly attemptsLeft: number;
	  }
	/** Both sides have the code and this very connection: the key is that of the person who showed or typed it. */
	| {readonly kind: 'paired'}
	/** What was asked for cannot be done now. */
	| {
			readonly kind: 'refused';
			readonly why: 'noCode' | 'underWay' | 'tooManyCodes';
	  }
	/** The other side broke the rules: its session is to be closed. */
	| {readonly kind: 'violated'; readonly what: string};

export interface PairingOptions {
	readonly us: PairingSide;
	readonly them: PairingSide;
	/** Of this connection: `exporterLabel`, `exporterBytes`. */
	readonly exporter: Uint8Array;
	readonly random: (length: number) => Uint8Array;
	readonly startCpace: StartCpace;
}

/** One half of the machine: for one of the two codes. */
export interface PairingHalf {
	receive(message: PairMessage, nowMs: number): readonly PairingOutput[];
	/** Ends what is over by now. */
	wake(nowMs: number): readonly PairingOutput[];
	/** Forgets the code, and says so where somebody waits for it. */
	end(reason: PairingEnd): readonly PairingOutput[];
	deadlineAtMs(): number | undefined;
}

/** What is under way in the last moment of a code may still be answered. */
export const untilAnswered = (untilMs: number, nowMs: number): number =>
	Math.max(untilMs, nowMs + limits.pairingAnswerMs);

export const violated = (what: string): readonly PairingOutput[] => [
	{kind: 'violated', what},
];
