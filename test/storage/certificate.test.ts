import {execFile} from 'node:child_process';
import {createPrivateKey, X509Certificate} from 'node:crypto';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import * as tls from 'node:tls';
import {promisify} from 'node:util';
import {expect, it} from 'vitest';
import {createCertificate} from '../../source/storage/certificate.js';
import {createIdentity, type Identity} from '../../source/storage/identity.js';

const run = promisify(execFile);
const hasOpenssl = await run('openssl', ['version']).then(
	() => true,
	() => false,
);

function keyOf(certificate: X509Certificate): string {
	const {x = ''} = certificate.publicKey.export({format: 'jwk'});
	return Buffer.from(x, 'base64url').toString('hex');
}

const credentials = (identity: Identity) => ({
	key: identity.privateKeyPem,
	cert: identity.certificatePem,
	minVersion: 'TLSv1.3' as const,
	rejectUnauthorized: false,
});

it('is accepted by both sides of TLS 1.3 and shows each the key of the other', async () => {
	const [listening, dialling] = [createIdentity(), createIdentity()];
	const server = tls.createServer({
		...credentials(listening),
		requestCert: true,
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const accepted = once(server, 'secureConnection') as Promise<[tls.TLSSocket]>;
	const client = tls.connect({
		...credentials(dialling),
		host: '127.0.0.1',
		port,
	});
	const [[inbound]] = await Promise.all([
		accepted,
		once(client, 'secureConnect'),
	]);
	try {
		expect(client.getProtocol()).toBe('TLSv1.3');
		expect(keyOf(client.getPeerX509Certificate()!)).toBe(listening.peerId);
		expect(keyOf(inbound.getPeerX509Certificate()!)).toBe(dialling.peerId);
	} finally {
		client.destroy();
		inbound.destroy();
		server.close();
		await once(server, 'close');
	}
});

it('is signed by its own key, names nobody, and outlives every clock', () => {
	const identity = createIdentity();
	const certificate = new X509Certificate(identity.certificatePem);
	expect(certificate.verify(certificate.publicKey)).toBe(true);
	expect(certificate.subject).toBe('CN=sockterm');
	expect(certificate.issuer).toBe('CN=sockterm');
	expect(certificate.subjectAltName).toBeUndefined();
	expect(certificate.ca).toBe(false);
	expect(certificate.validFromDate.getTime()).toBe(0);
	expect(certificate.validToDate.getUTCFullYear()).toBe(9999);
	expect(certificate.serialNumber).toMatch(/^[4-7][\dA-F]{31}$/);
});

it('is the same each time for the same key', () => {
	const identity = createIdentity();
	const key = createPrivateKey(identity.privateKeyPem);
	expect(createCertificate(key)).toBe(identity.certificatePem);
	expect(createIdentity().certificatePem).not.toBe(identity.certificatePem);
});

it.skipIf(!hasOpenssl)('is read and verified by openssl', async () => {
	const child = run('openssl', ['x509', '-noout', '-text']);
	child.child.stdin!.end(createIdentity().certificatePem);
	const {stdout} = await child;
	expect(stdout).toContain('Version: 3 (0x2)');
	expect(stdout).toContain('Signature Algorithm: ED25519');
	expect(stdout).toMatch(/Not Before: Jan {2}1 00:00:00 1970 GMT/);
	expect(stdout).toMatch(/Not After : Dec 31 23:59:59 9999 GMT/);
	expect(stdout).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
	expect(stdout).toMatch(/Key Usage: critical\s+Digital Signature\n/);
});
