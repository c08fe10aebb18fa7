/** Files that somebody may have written over: journals, pins, snippets, the key; and the packets that captures are made of. */
import {createPrivateKey} from 'node:crypto';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {SocktermError} from '../../../source/errors.js';
import {
	addressBytes,
	tcpPacket,
	udpPacket,
} from '../../../source/protocol/packet-headers.js';
import {
	enhancedPacket,
	interfaceDescription,
	sectionHeader,
} from '../../../source/protocol/pcapng.js';
import {createCertificate} from '../../../source/storage/certificate.js';
import {loadIdentity} from '../../../source/storage/identity.js';
import {createNotebook} from '../../../source/storage/notebook.js';
import {
	decodeFolderJournal,
	decodePartJournal,
	encodeFolderJournal,
	encodePartJournal,
} from '../../../source/storage/part-journal.js';
import {createPins} from '../../../source/storage/pins.js';
import {readSafeName} from '../../../source/storage/receive-name.js';
import {checkSafe} from '../safe-output.js';
import type {FuzzTarget} from '../target.js';

const peerId = 'ab'.repeat(32) as never;
const encode = (value: unknown) =>
	new TextEncoder().encode(JSON.stringify(value));

const journals: FuzzTarget = {
	name: 'journals of partial files',
	weight: 8,
	legal: chance =>
		chance.below(2) === 0
			? encodePartJournal({
					peerId,
					suggested: chance.pick([['a'], ['b', '..'], ['\u202e']]),
					sizeBytes: chance.pick([0, 5, 2 ** 40]),
					mtimeMs: 1.5,
				})
			: encodeFolderJournal({
					peerId,
					suggested: 'x',
					name: readSafeName('x')!,
					dev: 1n,
					ino: 2n ** 63n,
				}),
	read(pieces) {
		const bytes = Buffer.concat(pieces);
		const part = decodePartJournal(bytes);
		const folder = decodeFolderJournal(bytes);
		if (folder) checkSafe(folder.name, 'the name of a folder');
		if (part && !Number.isSafeInteger(part.sizeBytes)) {
			throw new Error('A size that is none.');
		}

		return [part, folder];
	},
};

/** A file of the state folder that is read as a program reads it when it starts. */
const stateFile = (
	name: string,
	fileName: string,
	examples: readonly unknown[],
	load: (folder: string) => Promise<unknown>,
): FuzzTarget => ({
	name,
	weight: 1,
	legal: chance => {
		const example = chance.pick(examples);
		return typeof example === 'string'
			? new TextEncoder().encode(example)
			: encode(example);
	},
	async read(pieces) {
		const folder = join(stateFolder(), fileName);
		rmSync(folder, {recursive: true, force: true});
		mkdirSync(folder, {mode: 0o700});
		writeFileSync(join(folder, fileName), Buffer.concat(pieces), {mode: 0o600});
		try {
			return await load(folder);
		} catch (error) {
			if (!(error instanceof SocktermError)) throw error;
			return error.info.code;
		}
	},
});

let stateFolder = (): string => {
	throw new Error('Nowhere to write: call writeIn first.');
};

/** Where the files are written that are read. */
export function writeIn(folder: string): void {
	stateFolder = () => folder;
}

const captured: FuzzTarget = {
	name: 'packets of captures',
	weight: 4,
	legal: chance =>
		new TextEncoder().encode(
			chance.pick(['1.2.3.4', '::1', 'fe80::1%eth0', '::ffff:1.2.3.4', 'x']),
		),
	read(pieces) {
		const bytes = Buffer.concat(pieces);
		const host = bytes.toString();
		const address = addressBytes(host);
		const one = {host, port: bytes.length};
		const other = {host: '10.0.0.1', port: 1};
		const packets = [
			tcpPacket(
				one,
				other,
				{sequence: bytes.length, acknowledged: 0, flags: ['ACK']},
				bytes,
			),
			udpPacket(one, other, bytes),
		];
		const blocks = [
			sectionHeader(host),
			interfaceDescription(101, host),
			...packets.map(packet =>
				enhancedPacket({
					at: bytes.length,
					bytes: packet,
					direction: 'in',
					comments: [host],
				}),
			),
		];
		for (const block of blocks) {
			const view = new DataView(block.buffer, block.byteOffset, block.length);
			const length = view.getUint32(4, true);
			if (length !== block.length || length % 4 !== 0) {
				throw new Error('A block of another length.');
			}

			if (view.getUint32(length - 4, true) !== length) {
				throw new Error('A block that ends otherwise.');
			}
		}

		return [address, blocks];
	},
};

/** The same in every run (RFC 8410, section 7). */
const key = createPrivateKey({
	key: Buffer.concat([
		Buffer.from('302e020100300506032b657004220420', 'hex'),
		Buffer.alloc(32, 7),
	]),
	format: 'der',
	type: 'pkcs8',
});

export const fileTargets: readonly FuzzTarget[] = [
	journals,
	captured,
	stateFile(
		'the file of verified peers',
		'trust.json',
		[
			{version: 1, pins: [], blockedKeys: [], blockedAddresses: []},
			{
				version: 1,
				pins: [
					{
						peerId,
						petname: 'bob',
						addedAt: 5,
						target: {host: 'h', port: 1},
						host: 'h',
					},
				],
				blockedKeys: [peerId],
				blockedAddresses: ['1.2.3.4'],
			},
		],
		async folder => createPins(folder).load(),
	),
	stateFile(
		'the file of snippets and addresses',
		'notebook.json',
		[
			{
				version: 1,
				snippets: [{name: 'a', line: '\\x01', notation: 'escapes', key: 1}],
				addresses: [{name: 'b', target: {kind: 'raw', host: 'h', port: 80}}],
			},
		],
		async folder => createNotebook(folder).load(),
	),
	stateFile(
		'the file of the own key',
		'identity.pem',
		[key.export({type: 'pkcs8', format: 'pem'}), createCertificate(key)],
		async folder => (await loadIdentity(folder)).peerId,
	),
];
