/** Moving the cursor and the view in whichever pane has the focus. */
import type {Command, Engine} from '../engine/index.js';
import {scrollBy, scrollToTop, type Anchor} from './format/scroll-window.js';
import {computeLayout, type PaneName} from './layout.js';
import {opening} from './opening.js';
import type {PacedEngine} from './paced-engine.js';
import {createPastPages} from './past-pages.js';
import {paneList, type PaneList} from './pane-lists.js';
import type {PeerListRow} from './peer-list.js';
import {revealed} from './search/reveal.js';
import {layoutInput, type UiState, type UiStore} from './store.js';
import type {Theme} from './theme.js';
import type {ShownRows} from './search/shown-rows.js';
import type {RowPane} from './search/search-state.js';
import {shownConversation, shownDatagrams} from './shown-views.js';

export interface Moving {
	/** One row or line, down when positive. */
	move(by: number): void;
	/** In that pane, wherever the focus is: rows scroll by so many lines, in a list the next one is chosen. */
	wheel(pane: PaneName, by: number): void;
	page(direction: 1 | -1): void;
	leap(to: 'start' | 'end'): void;
	/** To the end of the conversation, and on with it. */
	follow(): void;
	openConversation(key: UiState['conversation']): void;
	/** The pane that keys move in: in the composer that is the conversation. */
	activePane(): PaneName;
	/** Undefined for a pane that shows rows. */
	listOf(pane: PaneName): PaneList | undefined;
	choose(list: PaneList, index: number): void;
	/** The id of the row at the lower edge. */
	bottomRow(pane: RowPane): number;
	/** Shows a row and stands still there. */
	reveal(pane: RowPane, row: number): void;
}

export function createMoving(options: {
	readonly engine: Pick<Engine, 'getState'>;
	readonly paced: PacedEngine;
	readonly ui: UiStore;
	readonly dispatch: (command: Command) => void;
	/** The one of now. */
	readonly theme: () => Theme;
}): Moving {
	const {engine, paced, ui, theme, dispatch} = options;
	const pages = createPastPages({state: engine.getState, dispatch});
	const openConversation = (conversation: UiState['conversation']) => {
		ui.dispatch(opening(engine.getState(), ui.getState(), conversation));
	};

	const openRow = (row: PeerListRow | undefined) => {
		if (row?.kind === 'conversation') openConversation(row.key);
		else if (row) ui.dispatch({type: 'source/selected', source: row.address});
	};

	const activePane = (): PaneName => {
		const {focus, pane} = ui.getState();
		return focus === 'panes' ? pane : 'conversation';
	};

	const viewOf = (pane: PaneName): ShownRows | undefined => {
		const state = ui.getState();
		const layout = computeLayout(layoutInput(state));
		if (layout.kind === 'tooSmall') return undefined;
		const rect = layout.panes.find(each => each.pane === pane);
		if (!rect) return undefined;
		return pane === 'datagrams'
			? shownDatagrams(paced.getState(), state, rect, theme())
			: shownConversation(paced.getState(), state, rect, theme());
	};

	const scroll = (
		pane: RowPane,
		next: (view: ShownRows, anchor: Anchor | undefined) => Anchor | undefined,
	) => {
		const view = viewOf(pane);
		if (!view) return;
		const state = ui.getState();
		if (pane === 'datagrams') {
			const here = view.toSource(state.datagramAnchor);
			const anchor = view.toRows(next(view, here));
			ui.dispatch({type: 'datagrams/scrolled', anchor});
			return;
		}

		const {conversation} = state;
		const here = view.toSource(state.anchors.get(conversation));
		const there = next(view, here);
		const anchor = view.toRows(there);
		const held = paced.getState().conversations.get(conversation);
		ui.dispatch({
			type: 'conversation/scrolled',
			anchor,
			received: held?.received ?? 0,
		});
		if (!state.finding.filters.conversation) {
			pages.look(conversation, view, there);
		}
	};

	const scrollLines = (pane: RowPane, lines: (height: number) => number) => {
		scroll(pane, ({source, height}, anchor) =>
			scrollBy(source, anchor, lines(height), height),
		);
	};

	const listOf = (pane: PaneName): PaneList | undefined =>
		paneList(pane, engine.getState(), ui.getState());

	const choose = (list: PaneList, index: number) => {
		const chosen = list.choose(index);
		if (!chosen) return;
		if ('type' in chosen) ui.dispatch(chosen);
		else openRow(chosen);
	};

	const moveInList = (list: PaneList, by: number) => {
		const {names, selected} = list;
		choose(list, Math.min(names.length - 1, Math.max(0, selected + by)));
	};

	/** In a list the cursor moves, else the view. */
	const inList = (by: number): RowPane | undefined => {
		const pane = activePane();
		const list = listOf(pane);
		if (list) moveInList(list, by);
		return list || pane === 'peers' || pane === 'transfers' ? undefined : pane;
	};

	const move = (by: number) => {
		const pane = inList(by);
		if (pane) scrollLines(pane, () => by);
	};

	const wheel = (pane: PaneName, by: number) => {
		const list = listOf(pane);
		if (list) moveInList(list, Math.sign(by));
		else if (pane === 'conversation' || pane === 'datagrams') {
			scrollLines(pane, () => by);
		}
	};

	const page = (direction: 1 | -1) => {
		const pane = inList(direction * 10);
		if (pane) scrollLines(pane, height => direction * Math.max(1, height - 1));
	};

	const leap = (to: 'start' | 'end') => {
		const pane = inList(to === 'start' ? -1_000_000 : 1_000_000);
		if (!pane) return;
		scroll(pane, ({source, height}) =>
			to === 'start' ? scrollToTop(source, height) : undefined,
		);
	};

	const anchorIn = (pane: RowPane): Anchor | undefined => {
		const {datagramAnchor, anchors, conversation} = ui.getState();
		return pane === 'datagrams' ? datagramAnchor : anchors.get(conversation);
	};

	const bottomRow = (pane: RowPane): number => {
		const anchor = anchorIn(pane);
		if (anchor) return anchor.row;
		const view = viewOf(pane);
		const end = view && {row: view.source.nextId - 1, hiddenLines: 0};
		return view?.toRows(end)?.row ?? Number.MAX_SAFE_INTEGER;
	};

	const reveal = (pane: RowPane, row: number) => {
		scroll(pane, ({source, height, toSource}, anchor) => {
			const there = toSource({row, hiddenLines: 0})!;
			return revealed(source, anchor, there.row, height);
		});
	};

	const follow = () => {
		scroll('conversation', () => undefined);
	};

	return {
		move,
		wheel,
		page,
		leap,
		follow,
		openConversation,
		activePane,
		listOf,
		choose,
		bottomRow,
		reveal,
	};
}
