/**
 * Signatures with the key of an identity: Ed25519 (RFC 8032), whose public half is the
 * PeerId. Decides nothing about what is signed. Invariant: what is no key, or no
 * signature, is a wrong signature and not an error.
 */
import {createPrivateKey, createPublicKey, sign, verify} from 'node:crypto';
import type {PeerId, Signing} from '../engine/ports.js';
import type {Identity} from './identity.js';

/** A member's key is used for each of its messages; making it costs as much as using it. */
const keysRemembered = 256;

function publicKeyOf(author: PeerId) {
	const x = Buffer.from(author, 'hex').toString('base64url');
	return createPublicKey({
		key: {kty: 'OKP', crv: 'Ed25519', x},
		format: 'jwk',
	});
}

export function createSigning({
	privateKeyPem,
}: Pick<Identity, 'privateKeyPem'>): Signing {
	const privateKey = createPrivateKey(privateKeyPem);
	const keys = new Map<PeerId, ReturnType<typeof createPublicKey>>();
	const keyOf = (author: PeerId) => {
		const held = keys.get(author);
		if (held) return held;
		const made = publicKeyOf(author);
		if (keys.size >= keysRemembered) keys.clear();
		keys.set(author, made);
		return made;
	};

	return {
		sign: bytes => new Uint8Array(sign(null, bytes, privateKey)),
		verify(author, bytes, signature) {
			try {
				return verify(null, bytes, keyOf(author), signature);
			} catch {
				return false;
			}
		},
	};
}
