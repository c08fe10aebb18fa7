/**
 * A pane's rows as they are shown: only those that the filter lets through, with
 * what was searched for drawn in. Anchors name rows by their id, whatever is
 * shown; a source that leaves rows out counts positions.
 */
import {strings} from '../../strings/index.js';
import type {LineList} from '../format/line-list.js';
import type {Anchor, RowSource} from '../format/scroll-window.js';
import type {Theme} from '../theme.js';
import type {ScrollView} from '../views.js';
import {markHits} from './mark-hits.js';
import type {RowView} from './row-views.js';
import type {Hit} from './search-state.js';

export interface ShownRows extends ScrollView {
	/** From an anchor among all rows to one in `source`. */
	toSource(anchor: Anchor | undefined): Anchor | undefined;
	/** And back. */
	toRows(anchor: Anchor | undefined): Anchor | undefined;
	/** In place of rows where the filter lets none through. */
	readonly nothing: string | undefined;
}

export function marked(
	lines: LineList,
	found: readonly string[],
	theme: Theme,
	isCurrent: boolean,
): LineList {
	const style = isCurrent ? 'currentHit' : 'hit';
	return {
		length: lines.length,
		slice: (start, end) =>
			markHits(lines.slice(start, end), found, theme, style),
	};
}

function withMarks<Item extends object>(
	source: RowSource,
	rowView: RowView<Item>,
	hit: Hit | undefined,
	theme: Theme,
	pastRowAt: ScrollView['pastRowAt'],
): RowSource {
	const {search, rows, key, target} = rowView;
	if (!search) return source;
	const {query, index} = search;
	return {
		...source,
		linesOf(id) {
			const lines = source.linesOf(id);
			const past = pastRowAt?.(id) as Item | undefined;
			if (past) {
				const asked = target(past);
				return query.matches(asked)
					? marked(lines, query.found(asked), theme, false)
					: lines;
			}

			const row = rows.at(id - rows.firstId);
			if (!row || !index.has(id)) return lines;
			const isCurrent = hit?.view === key && hit.row === id;
			return marked(lines, query.found(target(row)), theme, isCurrent);
		},
	};
}

/** `view` shows all rows of `rowView`. */
export function shownRows<Item extends object>(
	view: ScrollView,
	rowView: RowView<Item> | undefined,
	hit: Hit | undefined,
	theme: Theme,
): ShownRows {
	const same = (anchor: Anchor | undefined) => anchor;
	const {toSource = same, toRows = same} = view;
	const all = {toSource, toRows, nothing: undefined};
	if (!rowView) return {...view, ...all};
	const source = withMarks(view.source, rowView, hit, theme, view.pastRowAt);
	const {rows, filter} = rowView;
	if (!filter) return {...view, ...all, source};
	const {index} = filter;
	const {first, end} = index.within(rows);
	const words = strings.keep.filter;
	return {
		height: view.height,
		nothing: index.isComplete(rows) ? words.nothing : words.looking,
		source: {
			firstId: first,
			nextId: end,
			linesOf: position => source.linesOf(index.idAt(position)),
		},
		toSource(anchor) {
			if (!anchor) return undefined;
			const position = index.positionOf(anchor.row);
			if (position >= end) return {row: end - 1, hiddenLines: 0};
			// A row that is left out: the one before it is at the edge.
			const isShown = index.idAt(position) === anchor.row;
			return isShown
				? {row: position, hiddenLines: anchor.hiddenLines}
				: {row: position - 1, hiddenLines: 0};
		},
		toRows: anchor => anchor && {...anchor, row: index.idAt(anchor.row)},
	};
}
