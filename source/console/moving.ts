/** Moving the cursor and the view in whichever pane has the focus. */
import type {Engine} from '../engine/index.js';
import {scrollBy, scrollToTop, type Anchor} from './format/scroll-window.js';
import {computeLayout, type PaneName} from './layout.js';
import type {PacedEngine} from './paced-engine.js';
import {peerList, selectedIndex, type PeerListRow} from './peer-list.js';
import {shownTransfers} from './transfer-selectors.js';
import {layoutInput, type UiState, type UiStore} from './store.js';
import type {Theme} from './theme.js';
import {conversationView, datagramsView, type ScrollView} from './views.js';

export interface Moving {
	/** One row or line, down when positive. */
	move(by: number): void;
	page(direction: 1 | -1): void;
	leap(to: 'start' | 'end'): void;
	/** To the end of the conversation, and on with it. */
	follow(): void;
	openConversation(key: UiState['conversation']): void;
}

type ScrollPane = 'conversation' | 'datagrams';

export function createMoving(options: {
	readonly engine: Pick<Engine, 'getState'>;
	readonly paced: PacedEngine;
	readonly ui: UiStore;
	readonly theme: Theme;
}): Moving {
	const {engine, paced, ui, theme} = options;
	const openConversation = (conversation: UiState['conversation']) => {
		const left = ui.getState().conversation;
		const received = engine.getState().conversations.get(left)?.received ?? 0;
		ui.dispatch({type: 'conversation/opened', conversation, received});
	};

	const openRow = (row: PeerListRow | undefined) => {
		if (row?.kind === 'conversation') openConversation(row.key);
		else if (row) ui.dispatch({type: 'source/selected', source: row.address});
	};

	/** The pane that keys move in: in the composer that is the conversation. */
	const activePane = (): PaneName => {
		const {focus, pane} = ui.getState();
		return focus === 'panes' ? pane : 'conversation';
	};

	const viewOf = (pane: PaneName): ScrollView | undefined => {
		const state = ui.getState();
		const layout = computeLayout(layoutInput(state));
		if (layout.kind === 'tooSmall') return undefined;
		const rect = layout.panes.find(each => each.pane === pane);
		if (!rect) return undefined;
		return pane === 'datagrams'
			? datagramsView(paced.getState(), rect, theme)
			: conversationView(paced.getState(), state.conversation, rect, theme);
	};

	const scroll = (
		pane: ScrollPane,
		next: (view: ScrollView, anchor: Anchor | undefined) => Anchor | undefined,
	) => {
		const view = viewOf(pane);
		if (!view) return;
		const state = ui.getState();
		if (pane === 'datagrams') {
			const anchor = next(view, state.datagramAnchor);
			ui.dispatch({type: 'datagrams/scrolled', anchor});
			return;
		}

		const anchor = next(view, state.anchors.get(state.conversation));
		const received =
			paced.getState().conversations.get(state.conversation)?.received ?? 0;
		ui.dispatch({type: 'conversation/scrolled', anchor, received});
	};

	const scrollLines = (pane: ScrollPane, lines: (height: number) => number) => {
		scroll(pane, ({source, height}, anchor) =>
			scrollBy(source, anchor, lines(height), height),
		);
	};

	const step = <Item>(items: readonly Item[], index: number, by: number) =>
		items[Math.min(items.length - 1, Math.max(0, index + by))];

	const moveInList = (by: number) => {
		const state = engine.getState();
		const {transfer, pane} = ui.getState();
		if (pane === 'peers') {
			const rows = peerList(state);
			openRow(step(rows, selectedIndex(rows, ui.getState()), by));
			return;
		}

		const shown = shownTransfers(state, ui.getState());
		const index = shown.findIndex(({id}) => id === transfer);
		const next = step(shown, Math.max(0, index), by);
		if (next) ui.dispatch({type: 'transfer/selected', transfer: next.id});
	};

	const move = (by: number) => {
		const pane = activePane();
		if (pane === 'peers' || pane === 'transfers') moveInList(by);
		else scrollLines(pane, () => by);
	};

	const page = (direction: 1 | -1) => {
		const pane = activePane();
		if (pane === 'peers' || pane === 'transfers') moveInList(direction * 10);
		else scrollLines(pane, height => direction * Math.max(1, height - 1));
	};

	const leap = (to: 'start' | 'end') => {
		const pane = activePane();
		if (pane === 'peers' || pane === 'transfers') {
			moveInList(to === 'start' ? -1_000_000 : 1_000_000);
			return;
		}

		scroll(pane, ({source, height}) =>
			to === 'start' ? scrollToTop(source, height) : undefined,
		);
	};

	const follow = () => {
		scroll('conversation', () => undefined);
	};

	return {move, page, leap, follow, openConversation};
}
