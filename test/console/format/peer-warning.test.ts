/** A peer that may be taken for another one says so wherever it stands, by glyph and word. */
import {describe, expect, test} from 'vitest';
import {peerRowLine} from '../../../source/console/format/peer-row.js';
import {peerTitle} from '../../../source/console/panes/pane-title.js';
import {createTheme} from '../../../source/console/theme.js';
import type {TrustWarning} from '../../../source/engine/index.js';
import {connected, peerKey, safe, stateOf} from '../../helpers/engine-state.js';

const key = peerKey('peer:b0b');
const warned = (warning: TrustWarning) =>
	stateOf([
		connected('b0b'),
		{type: 'trust/warned', peer: key, warning, petname: safe('bob')},
	]);

describe.each([
	[true, '~'],
	[false, '◌'],
] as const)('ascii %s', (ascii, unverified) => {
	const theme = createTheme({colour: false, ascii});
	const row = (warning: TrustWarning, width: number) =>
		peerRowLine(
			{kind: 'conversation', key},
			{
				state: warned(warning),
				reader: {
					conversation: 'all',
					anchors: new Map(),
					readMarks: new Map(),
				},
				theme,
				width,
				now: 0,
				isSelected: false,
			},
		);

	test('in the list, as a word where there is room and as a glyph where there is not', () => {
		expect(row('lookalike', 30)).toMatch(/b0b +! look-alike$/);
		expect(row('otherKey', 30)).toMatch(/b0b +! other key$/);
		expect(row('lookalike', 12)).toMatch(/b0b +!$/);
	});

	test('in the title of its conversation, beside what it counts as', () => {
		const peer = warned('lookalike').peers.get(key)!;
		const title = peerTitle(peer, theme, 0)
			.map(([text]) => text)
			.join('');
		expect(title).toBe(`b0b ${unverified} UNVERIFIED ! look-alike`);
	});
});

test('one whose key changed is BLOCKED in the list, though it is not there', () => {
	const state = stateOf([
		connected('b0b', {isDialled: true}),
		{type: 'trust/judged', peer: key, trust: 'BLOCKED', name: safe('bob')},
		{type: 'peer/left', peer: key},
	]);
	const theme = createTheme({colour: false, ascii: false});
	const title = peerTitle(state.peers.get(key)!, theme, 0);
	expect(title.map(([text]) => text).join('')).toBe('bob ⊘ BLOCKED');
});
