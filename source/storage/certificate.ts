/**
 * Makes the self-signed certificate under which a key speaks TLS. It carries the
 * key and nothing else: no host, user or nick, and dates wide enough that no
 * clock matters. Invariant: the same key always gives the same certificate
 * (Ed25519 signatures are deterministic), so only the key is ever stored.
 */
import {createHash, createPublicKey, sign, type KeyObject} from 'node:crypto';
import {
	bitString,
	boolean,
	explicit,
	generalizedTime,
	integer,
	objectId,
	octetString,
	sequence,
	set,
	utcTime,
	utf8String,
} from './der.js';

// RFC 8410 §3: id-Ed25519, without parameters.
const ed25519 = sequence(objectId(1, 3, 101, 112));
const name = sequence(
	set(sequence(objectId(2, 5, 4, 3), utf8String('sockterm'))),
);
// RFC 5280 §4.1.2.5: 1970 as UTCTime; the last moment of 9999 means "no end".
const validity = sequence(
	utcTime('700101000000Z'),
	generalizedTime('99991231235959Z'),
);
// RFC 5280 §4.2.1.9 and §4.2.1.3, both critical: no authority; signs only.
const extensions = explicit(
	3,
	sequence(
		sequence(objectId(2, 5, 29, 19), boolean(true), octetString(sequence())),
		sequence(
			objectId(2, 5, 29, 15),
			boolean(true),
			octetString(bitString(Uint8Array.of(0x80), 7)),
		),
	),
);

/** A self-signed X.509 v3 certificate (RFC 5280, RFC 8410) for an Ed25519 private key, as PEM. */
export function createCertificate(privateKey: KeyObject): string {
	const publicKey = createPublicKey(privateKey).export({
		type: 'spki',
		format: 'der',
	});
	// 16 bytes of a hash, its first byte within 0x40–0x7f: positive and never shorter.
	const serial = createHash('sha256')
		.update(publicKey)
		.digest()
		.subarray(0, 16);
	serial[0] = (serial[0]! & 0x3f) | 0x40;
	const body = sequence(
		explicit(0, integer(Uint8Array.of(2))),
		integer(serial),
		ed25519,
		name,
		validity,
		name,
		publicKey,
		extensions,
	);
	const certificate = sequence(
		body,
		ed25519,
		bitString(sign(null, body, privateKey)),
	);
	const base64 = Buffer.from(certificate).toString('base64');
	const lines = base64.match(/.{1,64}/g) ?? [];
	return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
