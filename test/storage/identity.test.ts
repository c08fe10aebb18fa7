import {generateKeyPairSync} from 'node:crypto';
import {
	chmod,
	mkdir,
	readFile,
	readdir,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {createIdentity, loadIdentity} from '../../source/storage/identity.js';
import {errorOf, temporaryFolder} from './helpers.js';

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

it('gives a new identity each time, with a key of 32 bytes', () => {
	const identity = createIdentity();
	expect(identity.peerId).toMatch(/^[\da-f]{64}$/);
	expect(createIdentity().peerId).not.toBe(identity.peerId);
});

it('makes the identity once, private to its owner', async () => {
	const folder = join(await temporaryFolder(), 'deep', 'state');
	const first = await loadIdentity(folder);
	expect(await loadIdentity(folder)).toEqual(first);
	expect(await readdir(folder)).toEqual(['identity.pem']);
	expect(await modeOf(folder)).toBe(0o700);
	expect(await modeOf(join(folder, 'identity.pem'))).toBe(0o600);
});

it('gives programs that start at once the same identity', async () => {
	const folder = join(await temporaryFolder(), 'state');
	const all = await Promise.all(
		Array.from({length: 8}, async () => loadIdentity(folder)),
	);
	expect(new Set(all.map(identity => identity.peerId)).size).toBe(1);
	expect(await readdir(folder)).toEqual(['identity.pem']);
});

it('tightens loose permissions', async () => {
	const folder = join(await temporaryFolder(), 'sockterm');
	const {peerId} = await loadIdentity(folder);
	await chmod(folder, 0o777);
	await chmod(join(folder, 'identity.pem'), 0o644);
	expect((await loadIdentity(folder)).peerId).toBe(peerId);
	expect(await modeOf(folder)).toBe(0o700);
	expect(await modeOf(join(folder, 'identity.pem'))).toBe(0o600);
});

it('leaves the mode of a folder that it may share with others', async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, 'other'), '');
	await chmod(folder, 0o755);
	await loadIdentity(folder);
	await loadIdentity(folder);
	expect(await modeOf(folder)).toBe(0o755);
	expect(await modeOf(join(folder, 'identity.pem'))).toBe(0o600);
});

const rsa = generateKeyPairSync('rsa', {modulusLength: 2048})
	.privateKey.export({type: 'pkcs8', format: 'pem'})
	.toString();
it.each([
	['empty', ''],
	['garbage', 'not a key'],
	['cut short', createIdentity().privateKeyPem.slice(0, 60)],
	['of another kind', rsa],
	['huge', 'x'.repeat(5000)],
])('never writes over a file that is %s', async (_, content) => {
	const folder = await temporaryFolder();
	const path = join(folder, 'identity.pem');
	await writeFile(path, content);
	expect(await errorOf(loadIdentity(folder))).toMatchObject({
		code: 'identityUnusable',
		details: {path},
	});
	expect(await readFile(path, 'utf8')).toBe(content);
	expect(await readdir(folder)).toEqual(['identity.pem']);
});

it('follows no link and takes no folder for the file', async () => {
	const [linked, other, wrong] = [
		await temporaryFolder(),
		await temporaryFolder(),
		await temporaryFolder(),
	];
	await loadIdentity(other);
	await symlink(join(other, 'identity.pem'), join(linked, 'identity.pem'));
	await mkdir(join(wrong, 'identity.pem'));
	for (const folder of [linked, wrong])
		expect((await errorOf(loadIdentity(folder))).code).toBe('identityUnusable');
});

it('says when the state folder cannot be used', async () => {
	const path = join(await temporaryFolder(), 'file');
	await writeFile(path, '');
	for (const folder of [path, join(path, 'below'), '/proc/nowhere'])
		expect(await errorOf(loadIdentity(folder))).toMatchObject({
			code: 'stateFolderUnusable',
			details: {path: folder},
		});
});
