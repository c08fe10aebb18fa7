import {describe, expect, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import {concatBytes} from '../../../source/util/bytes.js';
import {
	answer,
	createClassicWorld,
	gbk,
	prompt,
	sizeOf,
} from './classic-helpers.js';
import {bytesOf, digestOf, isSame} from '../transfers/transfer-helpers.js';

const nothingLeft = ({
	alice,
	world,
}: Awaited<ReturnType<typeof createClassicWorld>>) => {
	expect(alice.folder.openParts()).toBe(0);
	expect(alice.folder.openDeliveries()).toBe(0);
	expect(alice.folder.partials().size).toBe(0);
	expect(world.hub.openConnections()).toBe(0);
};

describe('a file from a classic sender', () => {
	test.each([0, 1, 2048, 300_003])('of %i bytes is saved', async size => {
		const classic = await createClassicWorld();
		const {alice, announce, answered} = classic;
		const bytes = bytesOf(size);
		const sender = await announce('报告.txt', size);
		await answered(sender);
		expect(sender.recorder.bytes()).toEqual(concatBytes([prompt, answer]));
		sender.connection.write(bytes);
		sender.connection.end();
		const {savedAs, digest} = await alice.until('transfer/entrySaved');
		expect(savedAs).toBe('报告.txt');
		expect(digest).toBe(await digestOf(bytes));
		expect(isSame(alice.folder.saved.get('报告.txt'), bytes)).toBe(true);
		await alice.until('peer/left');
		await classic.world.settle();
		nothingLeft(classic);
	});

	test('is shown as a PLAIN transfer of a PLAIN peer, from offer to end', async () => {
		const {alice, announce, answered, world} = await createClassicWorld();
		const sender = await announce('a.bin', 5000);
		await answered(sender);
		sender.connection.write(bytesOf(3000));
		await world.pass(limits.progressMs);
		sender.connection.write(bytesOf(2000));
		await alice.until('transfer/finished');
		const {peer} = alice.of('peer/connected')[0]!;
		expect(alice.of('peer/connected')).toMatchObject([
			{kind: 'raw', trust: 'PLAIN', direction: 'in', encrypted: false},
		]);
		expect(alice.of('transfer/offered')).toMatchObject([
			{
				peer,
				direction: 'in',
				trust: 'PLAIN',
				totalBytes: 5000,
				entries: [{name: 'a.bin', sizeBytes: 5000}],
			},
		]);
		expect(alice.of('transfer/accepted')).toHaveLength(1);
		expect(alice.of('transfer/progressed')[0]).toMatchObject({
			movedBytes: 3000,
		});
		expect(alice.of('transfer/finished')[0]?.outcome).toEqual({
			kind: 'saved',
			saved: 1,
		});
	});

	test('gets a number where its name is taken', async () => {
		const {alice, announce, answered} = await createClassicWorld();
		alice.folder.put('a.txt', gbk('old'));
		const sender = await announce('a.txt', 3);
		await answered(sender);
		sender.connection.write(gbk('new'));
		const {savedAs} = await alice.until('transfer/entrySaved');
		expect(savedAs).toBe('a (1).txt');
		expect(alice.folder.saved.get('a.txt')).toEqual(gbk('old'));
	});

	test('may say name and size apart, and slowly', async () => {
		const {alice, connectSender, world, answered} = await createClassicWorld();
		const sender = await connectSender();
		sender.connection.write(gbk('很长的名字.txt'));
		await world.pass(5 * limits.classicQuietMs, limits.classicQuietMs);
		sender.connection.write(sizeOf(2));
		await world.pass(limits.classicQuietMs);
		await answered(sender);
		sender.connection.write(gbk('ok'));
		const {savedAs} = await alice.until('transfer/entrySaved');
		expect(savedAs).toBe('很长的名字.txt');
	});

	test('has no name before all of it is here', async () => {
		const {alice, announce, answered, world} = await createClassicWorld();
		const sender = await announce('a', 10);
		await answered(sender);
		sender.connection.write(bytesOf(9));
		await world.settle();
		expect(alice.folder.saved.size).toBe(0);
		expect(alice.folder.openParts()).toBe(1);
		sender.connection.write(bytesOf(1));
		await alice.until('transfer/entrySaved');
	});

	test('is saved without what comes beyond its size, and that is said', async () => {
		const classic = await createClassicWorld();
		const {alice, announce, answered} = classic;
		const sender = await announce('a', 3);
		await answered(sender);
		sender.connection.write(gbk('abc+more'));
		sender.connection.end();
		const {error} = await alice.until('stream/problem');
		expect(error).toMatchObject({
			code: 'classicBeyond',
			details: {file: 'a', beyondBytes: 5, sizeBytes: 3},
		});
		expect(alice.folder.saved.get('a')).toEqual(gbk('abc'));
		await classic.world.settle();
		nothingLeft(classic);
	});

	test('is not waited for by a sender that never stops', async () => {
		const {alice, announce, answered} = await createClassicWorld();
		const sender = await announce('a', 0);
		await answered(sender);
		sender.connection.write(new Uint8Array(limits.classicBeyondBytes + 1));
		await alice.until('peer/left');
		expect(alice.folder.saved.has('a')).toBe(true);
	});
});

describe('what does not come whole', () => {
	test.each(['ends', 'resets'] as const)(
		'is told and leaves nothing when the sender %s',
		async how => {
			const classic = await createClassicWorld();
			const {alice, announce, answered} = classic;
			const size = 3 * limits.blockBytes;
			const sender = await announce('a.bin', size);
			await answered(sender);
			sender.connection.write(bytesOf(2 * limits.blockBytes));
			await classic.world.settle();
			expect(alice.folder.openParts()).toBe(1);
			if (how === 'ends') sender.connection.end();
			else sender.connection.reset();
			const {error} = await alice.until('transfer/entryFailed');
			expect(error).toMatchObject({
				code: 'classicIncomplete',
				details: {
					name: 'a.bin',
					sizeBytes: size,
					movedBytes: 2 * limits.blockBytes,
				},
			});
			await alice.until('peer/left');
			await classic.world.settle();
			expect(alice.folder.saved.size).toBe(0);
			nothingLeft(classic);
		},
	);

	test('is given up when nothing comes for a while', async () => {
		const classic = await createClassicWorld();
		const {alice, announce, answered, world} = classic;
		const sender = await announce('a', 10);
		await answered(sender);
		await world.pass(2 * limits.classicStallMs, limits.classicStallMs / 4);
		expect(alice.of('transfer/entryFailed')[0]?.error.code).toBe('peerSilent');
		await sender.recorder.saw('closed');
		await world.settle();
		nothingLeft(classic);
	});

	test('is discarded where the disk fails', async () => {
		const classic = await createClassicWorld();
		const {alice, announce, answered} = classic;
		alice.folder.failWrites('a', 'storageFailed');
		const sender = await announce('a', 10);
		await answered(sender);
		sender.connection.write(bytesOf(5));
		const {error} = await alice.until('transfer/entryFailed');
		expect(error.code).toBe('storageFailed');
		await sender.recorder.saw('closed');
		expect(sender.recorder.closes[0]?.code).toBe('connectionReset');
		await classic.world.settle();
		nothingLeft(classic);
	});
});

describe('what is not taken', () => {
	test.each([
		['../x', 'nameRefused'],
		['a\\b', 'nameRefused'],
		['C:evil', 'nameRefused'],
		['..', 'nameRefused'],
		['.bashrc', 'nameFlagged'],
		['autorun.inf', 'nameFlagged'],
	])('the name %s', async (name, code) => {
		const classic = await createClassicWorld();
		const {alice, announce} = classic;
		const sender = await announce(name, 3);
		const {error} = await alice.until('transfer/entryFailed');
		expect(error.code).toBe(code);
		const {outcome} = await alice.until('transfer/finished');
		expect(outcome).toMatchObject({kind: 'failed', saved: 0});
		await sender.recorder.saw('closed');
		expect(sender.recorder.bytes()).toEqual(prompt);
		expect(alice.folder.partsCreated()).toBe(0);
		await classic.world.settle();
		nothingLeft(classic);
	});

	test('the name of a device is made harmless', async () => {
		const {alice, announce, answered} = await createClassicWorld();
		const sender = await announce('CON', 1);
		await answered(sender);
		sender.connection.write(gbk('x'));
		expect((await alice.until('transfer/entrySaved')).savedAs).toBe('_CON');
	});

	test('a file larger than the free space', async () => {
		const {alice, announce} = await createClassicWorld();
		alice.folder.free = 999;
		await announce('big', 1000);
		const {error} = await alice.until('transfer/entryFailed');
		expect(error).toMatchObject({
			code: 'diskFull',
			details: {neededBytes: 1000, freeBytes: 999},
		});
		expect(alice.folder.partsCreated()).toBe(0);
	});

	test.each([
		['a negative size', gbk('a.txt'), -1n, 'classicSizeWrong'],
		['an absurd size', gbk('a.txt'), 2n ** 60n, 'classicSizeWrong'],
		[
			'an undecodable name',
			Uint8Array.of(0xff, 0xff),
			3n,
			'classicNameUndecodable',
		],
	])('%s', async (_what, name, size, code) => {
		const classic = await createClassicWorld();
		const {alice, announce} = classic;
		const sender = await announce(name, size);
		expect((await alice.until('stream/problem')).error.code).toBe(code);
		await sender.recorder.saw('closed');
		expect(alice.of('transfer/offered')).toEqual([]);
		await classic.world.settle();
		nothingLeft(classic);
	});

	test.each(['ends', 'resets'] as const)(
		'a sender that %s before it has said anything',
		async how => {
			const {alice, connectSender} = await createClassicWorld();
			const {connection} = await connectSender();
			if (how === 'ends') connection.end();
			else connection.reset();
			const {error} = await alice.until('stream/problem');
			expect(error.code).toBe('classicHeaderMissing');
			await alice.until('peer/left');
		},
	);

	test('more senders at once than there may be', async () => {
		const {alice, connectSender, target, world} = await createClassicWorld();
		for (let count = 0; count < limits.classicAtOnce; count++)
			await connectSender();
		const {signal} = new AbortController();
		await world.network('late').dial(target, 'raw', signal);
		const {error} = await alice.until('peer/refused');
		expect(error.code).toBe('classicBusy');
	});
});

describe('a person', () => {
	test('can pause it and let it go on', async () => {
		const {alice, announce, answered, world} = await createClassicWorld();
		const sender = await announce('a', 10);
		await answered(sender);
		const {transfer} = await alice.until('transfer/offered');
		alice.dispatch({type: 'transfer/pause', transfer});
		await alice.until('transfer/paused');
		sender.connection.write(bytesOf(10));
		await world.pass(limits.classicStallMs * 3, limits.classicStallMs);
		expect(alice.folder.writtenBytes()).toBe(0);
		alice.dispatch({type: 'transfer/goOn', transfer});
		await alice.until('transfer/entrySaved');
	});

	test.each(['transfer/cancel', 'peer/disconnect', 'peer/kick'] as const)(
		'can end it with %s',
		async type => {
			const classic = await createClassicWorld();
			const {alice, announce, answered} = classic;
			const sender = await announce('a', 10);
			await answered(sender);
			const {transfer, peer} = await alice.until('transfer/offered');
			if (type === 'transfer/cancel') alice.dispatch({type, transfer});
			else if (type === 'peer/kick') alice.dispatch({type, peer, forMs: 1000});
			else alice.dispatch({type, peer});
			const {outcome} = await alice.until('transfer/finished');
			expect(outcome).toEqual({kind: 'cancelled', by: 'us'});
			await sender.recorder.saw('closed');
			await classic.world.settle();
			nothingLeft(classic);
			expect(alice.of('command/refused')).toEqual([]);
		},
	);

	test('sees why it waits for room, and that it goes on', async () => {
		const {alice, announce, answered} = await createClassicWorld();
		const sender = await announce('a', 10);
		await answered(sender);
		alice.folder.fillDisk(true);
		const {by} = await alice.until('transfer/paused');
		expect(by).toBe('disk');
		sender.connection.write(bytesOf(10));
		alice.folder.fillDisk(false);
		await alice.until('transfer/entrySaved');
	});

	test('can quit in the middle of it', async () => {
		const classic = await createClassicWorld();
		const {alice, announce, answered, connectSender} = classic;
		await answered(await announce('a', 10));
		await connectSender();
		await alice.engine.close();
		await classic.world.settle();
		nothingLeft(classic);
	});
});
