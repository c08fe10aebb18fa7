import {memo} from 'react';
import type {EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {useConsole, useEngine, useUi} from '../console-context.js';
import {formatListening} from '../../util/address.js';
import {cellWidth, cutCells} from '../../util/cells.js';
import {composeLine, type Span} from '../format/lines.js';
import {formatCount, formatRate} from '../../util/quantities.js';
import {hasPeersBeside} from '../layout.js';
import {newsOf, type News} from '../news.js';
import {peerCounts, type Reader} from '../selectors.js';
import type {Theme} from '../theme.js';
import {transferSummary} from '../transfer-selectors.js';
import {Painted} from '../components/painted.js';

const newsShown = 3;
const newsNameWidth = 12;

/** Who has said something that was not seen yet. */
function newsSpan(news: readonly News[], ellipsis: string): Span | undefined {
	if (news.length === 0) return undefined;
	const shown = news
		.slice(0, newsShown)
		.map(
			({name, unread}) =>
				`${cutCells(name, newsNameWidth, ellipsis)} ${formatCount(unread)}`,
		);
	const words = strings.header.news(shown, news.length - shown.length);
	return [words, 'warning'];
}

/** What the header says, the most important first: what does not fit is cut or left out. */
function headerParts(
	state: EngineState,
	reader: Reader,
	{glyphs}: Theme,
	hasPeersPane: boolean,
): Span[] {
	const words = strings.header;
	const parts: Span[] = [[strings.appName, 'accent']];
	if (state.self.nick !== '') parts.push([state.self.nick, 'strong']);
	const news = newsSpan(newsOf(state, reader), glyphs.ellipsis);
	// Elsewhere the list of peers shows them too.
	if (news && !hasPeersPane) parts.push(news);
	for (const {kind, port} of state.failedListeners) {
		parts.push([words.notListening(kind, port), 'bad']);
	}

	for (const kind of ['tcp', 'tls', 'udp'] as const) {
		const where = state.listeners
			.values()
			.filter(each => each.kind === kind)
			.map(each => formatListening(each));
		// One port on both address families is one place to connect to.
		const places = [...new Set(where)].join(' ');
		if (places !== '') parts.push([words.listening(kind, places)]);
	}

	parts.push([words.peers(peerCounts(state.peers).reachable), 'strong']);
	const {upRate, downRate} = transferSummary(state);
	if (upRate > 0) parts.push([`${glyphs.up} ${formatRate(upRate)}`, 'accent']);
	if (downRate > 0) {
		parts.push([`${glyphs.down} ${formatRate(downRate)}`, 'accent']);
	}

	if (news && hasPeersPane) parts.push(news);
	return parts;
}

const gap = 3;
/** Less of a part says nothing. */
const leastPart = 10;

export const Header = memo(() => {
	const {theme} = useConsole();
	const state = useEngine(each => each);
	const columns = useUi(ui => ui.columns);
	const hasPeersPane = useUi(hasPeersBeside);
	const conversation = useUi(ui => ui.conversation);
	const anchors = useUi(ui => ui.anchors);
	const readMarks = useUi(ui => ui.readMarks);
	const reader = {conversation, anchors, readMarks};
	const parts = headerParts(state, reader, theme, hasPeersPane);
	const spans: Span[] = [[' ']];
	let room = columns - 2;
	for (const [text, style] of parts) {
		const before = spans.length > 1 ? gap : 0;
		const isWhole = cellWidth(text) <= room - before;
		if (!isWhole && room - before < leastPart) break;
		const shown = cutCells(text, room - before, theme.glyphs.ellipsis);
		if (before > 0) spans.push([' '.repeat(gap)]);
		spans.push(style ? [shown, style] : [shown]);
		room -= before + cellWidth(shown);
		if (!isWhole) break;
	}

	return <Painted lines={[composeLine(theme, columns, spans)]} />;
});
Header.displayName = 'Header';
