import fc from 'fast-check';
import {stripVTControlCharacters} from 'node:util';
import {describe, expect, it} from 'vitest';
import {markHits} from '../../../source/console/search/mark-hits.js';
import {createTheme, type StyleName} from '../../../source/console/theme.js';

const theme = createTheme({colour: true, ascii: false});
const hit = (text: string) => theme.paint(text, 'hit');
const mark = (lines: readonly string[], ...found: string[]) =>
	markHits(lines, found, theme, 'hit');

describe('hits in painted lines', () => {
	it('are drawn, upper and lower case', () => {
		expect(mark(['a Needle, a needle'], 'needle')).toEqual([
			`a ${hit('Needle')}, a ${hit('needle')}`,
		]);
	});

	it('leave the colours around them as they were', () => {
		const line = theme.paint('one two three', 'warning');
		expect(mark([line], 'two')).toEqual([
			`\u001B[33mone \u001B[0m${hit('two')}\u001B[33m three\u001B[39m`,
		]);
	});

	it('go over the border of two colours', () => {
		const line = theme.paint('on', 'strong') + theme.paint('e', 'dim');
		const [marked] = mark([line], 'one');
		expect(stripVTControlCharacters(marked!)).toBe('one');
		expect(marked!.split('\u001B[7m')).toHaveLength(3);
	});

	it('are the whole first line where nothing can be pointed at', () => {
		expect(mark(['first', 'second'], '0d 0a')).toEqual([
			hit('first'),
			'second',
		]);
		expect(mark([], 'x')).toEqual([]);
	});

	it('change no letter of any line', () => {
		const styles: StyleName[] = ['plain', 'dim', 'selected', 'bad', 'hit'];
		const span = fc.tuple(
			fc.stringMatching(/^[ab İ界]{0,6}$/),
			fc.constantFrom(...styles),
		);
		fc.assert(
			fc.property(
				fc.array(span),
				fc.array(fc.stringMatching(/^[ab 界]{1,3}$/)),
				(spans, found) => {
					const line = spans
						.map(([text, style]) => theme.paint(text, style))
						.join('');
					const [marked] = mark([line], ...found);
					expect(stripVTControlCharacters(marked!)).toBe(
						stripVTControlCharacters(line),
					);
				},
			),
		);
	});
});
