import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	computeLayout,
	paneNames,
	type LayoutInput,
} from '../../source/console/layout.js';

const at = (columns: number, rows: number, more: Partial<LayoutInput> = {}) =>
	computeLayout({
		columns,
		rows,
		tab: 'conversation',
		pane: 'peers',
		isZoomed: false,
		inPanes: false,
		...more,
	});

const names = (layout: ReturnType<typeof at>) =>
	layout.kind === 'tooSmall' ? [] : layout.panes.map(({pane}) => pane);

describe('the layout', () => {
	test.each([
		[120, 40, 'columns'],
		[100, 16, 'columns'],
		[99, 40, 'tabs'],
		[60, 16, 'tabs'],
		[59, 40, 'single'],
		[120, 15, 'single'],
		[20, 5, 'single'],
		[19, 40, 'tooSmall'],
		[120, 4, 'tooSmall'],
	])('of %d × %d is %s', (columns, rows, kind) => {
		expect(at(columns, rows).kind).toBe(kind);
	});

	test('shows all panes in three columns, two in tabs, one where it is small', () => {
		expect(names(at(120, 40))).toEqual([...paneNames]);
		expect(names(at(80, 24))).toEqual(['peers', 'conversation']);
		expect(names(at(80, 24, {tab: 'datagrams'}))).toEqual([
			'peers',
			'datagrams',
		]);
		expect(names(at(40, 10))).toEqual(['conversation']);
		expect(names(at(40, 10, {inPanes: true}))).toEqual(['peers']);
	});

	test('a zoomed pane has the whole place', () => {
		const layout = at(120, 40, {isZoomed: true, pane: 'datagrams'});
		expect(layout).toMatchObject({
			panes: [{pane: 'datagrams', left: 0, top: 1, width: 120, height: 37}],
		});
	});

	test('panes cover the body once, at every size', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 20, max: 300}),
				fc.integer({min: 5, max: 100}),
				fc.constantFrom(...paneNames),
				fc.boolean(),
				fc.boolean(),
				(columns, rows, pane, isZoomed, inPanes) => {
					const layout = at(columns, rows, {pane, isZoomed, inPanes});
					if (layout.kind === 'tooSmall') throw new Error('not too small');
					const covered = new Map<string, number>();
					for (const {left, top, width, height} of layout.panes) {
						expect(height).toBeGreaterThanOrEqual(2);
						for (let y = top; y < top + height; y++) {
							for (let x = left; x < left + width; x++) {
								const cell = `${x},${y}`;
								covered.set(cell, (covered.get(cell) ?? 0) + 1);
								if (x >= columns || y < 1 || y >= rows - 2) {
									throw new Error(`outside: ${cell}`);
								}
							}
						}
					}

					expect(covered.size).toBe(columns * (rows - 3));
					expect(Math.max(...covered.values())).toBe(1);
				},
			),
			{numRuns: 40},
		);
	});
});
