/** What the scrolling panes show of the engine's state, as their reader looks at it. */
import type {EngineState} from '../engine/index.js';
import {plainLens} from './format/lens.js';
import type {PaneRect} from './layout.js';
import {conversationRows, datagramRows} from './search/row-views.js';
import {shownRows, type ShownRows} from './search/shown-rows.js';
import type {UiState} from './store.js';
import type {Theme} from './theme.js';
import {conversationView, datagramsView} from './views.js';

export function shownConversation(
	state: EngineState,
	{
		conversation,
		lenses,
		finding,
		unreadFrom,
	}: Pick<UiState, 'conversation' | 'lenses' | 'finding' | 'unreadFrom'>,
	rect: PaneRect,
	theme: Theme,
): ShownRows {
	const lens = lenses.get(conversation) ?? plainLens;
	return shownRows(
		conversationView(
			state,
			conversation,
			rect,
			theme,
			lens,
			unreadFrom.get(conversation),
		),
		conversationRows(state, conversation, finding),
		finding.hit,
		theme,
	);
}

export function shownDatagrams(
	state: EngineState,
	{
		datagramsInHex,
		finding,
		datagramLook,
	}: Pick<UiState, 'datagramsInHex' | 'finding' | 'datagramLook'>,
	rect: PaneRect,
	theme: Theme,
): ShownRows {
	const rowView = datagramRows(state, finding, datagramLook);
	const datagrams = {...state.datagrams, rows: rowView.rows};
	return shownRows(
		datagramsView({...state, datagrams}, rect, theme, datagramsInHex),
		rowView,
		finding.hit,
		theme,
	);
}
