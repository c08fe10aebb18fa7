import {memo} from 'react';
import type {ConversationKey, EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {useConsole, useEngine, useNow, useUi} from '../console-context.js';
import {firstRunLines} from '../format/first-run.js';
import {
	composeLine,
	innerHeight,
	innerWidth,
	type Spans,
} from '../format/lines.js';
import {windowAt} from '../format/scroll-window.js';
import type {PaneRect} from '../layout.js';
import type {Theme} from '../theme.js';
import {conversationView} from '../views.js';
import {PaneFrame} from './pane-frame.js';
import {paneTitle, peerTitle} from './pane-title.js';

function titleOf(
	state: EngineState,
	conversation: ConversationKey,
	theme: Theme,
	now: number,
): Spans {
	if (conversation === 'all') {
		return [[strings.conversation.everybody, 'strong']];
	}

	const peer = state.peers.get(conversation);
	return peer
		? peerTitle(peer, theme, now)
		: [[strings.panes.conversation, 'strong']];
}

/** Nobody is there and nothing has happened: what to do next. */
const isFirstRun = (state: EngineState, conversation: ConversationKey) =>
	conversation === 'all' &&
	state.peers.size === 0 &&
	state.conversations.get('all')?.rows.length === 0;

export const ConversationPane = memo(({rect}: {readonly rect: PaneRect}) => {
	const {theme, addresses} = useConsole();
	const state = useEngine(each => each);
	const conversation = useUi(ui => ui.conversation);
	const anchor = useUi(ui => ui.anchors.get(ui.conversation));
	const isFocused = useUi(
		ui => ui.focus === 'panes' && ui.pane === 'conversation',
	);
	const peer =
		conversation === 'all' ? undefined : state.peers.get(conversation);
	const now = useNow(peer?.lifecycle.phase === 'waiting');
	const width = innerWidth(rect.width);
	const {source, height} = conversationView(state, conversation, rect, theme);
	const shown = windowAt(source, anchor, height);
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
			? [composeLine(theme, width, [[strings.conversation.nothingYet, 'dim']])]
			: shown.lines;
	})();
	return (
		<PaneFrame
			rect={rect}
			title={paneTitle(rect, titleOf(state, conversation, theme, now), state)}
			footer={
				shown.rowsBelow > 0
					? [
							[
								`${below} ${strings.conversation.below(shown.rowsBelow)}`,
								'accent',
							],
						]
					: []
			}
			isFocused={isFocused}
			lines={lines}
		/>
	);
});
ConversationPane.displayName = 'ConversationPane';
