/** Searching, filtering and looking at datagrams by their senders: what keys and commands of these do. */
import type {EngineState} from '../engine/index.js';
import {strings} from '../strings/index.js';
import type {Readable} from './external-store.js';
import type {PaneName} from './layout.js';
import type {Moving} from './moving.js';
import {isPlainQuery, senderQuery} from './search/query.js';
import {createSearching} from './search/searching.js';
import type {RowPane} from './search/search-state.js';
import {senderAtCursor, senderList} from './senders.js';
import {formatAddress} from '../util/address.js';
import type {UiStore} from './store.js';

export type Finding = 'search' | 'filter';

export interface FindingActions {
	/** Opens the line in which it is typed. */
	ask(what: Finding): void;
	/** Undefined: no more. A returned sentence says what is wrong with the text. */
	find(what: Finding, text: string | undefined): string | undefined;
	next(by: 1 | -1): void;
	/** Shows where a text is, without going anywhere. */
	mark(text: string): void;
	/** Ends the innermost of search, chosen sender and filter. */
	leave(): void;
	/** Datagrams by sender, or in one stream. */
	toggleSenders(): void;
	/** Lets the datagrams stand still, or go on. */
	togglePause(): void;
	/** Enter on a sender: only its datagrams. False where there is none to choose. */
	chooseSender(): boolean;
	/** The sender that an answer would go to, as `host:port`. */
	sender(): string | undefined;
}

export function createFindingActions(options: {
	readonly paced: Readable<EngineState>;
	readonly ui: UiStore;
	readonly moving: Moving;
	notify(text: string): void;
	searchHistory(needle: string): void;
}): FindingActions {
	const {paced, ui, moving, notify, searchHistory} = options;
	const searching = createSearching({
		paced,
		ui,
		notify,
		nowhere: text => {
			if (moving.activePane() !== 'conversation' || !isOfHistory(text)) {
				return false;
			}

			searchHistory(text);
			return true;
		},
		...moving,
	});
	const words = strings.keep;

	/** Where a filter is meant: the datagrams where they were looked at last. */
	const rowPane = (): RowPane =>
		ui.getState().pane === 'datagrams' ? 'datagrams' : 'conversation';

	/** Typed in the composer, a search goes to a pane, so that `n` is at hand. */
	/** Expressions and bytes are looked for in memory only. */
	const isOfHistory = (text: string) =>
		paced.getState().history.phase !== 'off' &&
		rowPane() === 'conversation' &&
		isPlainQuery(text);

	const focusRows = () => {
		if (ui.getState().focus === 'composer') {
			ui.dispatch({type: 'panes/focused', pane: rowPane()});
		}
	};

	const endFilter = (pane: RowPane) => {
		ui.dispatch({type: 'filter/set', pane, filter: undefined});
		notify(words.filter.off);
	};

	const chosenSender = () => {
		const {datagramLook: look, pane} = ui.getState();
		if (look.sender) return look.sender.address;
		if (!look.bySender || pane !== 'datagrams') return undefined;
		const senders = senderList(paced.getState());
		const sender = senders[senderAtCursor(senders, look)];
		return sender && formatAddress(sender.from);
	};

	const toggleSenders = () => {
		const {bySender} = ui.getState().datagramLook;
		ui.dispatch({type: 'panes/focused', pane: 'datagrams'});
		ui.dispatch({type: 'senders/shown', bySender: !bySender});
	};

	return {
		ask(what) {
			const {pane: at} = ui.getState();
			const pane: PaneName = what === 'filter' ? rowPane() : at;
			ui.dispatch({
				type: 'overlay/opened',
				overlay: {kind: 'find', what, pane},
			});
		},
		find(what, text) {
			if (what === 'search') {
				if (text === undefined) {
					notify(searching.stop() ? words.search.ended : words.search.noQuery);
					return undefined;
				}

				const isTyped = ui.getState().focus === 'composer';
				focusRows();
				if (text !== '' && isTyped && isOfHistory(text)) {
					searching.mark(text);
					searchHistory(text);
					return undefined;
				}

				if (text !== '') return searching.search(text);
				searching.next(1);
				return undefined;
			}

			const pane = rowPane();
			if (text === undefined) {
				endFilter(pane);
				return undefined;
			}

			if (text !== '') return searching.filter(pane, text);
			const filter = ui.getState().finding.filters[pane];
			notify(filter ? words.filter.is(filter.label) : words.filter.none);
			return undefined;
		},
		next: searching.next,
		mark: searching.mark,
		leave() {
			const {finding, datagramLook, pane} = ui.getState();
			if (searching.stop()) return;
			if (pane === 'datagrams' && datagramLook.paused) {
				ui.dispatch({type: 'datagrams/paused', rows: undefined});
			} else if (pane === 'datagrams' && datagramLook.sender) {
				toggleSenders();
			} else if (finding.filters[rowPane()]) {
				endFilter(rowPane());
			}
		},
		toggleSenders,
		togglePause() {
			const {paused} = ui.getState().datagramLook;
			const {rows} = paced.getState().datagrams;
			ui.dispatch({type: 'panes/focused', pane: 'datagrams'});
			ui.dispatch({type: 'datagrams/paused', rows: paused ? undefined : rows});
		},
		chooseSender() {
			const {bySender} = ui.getState().datagramLook;
			const address = bySender ? chosenSender() : undefined;
			if (address === undefined) return false;
			const sender = {address, query: senderQuery(address)};
			ui.dispatch({type: 'senders/chosen', sender});
			return true;
		},
		sender: chosenSender,
	};
}
