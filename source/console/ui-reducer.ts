/** How the console's own state changes; pure. */
import type {ConversationKey} from '../engine/index.js';
import {emptyLine, withText} from './input/line.js';
import {paneNames, type PaneName} from './layout.js';
import {reduceDatagramLook, reduceFinding} from './search/search-state.js';
import type {UiAction, UiState} from './store.js';

function withEntry<Key, Value>(
	map: ReadonlyMap<Key, Value>,
	key: Key,
	value: Value | undefined,
): ReadonlyMap<Key, Value> {
	if (map.get(key) === value) return map;
	const result = new Map(map);
	if (value === undefined) result.delete(key);
	else result.set(key, value);
	return result;
}

function moved<Value>(
	map: ReadonlyMap<ConversationKey, Value>,
	from: ConversationKey,
	to: ConversationKey | undefined,
): ReadonlyMap<ConversationKey, Value> {
	const value = map.get(from);
	if (value === undefined) return map;
	const without = withEntry(map, from, undefined);
	return to === undefined ? without : withEntry(without, to, value);
}

function focusPane(state: UiState, pane: PaneName): UiState {
	return {
		...state,
		focus: 'panes',
		pane,
		tab: pane === 'peers' ? state.tab : pane,
	};
}

export function reduceUi(state: UiState, action: UiAction): UiState {
	switch (action.type) {
		case 'window/resized': {
			const {columns, rows} = action;
			return {...state, columns, rows};
		}

		case 'composer/focused': {
			// What is typed goes to the conversation: that is what must be seen.
			return {
				...state,
				focus: 'composer',
				tab: 'conversation',
				isZoomed: false,
			};
		}

		case 'panes/focused': {
			return focusPane(state, action.pane ?? state.pane);
		}

		case 'pane/moved': {
			const index = paneNames.indexOf(state.pane) + action.by;
			return focusPane(state, paneNames.at(index % paneNames.length)!);
		}

		case 'pane/zoomed': {
			return {...state, isZoomed: !state.isZoomed};
		}

		case 'overlay/opened': {
			return {...state, overlay: action.overlay, notice: undefined};
		}

		case 'overlay/closed': {
			return {...state, overlay: undefined};
		}

		case 'conversation/opened': {
			const {conversation, received, nextRow, firstNew} = action;
			const {readMarks, anchors} = state;
			const isSeen = !anchors.has(state.conversation);
			const isHere = state.conversation === conversation;
			const unreadFrom = isHere
				? state.unreadFrom
				: withEntry(state.unreadFrom, conversation, firstNew);
			const shows = state.pane === 'peers' || state.focus === 'composer';
			return {
				...state,
				conversation,
				source: undefined,
				pane: shows ? state.pane : 'conversation',
				tab: 'conversation',
				readMarks: isSeen
					? withEntry(readMarks, state.conversation, received)
					: readMarks,
				unreadFrom: isSeen
					? withEntry(
							unreadFrom,
							state.conversation,
							isHere ? undefined : nextRow,
						)
					: unreadFrom,
			};
		}

		case 'conversation/replaced':
		case 'conversation/gone': {
			const isGone = action.type === 'conversation/gone';
			const from = isGone ? action.conversation : action.from;
			const to = isGone ? undefined : action.to;
			return {
				...state,
				conversation:
					state.conversation === from ? (to ?? 'all') : state.conversation,
				anchors: moved(state.anchors, from, undefined),
				lenses: moved(state.lenses, from, to),
				readMarks: moved(state.readMarks, from, undefined),
				unreadFrom: moved(state.unreadFrom, from, undefined),
				drafts: moved(state.drafts, from, to),
				lines: moved(state.lines, from, to),
				notations: moved(state.notations, from, to),
			};
		}

		case 'conversation/scrolled': {
			const {conversation: key, anchors, readMarks} = state;
			const wasFollowed = !anchors.has(key);
			return {
				...state,
				anchors: withEntry(anchors, key, action.anchor),
				readMarks: wasFollowed
					? withEntry(readMarks, key, action.received)
					: readMarks,
			};
		}

		case 'conversation/cleared': {
			const {anchors, unreadFrom} = state;
			const {conversation: cleared} = action;
			return {
				...state,
				unreadFrom: withEntry(unreadFrom, cleared, undefined),
				anchors: withEntry(anchors, cleared, undefined),
			};
		}

		case 'source/selected': {
			return {...state, source: action.source};
		}

		case 'transfer/selected': {
			return {...state, transfer: action.transfer};
		}

		case 'transfers/filtered': {
			return {...state, showsFailed: action.showsFailed};
		}

		case 'datagrams/scrolled': {
			return {...state, datagramAnchor: action.anchor};
		}

		case 'lens/changed': {
			const {conversation, lens} = action;
			const isPlain = !lens.hex && !lens.reads;
			const shown = isPlain ? undefined : lens;
			return {...state, lenses: withEntry(state.lenses, conversation, shown)};
		}

		case 'datagrams/viewed': {
			return {...state, datagramsInHex: action.inHex};
		}

		case 'conversation/recut': {
			const {conversation, anchor} = action;
			return {
				...state,
				anchors: withEntry(state.anchors, conversation, anchor),
			};
		}

		case 'search/set':
		case 'search/hit':
		case 'search/looked':
		case 'filter/set': {
			return {...state, finding: reduceFinding(state.finding, action)};
		}

		case 'senders/shown':
		case 'senders/moved':
		case 'senders/chosen':
		case 'datagrams/paused': {
			const datagramLook = reduceDatagramLook(state.datagramLook, action);
			return {...state, datagramLook};
		}

		case 'draft/changed': {
			const {conversation, text} = action;
			const drafts = withEntry(state.drafts, conversation, text || undefined);
			const line = text === '' ? undefined : withText(emptyLine, text);
			return {
				...state,
				drafts,
				lines: withEntry(state.lines, conversation, line),
			};
		}

		case 'line/edited': {
			const {conversation, line} = action;
			const {text, cuts} = line;
			return {
				...state,
				drafts: withEntry(state.drafts, conversation, text || undefined),
				lines: withEntry(state.lines, conversation, line),
				cuts,
			};
		}

		case 'notation/changed': {
			const {conversation, notation} = action;
			const shown = notation === 'text' ? undefined : notation;
			return {
				...state,
				notations: withEntry(state.notations, conversation, shown),
			};
		}

		case 'notice/shown': {
			return {...state, notice: action.notice};
		}

		case 'notice/cleared': {
			return state.notice || state.isQuitArmed
				? {...state, notice: undefined, isQuitArmed: false}
				: state;
		}

		case 'quit/armed': {
			return {...state, isQuitArmed: true};
		}
	}
}
