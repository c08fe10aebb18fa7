/**
 * Who we are: an Ed25519 key, kept in `identity.pem` in the state folder, and
 * the certificate that follows from it. A damaged file is an error and is never
 * written over: a new key would silently make us somebody else. Invariants: the
 * file is readable by its owner alone, and of several programs that start at
 * once exactly one makes the key and all use it.
 */
import {
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	randomBytes,
	type KeyObject,
} from 'node:crypto';
import {constants} from 'node:fs';
import {
	chmod,
	copyFile,
	link,
	open,
	readdir,
	stat,
	unlink,
} from 'node:fs/promises';
import {basename, join} from 'node:path';
import type {PeerId} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {toHex} from '../util/bytes.js';
import {createCertificate} from './certificate.js';
import {createDirectory, syncDirectory} from './directory.js';
import {errnoOf, lacksHardLinks} from './storage-errors.js';
import {nodeFiles} from './storage-files.js';

export interface Identity {
	readonly peerId: PeerId;
	/** PKCS #8. */
	readonly privateKeyPem: string;
	/** Self-signed X.509. */
	readonly certificatePem: string;
}

const fileName = 'identity.pem';
const maxFileBytes = 4096;

/** A fresh identity that is kept nowhere. */
export function createIdentity(): Identity {
	return identityOf(generateKeyPairSync('ed25519').privateKey);
}

/** The identity of a state folder, made on first use. Throws stateFolderUnusable, identityUnusable. */
export async function loadIdentity(stateFolder: string): Promise<Identity> {
	const path = join(stateFolder, fileName);
	try {
		await prepareFolder(stateFolder);
		return (await readIdentity(path)) ?? (await writeIdentity(stateFolder));
	} catch (cause) {
		if (cause instanceof SocktermError) throw cause;
		throw new SocktermError(
			'stateFolderUnusable',
			{path: stateFolder, what: errnoOf(cause) ?? 'unknown'},
			{cause},
		);
	}
}

function identityOf(privateKey: KeyObject): Identity {
	const {x = ''} = createPublicKey(privateKey).export({format: 'jwk'});
	return {
		peerId: toHex(Buffer.from(x, 'base64url')) as PeerId,
		privateKeyPem: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
		certificatePem: createCertificate(privateKey),
	};
}

async function prepareFolder(path: string): Promise<void> {
	await createDirectory(nodeFiles, path, 0o700);
	const {mode} = await stat(path);
	if (process.platform === 'win32' || (mode & 0o077) === 0) return;
	// A folder that is empty or bears our name is ours to close. Another one may be
	// shared with something (`--state-dir /tmp`); there the mode of the file must do.
	const entries = await readdir(path);
	if (basename(path) === 'sockterm' || entries.length === 0)
		await chmod(path, 0o700);
}

/** Undefined where there is no file yet. */
async function readIdentity(path: string): Promise<Identity | undefined> {
	const unusable = (what: string, cause?: unknown) =>
		new SocktermError('identityUnusable', {path, what}, {cause});
	let file;
	try {
		// Non-blocking, so that a FIFO planted there cannot hold us up.
		file = await open(
			path,
			constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
		);
	} catch (cause) {
		const errno = errnoOf(cause);
		if (errno === 'ENOENT') return undefined;
		throw unusable(errno ?? 'unknown', cause);
	}

	try {
		const status = await file.stat();
		if (!status.isFile() || status.size > maxFileBytes)
			throw unusable('damaged');
		const user = process.getuid?.();
		// Who owns the file knows the key.
		if (user !== undefined && status.uid !== user) throw unusable('owner');
		if (user !== undefined && (status.mode & 0o077) !== 0)
			await file.chmod(0o600);
		const privateKey = createPrivateKey(await file.readFile());
		if (privateKey.asymmetricKeyType !== 'ed25519') throw unusable('damaged');
		return identityOf(privateKey);
	} catch (cause) {
		throw cause instanceof SocktermError ? cause : unusable('damaged', cause);
	} finally {
		await file.close();
	}
}

/** Makes an identity, or takes that of a program which was faster. */
async function writeIdentity(stateFolder: string): Promise<Identity> {
	const path = join(stateFolder, fileName);
	const temporary = join(
		stateFolder,
		`.identity-${randomBytes(12).toString('hex')}`,
	);
	const identity = createIdentity();
	const file = await open(temporary, 'wx', 0o600);
	try {
		try {
			await file.writeFile(identity.privateKeyPem);
			await file.sync();
		} finally {
			await file.close();
		}

		await linkOrCopy(temporary, path);
		await syncDirectory(nodeFiles, stateFolder);
		return identity;
	} catch (error) {
		if (errnoOf(error) !== 'EEXIST') throw error;
		const theirs = await readIdentity(path);
		if (!theirs) throw error;
		return theirs;
	} finally {
		await unlink(temporary);
	}
}

async function linkOrCopy(from: string, to: string): Promise<void> {
	try {
		await link(from, to);
	} catch (error) {
		if (!lacksHardLinks(error)) throw error;
		// Never over a file that is there; a reader may see it half written, once in its life.
		await copyFile(from, to, constants.COPYFILE_EXCL);
	}
}
