import type {EngineState, Peer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {peerWords, warningSpans} from '../format/peer-row.js';
import {formatCount} from '../../util/quantities.js';
import type {Span, Spans} from '../format/lines.js';
import type {PaneName, PaneRect} from '../layout.js';
import type {Query} from '../search/query.js';
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

/** A pane's title, or the row of tabs where several panes share its place. */
export function paneTitle(
	rect: PaneRect,
	own: Spans,
	state: EngineState,
): Spans {
	if (rect.tabs.length === 0) return own;
	const spans: Span[] = [];
	for (const tab of rect.tabs) {
		if (spans.length > 0) spans.push([' | ', 'frame']);
		if (tab === rect.pane) {
			spans.push(['[', 'accent'], ...own, [']', 'accent']);
		} else {
			spans.push([strings.panes[tab] + tabCount(tab, state), 'dim']);
		}
	}

	return spans;
}
