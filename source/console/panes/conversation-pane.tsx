import {isPeerKey, isRoomKey} from '../../engine/index.js';
import {memo} from 'react';
import {
	isJoined,
	type ConversationKey,
	type EngineState,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {useConsole, useEngine, useNow, useUi} from '../console-context.js';
import {firstRunLines} from '../format/first-run.js';
import {plainLens, type Lens} from '../format/lens.js';
import {
	composeLine,
	innerHeight,
	innerWidth,
	spansWidth,
	type Spans,
} from '../format/lines.js';
import {relaySpans} from '../format/relay-facts.js';
import {windowAt} from '../format/scroll-window.js';
import {lensWords, streamFooter} from '../format/stream-footer.js';
import type {PaneRect} from '../layout.js';
import type {Theme} from '../theme.js';
import {shownConversation} from '../shown-views.js';
import {PaneFrame} from './pane-frame.js';
import {filterSpans, paneTitle, peerTitle, roomTitle} from './pane-title.js';

function titleOf(
	state: EngineState,
	conversation: ConversationKey,
	theme: Theme,
	now: number,
): Spans {
	if (conversation === 'all') {
		return [[strings.conversation.everybody, 'strong']];
	}

	if (isRoomKey(conversation)) return roomTitle(state, conversation);
	const peer = state.peers.get(conversation);
	return peer
		? [...peerTitle(peer, theme, now), ...relaySpans(state, conversation)]
		: [[strings.panes.conversation, 'strong']];
}

/** How what is shown was cut and is looked at. */
function lensFooter(
	state: EngineState,
	conversation: ConversationKey,
	look: {readonly theme: Theme; readonly lens: Lens; readonly width: number},
): Spans {
	const {fallbackEncoding} = state.self;
	if (!isPeerKey(conversation)) return lensWords(look.lens);
	const peer = state.peers.get(conversation);
	const stream = state.streams.get(conversation);
	return peer && stream
		? streamFooter(stream, peer, {...look, fallbackEncoding})
		: lensWords(look.lens);
}

/** Nobody is there and nothing has happened: what to do next. */
const isFirstRun = (state: EngineState, conversation: ConversationKey) =>
	conversation === 'all' &&
	state.peers.size === 0 &&
	state.conversations.get('all')?.rows.length === 0 &&
	(state.past.get('all')?.rows.length ?? 0) === 0;

export const ConversationPane = memo(({rect}: {readonly rect: PaneRect}) => {
	const {theme, addresses} = useConsole();
	const state = useEngine(each => each);
	const conversation = useUi(ui => ui.conversation);
	const anchor = useUi(ui => ui.anchors.get(ui.conversation));
	const lenses = useUi(ui => ui.lenses);
	const lens = lenses.get(conversation) ?? plainLens;
	const finding = useUi(ui => ui.finding);
	const unreadFrom = useUi(ui => ui.unreadFrom);
	const isFocused = useUi(
		ui => ui.focus === 'panes' && ui.pane === 'conversation',
	);
	const peer = isPeerKey(conversation)
		? state.peers.get(conversation)
		: undefined;
	const now = useNow(peer?.lifecycle.phase === 'waiting');
	const width = innerWidth(rect.width);
	const {source, height, toSource, nothing} = shownConversation(
		state,
		{conversation, lenses, finding, unreadFrom},
		rect,
		theme,
	);
	const shown = windowAt(source, toSource(anchor), height);
	const {below} = theme.glyphs;
	const lines = (() => {
		if (isFirstRun(state, conversation)) {
			return firstRunLines(state, {
				theme,
				width,
				height: innerHeight(rect.height),
				addresses,
			});
		}

		return shown.lines.length === 0
			? [
					composeLine(theme, width, [
						[nothing ?? strings.conversation.nothingYet, 'dim'],
					]),
				]
			: shown.lines;
	})();
	const title: Spans = [
		...titleOf(state, conversation, theme, now),
		...filterSpans(finding.filters.conversation),
	];
	// What was read of the history may end before what is in memory begins.
	const isWhole =
		!state.past.has(conversation) ||
		(anchor?.row ?? 0) >= 0 ||
		isJoined(state, conversation);
	const words = isWhole
		? strings.conversation.below
		: strings.history.moreBelow;
	const footer: Spans =
		shown.rowsBelow > 0
			? [[`${below} ${words(shown.rowsBelow)}`, 'accent']]
			: [];
	return (
		<PaneFrame
			rect={rect}
			title={paneTitle(rect, title, state, theme)}
			footer={footer}
			footerLeft={lensFooter(state, conversation, {
				theme,
				lens,
				// Corners, and blanks around each label.
				width:
					rect.width - 5 - (footer.length > 0 ? spansWidth(footer) + 3 : 0),
			})}
			isFocused={isFocused}
			lines={lines}
		/>
	);
});
ConversationPane.displayName = 'ConversationPane';
