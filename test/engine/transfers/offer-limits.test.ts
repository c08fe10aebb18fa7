/** How much somebody may ask at once: more for who is verified. */
import {describe, expect, test} from 'vitest';
import {limits, verifiedLimits} from '../../../source/limits.js';
import type {ControlMessage} from '../../../source/protocol/messages.js';
import {carryOut, pinned} from '../trust/trust-helpers.js';
import {idOf, offerOf, setUp} from './offering-speaker.js';

const codesOf = (
	declined: ReadonlyArray<{transfer: string; code?: string | undefined}>,
) => declined.map(({transfer, code}) => [transfer, code]);

describe.each([
	['before verification', limits],
	['after it', verifiedLimits],
] as const)('%s', (_, bounds) => {
	const trust = () =>
		bounds.offersPending === verifiedLimits.offersPending
			? pinned('mallory')
			: pinned();

	test('offersPending: one more is declined by itself', async () => {
		const {world, alice, mallory} = await setUp({trust: trust()});
		const {offersPending} = bounds;
		for (let number = 0; number <= offersPending; number++) {
			mallory.say(offerOf(number));
			await world.settle();
		}

		expect(codesOf(mallory.all('decline'))).toEqual([
			[idOf(offersPending), 'tooManyOffers'],
		]);
		expect(alice.of('transfer/offered')).toHaveLength(offersPending);
		expect(mallory.isClosed).toBe(false);
	});

	test('offersPerMinute: one more is declined by itself', async () => {
		const {world, mallory} = await setUp({trust: trust()});
		const {offersPerMinute} = bounds;
		for (let number = 0; number <= offersPerMinute; number++) {
			mallory.say(offerOf(number), {name: 'withdraw', transfer: idOf(number)});
			await world.settle();
		}

		expect(codesOf(mallory.all('decline'))).toEqual([
			[idOf(offersPerMinute), 'tooManyOffers'],
		]);
	});

	/** An offer that weighs 200,000 bytes. */
	const heavy = (number: number, more = false): ControlMessage => ({
		name: 'offer',
		transfer: idOf(number),
		entries: Array.from({length: 5}, () => ({
			path: Array.from({length: 40}, () => 'x'.repeat(1_000)),
			size: 1,
			mtimeMs: 0,
		})),
		more,
	});
	const weight = 5 * (40 * 1_000 + limits.offerEntryBytes);

	test('offersPendingBytes: what they weigh together counts too', async () => {
		const {world, alice, mallory} = await setUp({trust: trust()});
		const fit = Math.floor(bounds.offersPendingBytes / weight);
		const pages = fit + 1;
		// Of two of them one and a half fit: each is as large as the names of an offer may be.
		const perOffer = 10;
		for (let page = 0; page < pages; page++) {
			const isLast = page % perOffer === perOffer - 1 || page === pages - 1;
			const number = Math.floor(page / perOffer);
			const {entries, ...offer} = heavy(number, !isLast) as Extract<
				ControlMessage,
				{name: 'offer'}
			>;
			for (const [index, entry] of entries.entries()) {
				const more = !isLast || index < entries.length - 1;
				mallory.say({...offer, entries: [entry], more});
			}

			await world.pass(1_000);
		}

		const last = Math.floor((pages - 1) / perOffer);
		expect(codesOf(mallory.all('decline'))).toEqual([
			[idOf(last), 'tooManyOffers'],
		]);
		expect(alice.of('transfer/offered')).toHaveLength(last);
	});
});

test('somebody who is unpaired has the smaller limits from then on, and keeps what waits', async () => {
	const {world, alice, mallory} = await setUp({trust: pinned('mallory')});
	for (let number = 0; number < 2 * limits.offersPending; number++) {
		mallory.say(offerOf(number));
		await world.settle();
	}

	expect(mallory.all('decline')).toEqual([]);
	await carryOut(alice, {type: 'trust/unpair', petname: 'mallory'});
	mallory.say(offerOf(99));
	expect((await mallory.until('decline')).transfer).toBe(idOf(99));
	expect(alice.of('transfer/offered')).toHaveLength(2 * limits.offersPending);
});

test('unfinished offers weigh as much as whole ones: that is a violation', async () => {
	const {world, mallory} = await setUp();
	const path = Array.from({length: 50}, () => 'x'.repeat(1_000));
	const perOffer = Math.floor(limits.offerNameBytes / 50_000);
	const pages = limits.offersPendingBytes / 50_000;
	expect(pages / perOffer).toBeLessThan(limits.offersPending);
	for (let page = 0; page <= pages; page++) {
		mallory.say({
			name: 'offer',
			transfer: idOf(Math.floor(page / perOffer)),
			entries: [{path, size: 1, mtimeMs: 0}],
			more: true,
		});
		await world.pass(100);
	}

	expect((await mallory.until('error')).code).toBe('protocolViolation');
});
