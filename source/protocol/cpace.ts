/**
 * CPace over ristretto255 with SHA-512 (draft-irtf-cfrg-cpace-21 §7, §8.3, ISK_IR):
 * two sides that share a short secret get the same long key, and a stranger gets
 * one guess for each exchange and nothing to try offline. Both prove the key to
 * each other with a tag before either believes it (§10.4). Decides the values of
 * an exchange; leaves to its caller what the secret is, in which order the values
 * travel, and how often one may try.
 *
 * Invariants: nothing is computed with a share that is no element of the group,
 * the neutral one or our own; a scalar serves one exchange; the shared point and
 * the key never leave this file; tags are compared in constant time.
 */
import {ristretto255, ristretto255_hasher} from '@noble/curves/ed25519.js';
import {hmac} from '@noble/hashes/hmac.js';
import {sha512} from '@noble/hashes/sha2.js';
import {concatBytes, equalBytesSecretly} from '../util/bytes.js';

/** A share on the wire: one element of the group. */
export const shareBytes = 32;
export const tagBytes = 64;

/** What both sides must agree on, byte for byte. */
export interface CpaceInputs {
	/** The short secret (PRS). */
	readonly secret: Uint8Array;
	/** Who talks, in which role (CI). */
	readonly channel: Uint8Array;
	/** Of this exchange alone (sid). */
	readonly session: Uint8Array;
	/** What else must be the same for both: ADa of the initiator, ADb of the responder. */
	readonly initiatorData: Uint8Array;
	readonly responderData: Uint8Array;
}

export type CpaceRole = 'initiator' | 'responder';

/** Both ends of an exchange have a key now; whether it is the same one the tags tell. */
export interface CpaceProof {
	/** Shows the other side that we have the key. */
	readonly tag: Uint8Array;
	/** Whether the other side has it too. */
	accepts(tag: Uint8Array): boolean;
}

export interface CpaceExchange {
	readonly share: Uint8Array;
	/** With the other side's share; undefined where that is none of an honest side. */
	finish(share: Uint8Array): CpaceProof | undefined;
}

export type StartCpace = (
	role: CpaceRole,
	inputs: CpaceInputs,
	random: (length: number) => Uint8Array,
) => CpaceExchange;

const {Point} = ristretto255;
type Element = InstanceType<typeof Point>;

const ascii = (text: string) => new TextEncoder().encode(text);
const suite = ascii('CPaceRistretto255');
const keyLabel = ascii('CPaceRistretto255_ISK');
const tagLabel = ascii('CPaceMac');
/** SHA-512 works on blocks of so many bytes. */
const hashBlockBytes = 128;
/** Of a scalar: fewer than the order of the group has (2^252 + …). */
const scalarBits = 252;

/** The bytes with their length before them, as LEB128 (A.1.1). */
export function withLength(bytes: Uint8Array): Uint8Array {
	const prefix: number[] = [];
	let rest = bytes.length;
	for (; rest > 0x7f; rest = Math.floor(rest / 128)) {
		prefix.push((rest % 128) | 0x80);
	}

	return concatBytes([Uint8Array.of(...prefix, rest), bytes]);
}

/** All of them, each with its length: no two lists give the same bytes (A.1.3, `lv_cat`). */
export function joinWithLengths(...parts: readonly Uint8Array[]): Uint8Array {
	return concatBytes(parts.map(part => withLength(part)));
}

/** What is hashed to the generator (A.2): the secret alone fills the first block, whatever its length. */
export function generatorText({
	secret,
	channel,
	session,
}: Pick<CpaceInputs, 'secret' | 'channel' | 'session'>): Uint8Array {
	const used = withLength(suite).length + withLength(secret).length + 1;
	const padding = new Uint8Array(Math.max(0, hashBlockBytes - used));
	return joinWithLengths(suite, secret, padding, channel, session);
}

/** The generator that only those with the secret know (§8.3). */
export function generatorOf(
	inputs: Pick<CpaceInputs, 'secret' | 'channel' | 'session'>,
): Element {
	return ristretto255_hasher.deriveToCurve!(sha512(generatorText(inputs)));
}

/** 252 random bits, little endian (§8.3, `sample_scalar`). */
export function scalarOf(bytes: Uint8Array): bigint {
	let scalar = 0n;
	for (const byte of bytes.toReversed()) scalar = (scalar << 8n) | BigInt(byte);
	return BigInt.asUintN(scalarBits, scalar);
}

/** The other side's share times our scalar; undefined for what no honest side sends (§8.3, `scalar_mult_vfy`). */
export function multiplyShare(
	scalar: bigint,
	share: Uint8Array,
): Uint8Array | undefined {
	let element: Element;
	try {
		element = Point.fromBytes(share);
	} catch {
		return undefined;
	}

	return element.is0() ? undefined : element.multiply(scalar).toBytes();
}

/** What was said: both shares with what goes with them (A.3.4, `transcript_ir`). */
const transcript = (
	{initiatorData, responderData}: CpaceInputs,
	initiatorShare: Uint8Array,
	responderShare: Uint8Array,
) =>
	joinWithLengths(initiatorShare, initiatorData, responderShare, responderData);

/** The key of both (§7.2, ISK). */
export function sessionKey(
	inputs: CpaceInputs,
	shared: Uint8Array,
	shares: {readonly initiator: Uint8Array; readonly responder: Uint8Array},
): Uint8Array {
	return sha512(
		concatBytes([
			joinWithLengths(keyLabel, inputs.session, shared),
			transcript(inputs, shares.initiator, shares.responder),
		]),
	);
}

/** Begins one exchange with a scalar of its own. */
export const startCpace: StartCpace = (role, inputs, random) => {
	const scalar = scalarOf(random(shareBytes));
	const share = generatorOf(inputs).multiply(scalar).toBytes();

	return {
		share,
		finish(theirs) {
			// It was sent back to us: nobody else has chosen it.
			if (equalBytesSecretly(theirs, share)) return undefined;
			const shared = multiplyShare(scalar, theirs);
			if (!shared) return undefined;
			const isInitiator = role === 'initiator';
			const shares = isInitiator
				? {initiator: share, responder: theirs}
				: {initiator: theirs, responder: share};
			const key = sessionKey(inputs, shared, shares);
			const tagKey = sha512(concatBytes([tagLabel, inputs.session, key]));
			const {initiatorData, responderData} = inputs;
			const initiatorTag = hmac(
				sha512,
				tagKey,
				joinWithLengths(shares.initiator, initiatorData),
			);
			const responderTag = hmac(
				sha512,
				tagKey,
				joinWithLengths(shares.responder, responderData),
			);
			const expected = isInitiator ? responderTag : initiatorTag;
			return {
				tag: isInitiator ? initiatorTag : responderTag,
				accepts: tag => equalBytesSecretly(tag, expected),
			};
		},
	};
};
