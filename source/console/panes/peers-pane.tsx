import {memo} from 'react';
import {strings} from '../../strings/index.js';
import {useConsole, useEngine, useNow, useUi} from '../console-context.js';
import {innerHeight, innerWidth, type Spans} from '../format/lines.js';
import {peerRowLine} from '../format/peer-row.js';
import type {PaneRect} from '../layout.js';
import {peerList, selectedIndex, windowStart} from '../peer-list.js';
import {peerCounts} from '../selectors.js';
import {PaneFrame} from './pane-frame.js';
import {paneTitle} from './pane-title.js';

export const PeersPane = memo(({rect}: {readonly rect: PaneRect}) => {
	const {theme} = useConsole();
	const state = useEngine(each => each);
	const conversation = useUi(ui => ui.conversation);
	const source = useUi(ui => ui.source);
	const anchors = useUi(ui => ui.anchors);
	const readMarks = useUi(ui => ui.readMarks);
	const isFocused = useUi(ui => ui.focus === 'panes' && ui.pane === 'peers');
	const {reachable, waiting} = peerCounts(state.peers);
	const now = useNow(waiting > 0);

	const rows = peerList(state);
	const selected = selectedIndex(rows, {conversation, source});
	const height = innerHeight(rect.height);
	const start = windowStart(rows.length, height, selected);
	const reader = {conversation, anchors, readMarks};
	const lines = rows.slice(start, start + height).map((row, index) =>
		peerRowLine(row, {
			state,
			reader,
			theme,
			width: innerWidth(rect.width),
			now,
			isSelected: start + index === selected,
		}),
	);
	const title: Spans = [[strings.panes.peers, 'strong']];
	const below = rows.length - start - height;
	return (
		<PaneFrame
			rect={rect}
			title={paneTitle(rect, title, state, theme)}
			titleRight={reachable > 0 ? [[String(reachable), 'dim']] : []}
			footer={below > 0 ? [[strings.peers.more(below), 'dim']] : []}
			isFocused={isFocused}
			lines={lines}
		/>
	);
});
PeersPane.displayName = 'PeersPane';
