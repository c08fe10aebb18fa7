import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createOutput} from '../../source/headless/output.js';
import {
	createProgressBar,
	progressLine,
	progressOf,
} from '../../source/headless/progress.js';
import type {VerbContext} from '../../source/headless/verb.js';
import {cellWidth} from '../../source/util/cells.js';
import {createPair} from '../helpers/engine-under-test.js';
import {Sink} from './run.js';

const half = {
	name: 'report.iso',
	movedBytes: 500_000_000,
	totalBytes: 1_000_000_000,
	rate: 100_000_000,
	isStalled: false,
};

describe('progressLine', () => {
	test('has name, bar, percent, rate and time left', () => {
		expect(progressLine(half, 80).trimEnd()).toBe(
			'report.iso                 [###########-----------]   50%  100 MB/s     ETA 0:05',
		);
	});

	test.each([
		[60, /^report\.iso +\[#+-+\] +50% +100 MB\/s +ETA 0:05$/],
		[40, /^report\.iso +50% +100 MB\/s$/],
		[20, /^report\.iso +50%$/],
		[10, /^rep… {3}50%$/],
		[5, /^ 50%$/],
		[3, /^50%$/],
	])('in %i columns keeps what tells most', (columns, expected) => {
		expect(progressLine(half, columns)).toMatch(expected);
	});

	test('is full only when all is there', () => {
		const almost = progressLine({...half, movedBytes: 999_999_999}, 100);
		expect(almost).toContain('-]');
		expect(almost).toContain('99%');
		const all = progressLine({...half, movedBytes: 1_000_000_000}, 100);
		expect(all).toContain('#]');
		expect(all).toContain('100%');
		expect(progressLine({...half, movedBytes: 0, totalBytes: 0}, 80)).toContain(
			'100%',
		);
	});

	test('says that nothing moves instead of a rate and a time', () => {
		const line = progressLine({...half, isStalled: true}, 80);
		expect(line).toContain('stalled');
		expect(line).not.toMatch(/ETA|\/s/);
	});

	test('never takes more cells than there are, whatever the name', () => {
		fc.assert(
			fc.property(
				fc.string({unit: 'grapheme', maxLength: 80}),
				fc.nat({max: 2 ** 40}),
				fc.nat({max: 2 ** 40}),
				fc.double({min: 0, max: 1e12, noNaN: true}),
				fc.boolean(),
				fc.nat({max: 300}),
				(name, movedBytes, totalBytes, rate, isStalled, columns) => {
					const line = progressLine(
						{name, movedBytes, totalBytes, rate, isStalled},
						columns,
					);
					expect(cellWidth(line)).toBeLessThanOrEqual(columns);
				},
			),
		);
	});
});

describe('progressOf', () => {
	test('takes everything together that moves, and nothing else', async () => {
		const {alice, bob, bobKey} = await createPair();
		expect(progressOf(bob.engine.getState())).toBeUndefined();
		bob.folder.holdDisk(true);
		bob.engine.on(event => {
			if (event.type !== 'transfer/offered') return;
			bob.dispatch({type: 'transfer/accept', transfer: event.transfer});
		});
		const offer = (...paths: string[]) => {
			for (const path of paths) alice.files.put(path, new Uint8Array(1_000));
			alice.dispatch({type: 'transfer/offer', peer: bobKey, paths});
		};

		offer('a', 'b');
		await bob.until('transfer/accepted');
		expect(progressOf(bob.engine.getState())).toMatchObject({
			name: '1/2 a',
			totalBytes: 2_000,
		});
		offer('c');
		await bob.untilTrue(() => bob.of('transfer/accepted').length === 2);
		expect(progressOf(bob.engine.getState())).toMatchObject({
			name: '2 transfers',
			totalBytes: 3_000,
		});
		bob.folder.holdDisk(false);
		await bob.untilTrue(() => bob.of('transfer/finished').length === 2);
		expect(progressOf(bob.engine.getState())).toBeUndefined();
	});
});

describe('createProgressBar', () => {
	test('draws ten times a second at most, and never without a terminal', async () => {
		const {alice, bob, bobKey} = await createPair();
		bob.folder.holdDisk(true);
		alice.files.put('a', new Uint8Array(1_000));
		alice.dispatch({type: 'transfer/offer', peer: bobKey, paths: ['a']});
		const {transfer} = await bob.until('transfer/offered');
		bob.dispatch({type: 'transfer/accept', transfer});
		await bob.until('transfer/accepted');
		const drawn = (columns: number | undefined) => {
			const stderr = new Sink();
			const output = createOutput(new Sink(), stderr, () => columns);
			const context = {engine: bob.engine, output} as unknown as VerbContext;
			const draw = createProgressBar();
			const body = {type: 'transfer/progressed', transfer, entry: 0} as const;
			for (let at = 5_000; at < 6_000; at++) {
				draw(context, {...body, movedBytes: 1, at});
			}

			return stderr.text.split('\r').length - 1;
		};

		expect(drawn(80)).toBe(10);
		expect(drawn(undefined)).toBe(0);
		bob.folder.holdDisk(false);
	});
});
