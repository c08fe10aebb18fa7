/**
 * The control messages of sockterm/1: names, type bytes and schemas. What a
 * peer sends is checked here before anything looks at it; what is legal when is
 * decided in `session-machine.ts`. `docs/protocol.md` is the normative text.
 */
import * as v from 'valibot';
import {limits, verifiedLimits} from '../limits.js';
import {count, hex, ordinal, text} from './fields.js';
import {roomMessages} from './room-messages.js';

const transferId = hex(16);
const code = v.pipe(v.string(), v.regex(/^[a-zA-Z]{1,40}$/));
const sizeBytes = count(Number.MAX_SAFE_INTEGER);
/** Which code of the side that shows it, on this connection, and which try at it. */
const round = ordinal(limits.pairingCodes);
const attempt = ordinal(limits.pairingAttempts);
const share = hex(32);
const tag = hex(64);

const entry = v.pipe(
	v.object({
		/** Path components; one for a file on its own. */
		path: v.pipe(
			v.array(text(4 * limits.nameBytes)),
			v.minLength(1),
			v.maxLength(limits.pathComponents),
		),
		size: sizeBytes,
		/** Milliseconds since 1970; may be before it. ECMA-262 §21.4.1.1 gives the range. */
		mtimeMs: v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15)),
		/** Missing for a file. A folder with files in it is only in their paths; a stream has no known size. */
		kind: v.optional(v.picklist(['folder', 'stream'])),
		/** In an offer that is made again: it is settled, and must not be asked for. */
		done: v.optional(v.literal(true)),
	}),
	v.check(({kind, size}) => kind === undefined || size === 0),
);

/**
 *   type  bit 7: critical
 *   0x81  hello      first each way
 *   0x82  message    0x02  ack
 *   0x90  offer      0x91  accept     0x92  decline   0x93  withdraw
 *   0x94  lane       0x95  pause      0x96  go on     0x97  cancel
 *   0xa0  pair show  0xa1  pair share 0xa2  pair reply 0xa3  pair confirm
 *   0xa4  pair wrong 0xa5  pair end
 *   0xb0  …          rooms: see room-messages.ts
 *   0x03  ping       0x04  pong
 *   0x05  error      0x06  bye        0x07  nick      0x08  refused
 */
export const controlMessages = {
	hello: {
		type: 0x81,
		schema: v.object({
			versions: v.pipe(
				v.array(count(0xff_ff)),
				v.minLength(1),
				v.maxLength(16),
			),
			features: v.pipe(v.array(text(64)), v.maxLength(64)),
			nick: text(4 * limits.nickCharacters),
			/** Names this running program: a console and a script of one person share a key, not this. */
			instance: hex(16),
			/** What the program is; a script comes and goes and is not talked to. */
			role: v.picklist(['console', 'script']),
			/** Whom the dialler expects, where it knows. */
			intended: v.optional(hex(32)),
		}),
	},
	message: {
		type: 0x82,
		schema: v.object({
			id: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
			/** How much of it is taken from whom is the engine's matter. */
			text: text(verifiedLimits.messageBytes),
		}),
	},
	ack: {
		type: 0x02,
		schema: v.object({
			id: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
		}),
	},
	/** It was not taken and not shown; only said to who has named `longMessages`. */
	refused: {
		type: 0x08,
		schema: v.object({
			id: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
			code,
		}),
	},
	/** The sender is called something else from now on. */
	nick: {
		type: 0x07,
		schema: v.object({nick: text(4 * limits.nickCharacters)}),
	},
	offer: {
		type: 0x90,
		schema: v.object({
			transfer: transferId,
			entries: v.pipe(
				v.array(entry),
				v.minLength(1),
				v.maxLength(limits.entriesPerOffer),
			),
			/** More pages of the same offer follow. */
			more: v.boolean(),
		}),
	},
	accept: {
		type: 0x91,
		schema: v.object({
			transfer: transferId,
			/** Entries that are not wanted, by index; all others are. */
			skip: v.pipe(
				v.array(count(0xff_ff_ff_ff)),
				v.maxLength(limits.entriesPerOffer),
			),
			/** Of the others: those of which something is here. HELD comes for each of them on the lane. */
			held: v.optional(
				v.pipe(
					v.array(count(0xff_ff_ff_ff)),
					v.maxLength(limits.entriesPerOffer),
				),
			),
			/** Of the others: those that may be here whole, as finished files. Only their digests are sent at first. */
			same: v.optional(
				v.pipe(
					v.array(count(0xff_ff_ff_ff)),
					v.maxLength(limits.entriesPerOffer),
				),
			),
			/** More pages of the same answer follow. */
			more: v.optional(v.boolean()),
		}),
	},
	/** Why, where it was not a person who said no. */
	decline: {
		type: 0x92,
		schema: v.object({transfer: transferId, code: v.optional(code)}),
	},
	withdraw: {type: 0x93, schema: v.object({transfer: transferId})},
	lane: {
		type: 0x94,
		schema: v.object({transfer: transferId, ticket: hex(32)}),
	},
	/** Its sender wants nothing to move; `code` says why where it was not a person. */
	pause: {
		type: 0x95,
		schema: v.object({transfer: transferId, code: v.optional(code)}),
	},
	goOn: {type: 0x96, schema: v.object({transfer: transferId})},
	cancel: {type: 0x97, schema: v.object({transfer: transferId})},
	/** Its sender shows a code, which the other side is to type. */
	pairShow: {type: 0xa0, schema: v.object({round})},
	/** Somebody has typed it. */
	pairShare: {type: 0xa1, schema: v.object({round, attempt, share})},
	/** From the side that shows it, with the proof that it has the key. */
	pairReply: {type: 0xa2, schema: v.object({round, attempt, share, tag})},
	/** The same proof of the side that typed it. */
	pairConfirm: {type: 0xa3, schema: v.object({round, attempt, tag})},
	/** The reply's proof is not that of the key which the typed code gives. */
	pairWrong: {type: 0xa4, schema: v.object({round, attempt})},
	/** The code is no longer good for anything. */
	pairEnd: {
		type: 0xa5,
		schema: v.object({
			round,
			reason: v.picklist(['expired', 'withdrawn', 'burnt']),
		}),
	},
	...roomMessages,
	ping: {type: 0x03, schema: v.object({nonce: count(0xff_ff_ff_ff)})},
	pong: {type: 0x04, schema: v.object({nonce: count(0xff_ff_ff_ff)})},
	/** The last words of a side that closes because of the other; a code, never a local path. */
	error: {
		type: 0x05,
		schema: v.object({code}),
	},
	bye: {type: 0x06, schema: v.object({})},
} as const;

export type ControlName = keyof typeof controlMessages;

type MessageBody<Name extends ControlName> = Readonly<
	v.InferOutput<(typeof controlMessages)[Name]['schema']>
>;

/** One decoded control message, told apart by `name`. */
export type ControlMessage = {
	[Name in ControlName]: {readonly name: Name} & MessageBody<Name>;
}[ControlName];

export type Hello = Extract<ControlMessage, {name: 'hello'}>;
export type OfferEntry = Extract<
	ControlMessage,
	{name: 'offer'}
>['entries'][number];

export const protocolVersion = 1;
/** A feature: messages of more than 16 KiB to who is verified, and the answer REFUSED. */
export const longMessages = 'longMessages';
/** ALPN identifiers (RFC 7301). */
export const controlProtocol = 'sockterm/1';
export const laneProtocol = 'sockterm-lane/1';
