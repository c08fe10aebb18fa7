/** Real Ed25519 keys that are the same in every run. */
import {createHash, createPrivateKey, createPublicKey} from 'node:crypto';
import type {PeerId, Signing} from '../../source/engine/ports.js';
import {createSigning} from '../../source/storage/signing.js';

export interface Signer extends Signing {
	readonly peerId: PeerId;
}

/** RFC 8410: what stands before the 32 bytes of a private key. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

export function signerOf(name: string): Signer {
	const seed = createHash('sha256').update(`key of ${name}`).digest();
	const key = createPrivateKey({
		key: Buffer.concat([pkcs8Head, seed]),
		format: 'der',
		type: 'pkcs8',
	});
	const {x = ''} = createPublicKey(key).export({format: 'jwk'});
	const peerId = Buffer.from(x, 'base64url').toString('hex') as PeerId;
	const privateKeyPem = key.export({type: 'pkcs8', format: 'pem'}).toString();
	return {peerId, ...createSigning({privateKeyPem})};
}
