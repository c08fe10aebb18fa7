import type {EngineState, Peer, RoomKey} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {peerWords, warningSpans} from '../format/peer-row.js';
import {cellWidth, cutCells} from '../../util/cells.js';
import {formatCount} from '../../util/quantities.js';
import {spansWidth, type Spans} from '../format/lines.js';
import type {PaneName, PaneRect} from '../layout.js';
import type {Query} from '../search/query.js';
import {membersHere} from '../selectors.js';
import {transferSummary} from '../transfer-selectors.js';
import {peerGlyph, type Theme} from '../theme.js';

/** `bob ✓ VERIFIED`, `b0b ◌ UNVERIFIED ! look-alike`; words and glyphs, so that nothing hangs on colour. */
export function peerTitle(peer: Peer, theme: Theme, now: number): Spans {
	const {glyphs} = theme;
	const glyph = peerGlyph(peer, glyphs);
	const {warning: _said, ...unwarned} = peer;
	const [word, style] = peerWords(unwarned, now, glyphs)[0] ?? [''];
	const [said] = warningSpans(peer, glyphs);
	return [
		[peer.name, 'strong'],
		[' '],
		[`${glyph} ${word}`, style ?? 'dim'],
		...(said ? ([[' '], said] as const) : []),
	];
}

/** `#lab  3 here  the topic`. */
export function roomTitle(state: EngineState, key: RoomKey): Spans {
	const {topic} = state.rooms.get(key) ?? {};
	return [
		[key, 'strong'],
		[`  ${strings.rooms.here(membersHere(state, key))}`, 'dim'],
		...(topic && topic.text !== ''
			? ([[`  ${topic.text}`, 'plain']] as const)
			: []),
	];
}

/** What alone is shown: whoever does not see a row must know why. */
export const filterSpans = (filter: Query | undefined): Spans =>
	filter ? [[`  ${strings.keep.filter.title(filter.label)}`, 'warning']] : [];

/** What waits in a pane, for its tab. */
function tabCount(pane: PaneName, state: EngineState): string {
	if (pane === 'transfers') {
		const {running} = transferSummary(state);
		return running > 0 ? ` ${running}` : '';
	}

	return pane === 'datagrams' && state.datagrams.rows.nextId > 0
		? ` ${formatCount(state.datagrams.rows.nextId)}`
		: '';
}

// The corners of the frame, a piece of the border, and a space at both sides.
const edgeCells = 5;
const between = ' | ';

/** A pane's title, or the row of tabs where several panes share its place: names of the others are cut, so that each can be seen. */
export function paneTitle(
	rect: PaneRect,
	own: Spans,
	state: EngineState,
	{glyphs}: Pick<Theme, 'glyphs'>,
): Spans {
	const {tabs, pane, width} = rect;
	if (tabs.length === 0) return own;
	const others = tabs.length - 1;
	const taken = spansWidth(own) + 2 + others * between.length + edgeCells;
	const each = Math.max(2, Math.floor((width - taken) / Math.max(1, others)));
	const names = tabs.map(tab => strings.panes[tab] + tabCount(tab, state));
	const all = names.filter((_name, index) => tabs[index] !== pane).join('');
	const fits = cellWidth(all) <= width - taken;
	return tabs.flatMap((tab, index): Spans => {
		const name = names[index]!;
		const shown = fits ? name : cutCells(name, each, glyphs.ellipsis);
		const label: Spans =
			tab === pane
				? [['[', 'accent'], ...own, [']', 'accent']]
				: [[shown, 'dim']];
		return index === 0 ? label : [[between, 'frame'], ...label];
	});
}
