/** What a parser costs grows with what it is given and no faster: `npm run benchmark:parsers` has the times. */
import {describe, expect, test} from 'vitest';
import {costGrowth, linearGrowth} from '../property/split-input.js';
import {repeated} from './parser.js';
import {parsers} from './parsers.js';

const smallBytes = 4 * 1024;

describe.each(parsers.map(parser => [parser.name, parser] as const))(
	'%s',
	(_, parser) => {
		test.each(Object.keys(parser.repeats))('%s', name => {
			const small = Math.min(smallBytes, parser.mostBytes / 8);
			const growth = costGrowth(scale => {
				const input = repeated(parser, name, scale * small);
				return () => {
					parser.read(input);
				};
			});
			expect(growth).toBeLessThan(linearGrowth);
		});
	},
);
