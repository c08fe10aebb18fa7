/** A search of the history finds what a look at every row finds. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createHistoryStore} from '../../source/storage/history/history-store.js';
import {said} from '../helpers/history-entries.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

// Few characters, so that much is found; cases, wide ones, and what queries are made of.
const characters = [...Array.from('aAbBéÉ世界好 "*%_\\-'), '👍🏽'];
const text = (maxLength: number) =>
	fc
		.array(fc.constantFrom(...characters), {minLength: 1, maxLength})
		.map(all => all.join(''));

test('with the index and without it', () => {
	const folder = createTemporaryFolder();
	let run = 0;
	try {
		fc.assert(
			fc.property(
				fc.array(text(12), {maxLength: 20}),
				fc.array(text(5), {minLength: 1, maxLength: 5}),
				fc.integer({min: 1, max: 4}),
				(texts, needles, limit) => {
					const store = createHistoryStore(folder.path);
					store.open({run: `run ${run++}`, asked: {}});
					try {
						store.clear({});
						store.append(texts.map((each, order) => said(each, {order})));
						for (const needle of needles) {
							const found: string[] = [];
							let before: number | undefined;
							do {
								const {hits, next} = store.search({
									needle,
									limit,
									...(before === undefined ? {} : {before}),
								});
								found.push(...hits.map(each => each.text));
								before = next;
							} while (before !== undefined);
							expect(found).toEqual(
								texts
									.filter(each =>
										each.toLowerCase().includes(needle.toLowerCase()),
									)
									.toReversed(),
							);
						}
					} finally {
						store.close(undefined);
					}
				},
			),
			{numRuns: 150},
		);
	} finally {
		folder.remove();
	}
});
