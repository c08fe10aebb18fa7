/**
 * What both sides of a pairing put into the exchange. Who is in the middle has
 * another connection, and so another exporter, with each of them; who has another
 * key, or changed a HELLO on its way, has other identities or other data. Each of
 * these makes another key out of the right code.
 */
import {sha512} from '@noble/hashes/sha2.js';
import {concatBytes} from '../util/bytes.js';
import {joinWithLengths, type CpaceInputs} from './cpace.js';

/** RFC 8446 §7.5: so many bytes of this label, at both ends of the control connection. */
export const exporterLabel = 'EXPORTER-sockterm-pairing';
export const exporterBytes = 32;

export interface PairingSide {
	/** The raw public key: 32 bytes. */
	readonly peerId: Uint8Array;
	/** The payload of its HELLO, as it was on the wire. */
	readonly hello: Uint8Array;
}

export interface PairingTry {
	readonly exporter: Uint8Array;
	/** Who typed the code (the initiator of the exchange), and who shows it. */
	readonly typing: PairingSide;
	readonly showing: PairingSide;
	readonly code: string;
	readonly round: number;
	readonly attempt: number;
}

const encoder = new TextEncoder();
const ascii = (text: string) => encoder.encode(text);

/** The inputs of one attempt. No two attempts of a connection have the same. */
export function pairingInputs(one: PairingTry): CpaceInputs {
	const {exporter, typing, showing, code, round, attempt} = one;
	const dataOf = (role: string) =>
		sha512(joinWithLengths(ascii(role), typing.hello, showing.hello));
	return {
		secret: ascii(`sockterm/1 pairing code ${code}`),
		channel: joinWithLengths(
			ascii('typing'),
			typing.peerId,
			ascii('showing'),
			showing.peerId,
		),
		session: concatBytes([exporter, Uint8Array.of(round, attempt)]),
		initiatorData: dataOf('typing'),
		responderData: dataOf('showing'),
	};
}

const codeDigits = 6;
const codes = 10 ** codeDigits;

/** Six digits, each million of them as likely as any other. */
export function createPairingCode(
	random: (length: number) => Uint8Array,
): string {
	// Of 2^24 numbers the last ones would make some codes likelier.
	const fair = Math.floor(2 ** 24 / codes) * codes;
	for (;;) {
		const [high = 0, middle = 0, low = 0] = random(3);
		const number = high * 65_536 + middle * 256 + low;
		if (number < fair) return String(number % codes).padStart(codeDigits, '0');
	}
}

/** The digits of what somebody typed, with any spaces and dashes between them; undefined where it is no code. */
export function readPairingCode(text: string): string | undefined {
	const digits = text.replaceAll(/[\s-]/g, '');
	return /^\d{6}$/.test(digits) ? digits : undefined;
}
