import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {createFrameDecoder} from '../../source/protocol/frame-decoder.js';
import {
	decodeMessage,
	encodeMessage,
} from '../../source/protocol/message-codec.js';
import {acceptPages, offerPages} from '../../source/protocol/offer-pages.js';
import {framesOf} from '../helpers/frames.js';

const transfer = '00'.repeat(16);
const entry = (name: string) => ({path: [name], size: 1, mtimeMs: 0});

describe('acceptPages', () => {
	it.each([
		['nothing', 0, 1],
		['one entry', 1, 1],
		['every entry of the largest offer', limits.entriesPerOffer, 4],
	])('says that %s is skipped, in frames that fit', (_, count, pageCount) => {
		const skip = Array.from(
			{length: count},
			(_, index) => 4_294_967_295 - index,
		);
		const pages = acceptPages(transfer, {skip});
		expect(pages).toHaveLength(pageCount);
		expect(pages.flatMap(page => page.skip)).toEqual(skip);
		expect(pages.map(page => page.more === true)).toEqual([
			...pages.slice(1).map(() => true),
			false,
		]);
		for (const page of pages) {
			const {length} = encodeMessage(page);
			expect(length).toBeLessThanOrEqual(4 + limits.frameBytes);
		}
	});
});

describe('acceptPages of entries of which something is here', () => {
	const indices = (count: number, from: number) =>
		Array.from({length: count}, (_, index) => from - index);

	it.each([
		[0, 0, 0, 1],
		[0, 1, 0, 1],
		[0, 0, 1, 1],
		[2, 3, 4, 1],
		[0, limits.entriesPerOffer, 0, 4],
		[0, 0, limits.entriesPerOffer, 4],
		[5_940, 20, 0, 2],
		[5_946, 1, 0, 2],
		[2_000, 2_000, 1_946, 1],
		[2_000, 2_000, 1_947, 2],
		[limits.entriesPerOffer / 2, limits.entriesPerOffer / 2, 0, 4],
		[6_000, 7_000, 7_000, 4],
	])(
		'says %i that are skipped, %i that are held and %i that may be the same on %i pages that fit',
		(skipCount, heldCount, sameCount, pageCount) => {
			const skip = indices(skipCount, 4_294_967_295);
			const held = indices(heldCount, 4_000_000_000);
			const same = indices(sameCount, 3_000_000_000);
			const pages = acceptPages(transfer, {skip, held, same});
			expect(pages).toHaveLength(pageCount);
			expect(pages.flatMap(page => page.skip)).toEqual(skip);
			expect(pages.flatMap(page => page.held ?? [])).toEqual(held);
			expect(pages.flatMap(page => page.same ?? [])).toEqual(same);
			expect(pages.map(page => page.more === true)).toEqual([
				...pages.slice(1).map(() => true),
				false,
			]);
			for (const page of pages) {
				const [frame] = framesOf(
					createFrameDecoder(limits.frameBytes),
					encodeMessage(page),
				);
				expect(decodeMessage(frame!)).toEqual(page);
			}
		},
	);

	it('says nothing of them where there are none', () => {
		const alone = [{name: 'accept', transfer, skip: [1]}];
		expect(acceptPages(transfer, {skip: [1]})).toEqual(alone);
		expect(acceptPages(transfer, {skip: [1], held: [], same: []})).toEqual(
			alone,
		);
	});
});

describe('offerPages', () => {
	it('puts a small offer on one page', () => {
		expect(offerPages(transfer, [entry('a')])).toEqual([
			{name: 'offer', transfer, entries: [entry('a')], more: false},
		]);
	});

	it('fills pages in order, each of which fits a frame', () => {
		const entries = Array.from({length: 900}, (_, index) =>
			entry(`${index} ${'世"'.repeat(80)}`),
		);
		const pages = offerPages(transfer, entries);
		expect(pages.length).toBeGreaterThan(3);
		expect(pages.flatMap(page => page.entries)).toEqual(entries);
		expect(pages.map(({more}) => more)).toEqual([
			...pages.slice(1).map(() => true),
			false,
		]);
		for (const page of pages) {
			const {length} = encodeMessage(page);
			expect(length).toBeLessThanOrEqual(4 + limits.frameBytes);
		}
	});

	it('refuses an entry that fits no frame', () => {
		expect(() => offerPages(transfer, [entry('x'.repeat(65_500))])).toThrow(
			'frameTooLong',
		);
	});
});
