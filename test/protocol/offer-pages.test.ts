import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {encodeMessage} from '../../source/protocol/message-codec.js';
import {acceptPages, offerPages} from '../../source/protocol/offer-pages.js';

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
		const pages = acceptPages(transfer, skip);
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
