import {randomBytes} from 'node:crypto';
import {
	existsSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {
	type Listening,
	runPeer,
	runVerb,
	startListening,
	startPair,
	testFolder,
} from '../helpers/sockterm-program.js';
import {partsFolder} from '../helpers/transfer-invariants.js';
import {waitFor} from '../helpers/wait-for.js';

const MiB = 1024 * 1024;

const goodFile = () => {
	const path = join(testFolder(), 'good.bin');
	writeFileSync(path, randomBytes(2 * MiB + 1));
	return path;
};

const filesIn = (folder: string) =>
	readdirSync(folder).filter(name => name !== partsFolder);

const withoutPartial = new Set(['data-first', 'same-part']);

const bytesIn = (folder: string) =>
	existsSync(folder)
		? readdirSync(folder)
				.filter(name => name.endsWith('.part'))
				.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
		: 0;

/** Whatever a bad peer did, the next good one's file arrives. */
async function expectStillReceiving(listening: Listening): Promise<void> {
	const path = goodFile();
	const send = runVerb([
		'send',
		path,
		'--to',
		`127.0.0.1:${listening.tcpPort}`,
	]);
	expect(await send.exit, send.errors()).toMatchObject({code: 0});
	expect(
		readFileSync(join(listening.received, 'good.bin')).equals(
			readFileSync(path),
		),
	).toBe(true);
}

describe('a sender that goes on as nobody should', () => {
	const start = async (kind: string, before?: (folder: string) => void) => {
		const listening = await startListening(['--accept', 'all']);
		before?.(listening.received);
		const peer = runPeer('bad_resuming_sender.py', [
			'127.0.0.1',
			listening.tcpPort,
			kind,
		]);
		if (!withoutPartial.has(kind)) {
			await peer.waitForLine('"sent": 3');
			const parts = join(listening.received, partsFolder);
			await waitFor(
				() => bytesIn(parts) >= 3 * MiB,
				'three blocks on the disk',
			);
			peer.write('\n');
		}

		await peer.exit;
		return {listening, said: peer.lines.join('\n')};
	};

	test.each([
		'data-first',
		'unclaimed',
		'gap-not-held',
		'gap-inside',
		'not-passed',
	])('%s: the transfer ends, and nothing has a name', async kind => {
		const {listening, said} = await start(kind);
		if (!withoutPartial.has(kind)) expect(said).toContain('"held": 3');
		expect(said).toContain('"laneClosed"');
		expect(said).toContain('"name": "cancel"');
		expect(filesIn(listening.received)).toStrictEqual([]);
		await expectStillReceiving(listening);
	});

	test('same-part: a file that is there is not touched', async () => {
		const content = randomBytes(5 * MiB);
		const {listening, said} = await start('same-part', folder => {
			writeFileSync(join(folder, 'five-blocks.bin'), content);
		});
		expect(said).toContain('"same": [0]');
		expect(said).toContain('"laneClosed"');
		expect(said).toContain('"name": "cancel"');
		expect(filesIn(listening.received)).toStrictEqual(['five-blocks.bin']);
		const path = join(listening.received, 'five-blocks.bin');
		expect(readFileSync(path).equals(content)).toBe(true);
		await expectStillReceiving(listening);
	});

	test.each(['other-names', 'other-sizes'])(
		'%s: what was not approved is not taken, and the session ends',
		async kind => {
			const {listening, said} = await start(kind);
			expect(said.match(/"name": "accept"/g)).toHaveLength(1);
			expect(said).toContain('"name": "error"');
			expect(said).toContain('"closed": true');
			expect(filesIn(listening.received)).toStrictEqual([]);
			await expectStillReceiving(listening);
		},
	);

	test('foreign: what one has begun is no other’s to go on with', async () => {
		const {listening, said} = await start('foreign');
		expect(said).not.toContain('"other": "accept"');
		expect(said).toContain('"otherClosed": true');
		const answer = said.split('\n').find(line => line.includes('"third"'));
		expect(answer).toContain('"accept"');
		expect(answer).not.toContain('"held"');
		await expectStillReceiving(listening);
	});
});

describe('a receiver that says it has what it has not', () => {
	test.each([
		['unannounced', '"laneClosed": true'],
		['too-many', '"laneClosed": true'],
		['endless', '"laneClosed": true'],
		['twice', '"laneClosed": true'],
		['no-such-entry', '"closed": true'],
		['same-and-held', '"closed": true'],
	])('%s', async (kind, ending) => {
		const {alice, bob} = await startPair();
		const folder = testFolder();
		// One block: HELD of more is a lie.
		const path = join(folder, 'block.bin');
		writeFileSync(path, randomBytes(MiB));
		const peer = runPeer('bad_resuming_receiver.py', [
			'127.0.0.1',
			alice.tcpPort,
			kind,
		]);
		await alice.waitFor('half');
		alice.enter(`/send half ${path}`);
		await peer.exit;
		expect(peer.lines.join('\n')).toContain(ending);

		const good = goodFile();
		alice.enter(`/send bob ${good}`);
		await bob.waitFor('good.bin');
		bob.enter('/accept');
		await waitFor(
			() => filesIn(bob.received).includes('good.bin'),
			'the good file',
			20_000,
		);
		expect(
			readFileSync(join(bob.received, 'good.bin')).equals(readFileSync(good)),
		).toBe(true);
	});
});
