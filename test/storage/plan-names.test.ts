import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {SuggestedEntry} from '../../source/engine/ports.js';
import {limits} from '../../source/limits.js';
import {planNames} from '../../source/storage/plan-names.js';
import {nameKey} from '../../source/storage/receive-name.js';

const file = (path: string): SuggestedEntry => ({
	kind: 'file',
	path: path.split('|'),
});
const folder = (path: string): SuggestedEntry => ({
	kind: 'folder',
	path: path.split('|'),
});

const planned = (...entries: SuggestedEntry[]) =>
	planNames(entries).map(plan =>
		plan.ok ? plan.path.join('/') : plan.error.details['reason'],
	);

describe('the entries of an offer', () => {
	it('are written under the rules for names, component by component', () => {
		expect(
			planned(file('aa:b|CON|c.txt.'), file('e\u0301|x'), folder('d |e')),
		).toEqual(['aa_b/_CON/c.txt_', 'é/x', 'd_/e']);
	});

	it('pathBytes: fit with their folders, and not a byte more', () => {
		const folders = Array.from({length: 4}, () => 'x'.repeat(200));
		const rest = limits.pathBytes - (folders.join('/').length + 1);
		const fits = [...folders, 'y'.repeat(rest)].join('|');
		expect(planned(file(fits))).toEqual([fits.replaceAll('|', '/')]);
		expect(planned(file(`${fits}y`))).toEqual(['long']);
	});

	it.each([
		['..|x', 'dots'],
		['a|..|x', 'dots'],
		['a|.', 'dots'],
		['a||x', 'empty'],
		['a|/etc|x', 'separator'],
		['a|b|c\\d', 'separator'],
		['C:|x', 'drive'],
		['a|b\n|c', 'control'],
		[`a|${Array.from({length: 5}, () => 'x'.repeat(250)).join('|')}`, 'long'],
	])('are refused where any component is: %j', (path, reason) => {
		expect(planned(file(path), folder(path), file('fine|x'))).toEqual([
			reason,
			reason,
			'fine/x',
		]);
	});

	it('are refused without a path', () => {
		expect(planNames([{kind: 'file', path: []}])).toMatchObject([
			{ok: false, error: {details: {reason: 'empty'}}},
		]);
	});

	it('keep different folders apart whose safe names are the same', () => {
		expect(
			planned(
				file('Photos|a'),
				file('photos|a'),
				file('photos|b'),
				file('x|a?|1'),
				file('x|a*|1'),
				folder('x|A_'),
			),
		).toEqual([
			'Photos/a',
			'photos (1)/a',
			'photos (1)/b',
			'x/a_/1',
			'x/a_ (1)/1',
			'x/A_ (2)',
		]);
	});

	it('are flagged for what programs read by themselves', () => {
		const flags = planNames([
			file('.ssh|config'),
			file('project|.eslintrc'),
			file('project|.git|hooks|pre-commit'),
			file('project|.envrc'),
			file('project|autorun.inf'),
			file('project|src|a.ts'),
		]).map(plan => plan.ok && plan.flagged);
		expect(flags).toEqual([true, false, true, true, true, false]);
	});

	it('of equal names do not cost their square', () => {
		const many = Array.from({length: limits.freeNames}, (_, index) =>
			folder(
				`same${'\u200B'.repeat(3)}${String.fromCodePoint(0xe000 + (index % 6000))}`,
			),
		);
		const paths = planned(...many);
		expect(new Set(paths).size).toBe(6000);
	});
});

it('property: folders have one name each, and no two share one', () => {
	const component = fc.constantFrom(
		'a',
		'A',
		'a?',
		'a*',
		'é',
		'e\u0301',
		'con',
	);
	fc.assert(
		fc.property(
			fc.array(fc.array(component, {minLength: 1, maxLength: 4}), {
				maxLength: 30,
			}),
			paths => {
				const plans = planNames(paths.map(path => ({kind: 'folder', path})));
				const bySuggestion = new Map<string, string>();
				const byName = new Map<string, string>();
				for (const [index, plan] of plans.entries()) {
					if (!plan.ok) throw new Error('refused');
					expect(plan.path).toHaveLength(paths[index]!.length);
					for (let depth = 1; depth <= plan.path.length; depth++) {
						const suggested = paths[index]!.slice(0, depth).join('/');
						const name = nameKey(plan.path.slice(0, depth).join('/'));
						expect(bySuggestion.get(suggested) ?? name).toBe(name);
						expect(byName.get(name) ?? suggested).toBe(suggested);
						bySuggestion.set(suggested, name);
						byName.set(name, suggested);
					}
				}
			},
		),
	);
});
