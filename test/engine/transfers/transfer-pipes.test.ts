/** What is piped into a program: sent to its end, and never twice. */
import {describe, expect, test} from 'vitest';
import type {SourceEntry, SourceReader} from '../../../source/engine/ports.js';
import {limits} from '../../../source/limits.js';
import {createHasher} from '../../../source/storage/hasher.js';
import {createPair} from '../../helpers/engine-under-test.js';
import {
	accept,
	bothFinished,
	bytesOf,
	finished,
	isSame,
	nothingLeft,
} from './transfer-helpers.js';

const block = limits.blockBytes;

/** A pipe that gives these pieces, and the next one when it is told to. */
function pipe(name: string, pieces: readonly Uint8Array[]) {
	const state = {opened: 0, closed: 0};
	const gates = pieces.map(() => Promise.withResolvers<void>());
	let given = 0;
	const entry: SourceEntry = {
		kind: 'stream',
		path: [name],
		sizeBytes: 0,
		mtimeMs: 0,
		async open(): Promise<SourceReader> {
			state.opened++;
			const hasher = await createHasher();
			let next = 0;
			return {
				async read() {
					if (next < pieces.length) await gates[next]?.promise;
					const piece = pieces[next++]?.slice() ?? new Uint8Array();
					hasher.update(piece);
					return piece;
				},
				recycle: () => undefined,
				finish: async () => hasher.digest(),
				async close() {
					state.closed++;
				},
			};
		},
		compare: async () => [],
	};
	return {
		entry,
		state,
		give(count: number) {
			for (let index = 0; index < count; index++) gates[given++]?.resolve();
		},
	};
}

describe('a pipe', () => {
	const pieces = [bytesOf(70_000, 1), bytesOf(block, 2), bytesOf(5, 3)];
	async function offerPipe() {
		const source = pipe('backup.tar', pieces);
		const pair = await createPair({alice: {input: () => source.entry}});
		const asked = pair.bob.next('transfer/offered');
		pair.alice.dispatch({
			type: 'transfer/offerInput',
			peer: pair.bobKey,
			name: 'backup.tar',
		});
		const {transfer: id, entries} = await asked;
		expect(entries).toMatchObject([{kind: 'stream', sizeBytes: 0}]);
		return {...pair, pair, id, source};
	}

	test('is sent to its end', async () => {
		const {pair, bob, id, source, world} = await offerPipe();
		accept(bob, id);
		await world.settle();
		source.give(2);
		await world.settle();
		expect(bob.of('transfer/finished')).toEqual([]);
		source.give(1);
		expect(await bothFinished(pair, id)).toEqual([
			{kind: 'saved', saved: 1},
			{kind: 'saved', saved: 1},
		]);
		const saved = bob.folder.saved.get('backup.tar');
		expect(isSame(saved, Buffer.concat(pieces))).toBe(true);
		expect(source.state).toEqual({opened: 1, closed: 1});
		await world.settle();
		nothingLeft(pair);
	});

	test.each(['session', 'lane'] as const)(
		'cannot go on after the %s is cut: both sides say so',
		async what => {
			const {pair, bob, id, source, world} = await offerPipe();
			accept(bob, id);
			source.give(2);
			await world.until(() => bob.folder.writtenBytes() > 70_000);
			world.hub.cut(what === 'lane' ? 'lane' : undefined);
			for (const outcome of await bothFinished(pair, id)) {
				expect(outcome).toMatchObject({
					kind: 'failed',
					saved: 0,
					error: {code: 'streamBroken'},
				});
			}

			source.give(1);
			await world.pass(2_000);
			expect(bob.folder.partials().size).toBe(0);
			expect(bob.of('transfer/offered')).toHaveLength(1);
			expect(source.state).toEqual({opened: 1, closed: 1});
			nothingLeft(pair);
		},
	);

	test('that nobody has read is offered again after a cut', async () => {
		const {bob, id, source, world} = await offerPipe();
		world.hub.cut();
		await finished(bob, id);
		const again = bob.next('transfer/offered');
		await world.pass(2_000);
		await again;
		accept(bob, id);
		source.give(3);
		await bob.until('transfer/entrySaved');
		expect(source.state.opened).toBe(1);
	});

	test('is not there in a program with a screen', async () => {
		const {alice, bobKey} = await createPair();
		alice.dispatch({
			type: 'transfer/offerInput',
			peer: bobKey,
			name: 'x',
			ref: 1,
		});
		expect((await alice.until('command/refused')).error.code).toBe(
			'fileMissing',
		);
	});
});
