import {expect, test} from 'vitest';
import type {Spans} from '../../../source/console/format/lines.js';
import {spansWidth} from '../../../source/console/format/lines.js';
import {paneTitle} from '../../../source/console/panes/pane-title.js';
import {createTheme} from '../../../source/console/theme.js';
import {stateOf} from '../../helpers/engine-state.js';

const theme = createTheme({colour: false, ascii: false});
const tabs = ['conversation', 'transfers', 'datagrams'] as const;

function titleAt(width: number): string {
	const own: Spans = [['alice'], [' '], ['◌ UNVERIFIED']];
	const rect = {
		pane: 'conversation',
		tabs,
		left: 0,
		top: 0,
		width,
		height: 10,
	} as const;
	const spans = paneTitle(rect, own, stateOf([]), theme);
	expect(spansWidth(spans)).toBeLessThanOrEqual(width - 5);
	return spans.map(([text]) => text).join('');
}

test('tabs have their whole names where these fit', () => {
	expect(titleAt(60)).toBe('[alice ◌ UNVERIFIED] | Transfers | Datagrams');
});

test('names of other tabs are cut evenly where they do not, and none vanishes', () => {
	expect(titleAt(45)).toBe('[alice ◌ UNVERIFIED] | Transf… | Datagr…');
	expect(titleAt(40)).toBe('[alice ◌ UNVERIFIED] | Tra… | Dat…');
});
