/** What is searched for and filtered by, as it is typed; and going from hit to hit. */
import type {EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import type {Readable} from '../external-store.js';
import type {PaneName} from '../layout.js';
import type {PaneList} from '../pane-lists.js';
import type {UiStore} from '../store.js';
import {readFilter, readQuery} from './query.js';
import {createScanner} from './scanner.js';
import type {RowPane} from './search-state.js';
import {nameTarget} from './targets.js';

export interface Searching {
	/** Goes to the nearest hit in the pane. A returned sentence says what is wrong with the text. */
	search(text: string): string | undefined;
	/** Marks hits where they are seen, and goes nowhere. */
	mark(text: string): void;
	/** To the next hit (1: down) of what was searched for last. */
	next(by: 1 | -1): void;
	/** Shows only what fits. A returned sentence says what is wrong with the text. */
	filter(pane: RowPane, text: string): string | undefined;
	/** Nothing is searched for any more; false where nothing was. */
	stop(): boolean;
}

export interface SearchingOptions {
	readonly paced: Readable<EngineState>;
	readonly ui: UiStore;
	notify(text: string): void;
	/** Nothing was found in a pane; true: it is looked for elsewhere. */
	nowhere(text: string): boolean;
	/** The pane that keys move in. */
	activePane(): PaneName;
	listOf(pane: PaneName): PaneList | undefined;
	choose(list: PaneList, index: number): void;
	/** The id of the row at the lower edge of a pane. */
	bottomRow(pane: RowPane): number;
	/** Shows a row and stands still there. */
	reveal(pane: RowPane, row: number): void;
}

type Where = 'near' | 1 | -1;

const isRowPane = (pane: PaneName): pane is RowPane =>
	pane === 'conversation' || pane === 'datagrams';

export function createSearching(options: SearchingOptions): Searching {
	const {ui, notify, activePane} = options;
	const words = strings.keep.search;
	const scanner = createScanner(options.paced, ui);

	const say = (index: number, count: number, isWrapped: boolean) => {
		const {label = ''} = ui.getState().finding.search ?? {};
		if (count === 0) {
			if (!options.nowhere(label)) notify(words.nothing(label));
		} else
			notify((isWrapped ? words.wrapped : words.found)(label, index, count));
	};

	const goToRow = (pane: RowPane, where: Where) => {
		const view = scanner.viewOf(pane);
		if (!view?.search) {
			say(0, 0, false);
			return;
		}

		const {index} = view.search;
		const {first, end} = index.within(view.rows);
		if (first === end) {
			say(0, 0, false);
			return;
		}

		const {hit} = ui.getState().finding;
		const bottom = options.bottomRow(pane);
		const last = hit?.view === view.key ? hit.row : undefined;
		let position =
			where === 1
				? index.positionOf((last ?? bottom) + 1)
				: index.positionOf(
						where === 'near' ? bottom + 1 : (last ?? bottom + 1),
					) - 1;
		const isWrapped = where !== 'near' && (position >= end || position < first);
		if (position >= end) position = first;
		else if (position < first) position = where === 'near' ? first : end - 1;
		const row = index.idAt(position);
		ui.dispatch({type: 'search/hit', hit: {view: view.key, row}});
		options.reveal(pane, row);
		say(position - first + 1, end - first, isWrapped);
	};

	const goInList = (list: PaneList, where: Where) => {
		const query = ui.getState().finding.search;
		if (!query) return;
		const found = list.names.flatMap((name, index) =>
			query.matches(nameTarget(name)) ? [index] : [],
		);
		const {selected} = list;
		const after = found.findIndex(index =>
			where === 'near' ? index >= selected : index > selected,
		);
		const before = found.findLastIndex(index => index < selected);
		const place = where === -1 ? before : after;
		const isWrapped = place === -1;
		const chosen = isWrapped ? (where === -1 ? found.length - 1 : 0) : place;
		const index = found[chosen];
		if (index !== undefined) options.choose(list, index);
		say(chosen + 1, found.length, isWrapped && where !== 'near');
	};

	const go = (where: Where) => {
		const {search} = ui.getState().finding;
		const pane = activePane();
		const list = options.listOf(pane);
		if (!search) {
			notify(words.noQuery);
		} else if (list) {
			goInList(list, where);
		} else if (isRowPane(pane)) {
			notify(words.looking(search.label));
			scanner.whenLooked(pane, () => goToRow(pane, where));
		}
	};

	return {
		search(text) {
			const read = readQuery(text);
			if (!read.ok) return read.message;
			ui.dispatch({type: 'search/set', search: read.query});
			go('near');
			return undefined;
		},
		mark(text) {
			const read = readQuery(text);
			if (read.ok) ui.dispatch({type: 'search/set', search: read.query});
		},
		next: go,
		filter(pane, text) {
			const read = readFilter(text);
			if (!read.ok) return read.message;
			ui.dispatch({type: 'filter/set', pane, filter: read.query});
			notify(strings.keep.filter.is(read.query.label));
			return undefined;
		},
		stop() {
			scanner.cancel();
			if (!ui.getState().finding.search) return false;
			ui.dispatch({type: 'search/set', search: undefined});
			return true;
		},
	};
}
