/** The console's own state: what is looked at, what is typed, what is open. Never what sockterm does. */
import type {
	ByteNotation,
	ConversationKey,
	PeerKey,
	TransferId,
} from '../engine/index.js';
import {createStore, type Store} from './external-store.js';
import type {Lens} from './format/lens.js';
import {emptyLine, type Line} from './input/line.js';
import type {Anchor} from './format/scroll-window.js';
import type {LayoutInput, PaneName, TabName} from './layout.js';
import {isLineOverlay, type Overlay} from './overlays/overlay.js';
import {
	noFinding,
	plainDatagramLook,
	type DatagramLook,
	type DatagramLookAction,
	type Finding,
	type FindingAction,
} from './search/search-state.js';
import {reduceUi} from './ui-reducer.js';

/** One sentence in the hint line, until the next key. */
export interface Notice {
	readonly tone: 'good' | 'bad' | 'plain';
	readonly text: string;
}

export interface UiState {
	readonly columns: number;
	readonly rows: number;
	readonly focus: 'composer' | 'panes';
	/** The pane that has the focus, or gets it with Esc. */
	readonly pane: PaneName;
	readonly tab: TabName;
	readonly isZoomed: boolean;
	readonly overlay: Overlay | undefined;
	readonly conversation: ConversationKey;
	/** The row of the peers pane, where it is no conversation: a datagram source as `host:port`. */
	readonly source: string | undefined;
	readonly transfer: TransferId | undefined;
	/** The transfers pane lists only those that failed. */
	readonly showsFailed: boolean;
	/** Where a conversation is scrolled to; missing: at its end. */
	readonly anchors: ReadonlyMap<ConversationKey, Anchor>;
	readonly datagramAnchor: Anchor | undefined;
	/** How bytes are looked at; missing: as text. */
	readonly lenses: ReadonlyMap<ConversationKey, Lens>;
	readonly datagramsInHex: boolean;
	readonly finding: Finding;
	readonly datagramLook: DatagramLook;
	/** How many messages of a conversation had come when it was last looked at. */
	readonly readMarks: ReadonlyMap<ConversationKey, number>;
	/** The first row that came after that; of the open conversation the first of somebody else, if there is any. */
	readonly unreadFrom: ReadonlyMap<ConversationKey, number>;
	readonly drafts: ReadonlyMap<ConversationKey, string>;
	/** Their carets, and what can be undone. */
	readonly lines: ReadonlyMap<ConversationKey, Line>;
	/** What was cut, in any of them. */
	readonly cuts: Line['cuts'];
	/** How what is typed becomes bytes; missing: as text. */
	readonly notations: ReadonlyMap<ConversationKey, ByteNotation>;
	readonly notice: Notice | undefined;
	/** Ctrl-C was pressed once with nothing to cancel. */
	readonly isQuitArmed: boolean;
}

export type UiAction =
	| FindingAction
	| DatagramLookAction
	| {
			readonly type: 'window/resized';
			readonly columns: number;
			readonly rows: number;
	  }
	| {readonly type: 'composer/focused'}
	| {readonly type: 'panes/focused'; readonly pane?: PaneName}
	| {readonly type: 'pane/moved'; readonly by: 1 | -1}
	| {readonly type: 'pane/zoomed'}
	| {readonly type: 'overlay/opened'; readonly overlay: Overlay}
	| {readonly type: 'overlay/closed'}
	/**
	 * `received` is how many messages the conversation that is left has, `nextRow` the id of the next
	 * one; `firstNew` that of the first row that somebody else brought to the one that is opened.
	 */
	| {
			readonly type: 'conversation/opened';
			readonly conversation: ConversationKey;
			readonly received: number;
			readonly nextRow?: number;
			readonly firstNew?: number;
	  }
	/** A peer's row was taken over by another one (it became known who it is). */
	| {
			readonly type: 'conversation/replaced';
			readonly from: PeerKey;
			readonly to: PeerKey;
	  }
	| {readonly type: 'conversation/gone'; readonly conversation: ConversationKey}
	/** Its rows are gone: there is nothing to be scrolled to. */
	| {
			readonly type: 'conversation/cleared';
			readonly conversation: ConversationKey;
	  }
	| {
			readonly type: 'conversation/scrolled';
			readonly anchor: Anchor | undefined;
			readonly received: number;
	  }
	| {readonly type: 'source/selected'; readonly source: string}
	| {readonly type: 'transfer/selected'; readonly transfer: TransferId}
	| {readonly type: 'transfers/filtered'; readonly showsFailed: boolean}
	| {readonly type: 'datagrams/scrolled'; readonly anchor: Anchor | undefined}
	| {
			readonly type: 'lens/changed';
			readonly conversation: ConversationKey;
			readonly lens: Lens;
	  }
	| {readonly type: 'datagrams/viewed'; readonly inHex: boolean}
	/** Its rows have other ids than before. */
	| {
			readonly type: 'conversation/recut';
			readonly conversation: ConversationKey;
			readonly anchor: Anchor | undefined;
	  }
	| {
			readonly type: 'draft/changed';
			readonly conversation: ConversationKey;
			readonly text: string;
	  }
	/** By keys: the caret moved, or the text changed. */
	| {
			readonly type: 'line/edited';
			readonly conversation: ConversationKey;
			readonly line: Line;
	  }
	| {
			readonly type: 'notation/changed';
			readonly conversation: ConversationKey;
			readonly notation: ByteNotation;
	  }
	| {readonly type: 'notice/shown'; readonly notice: Notice}
	| {readonly type: 'notice/cleared'}
	| {readonly type: 'quit/armed'};

export type UiStore = Store<UiState, UiAction>;

export function initialUiState(size: {
	readonly columns: number;
	readonly rows: number;
}): UiState {
	return {
		...size,
		focus: 'composer',
		pane: 'peers',
		tab: 'conversation',
		isZoomed: false,
		overlay: undefined,
		conversation: 'all',
		source: undefined,
		transfer: undefined,
		showsFailed: false,
		anchors: new Map(),
		datagramAnchor: undefined,
		lenses: new Map(),
		datagramsInHex: false,
		finding: noFinding,
		datagramLook: plainDatagramLook,
		readMarks: new Map(),
		unreadFrom: new Map(),
		drafts: new Map(),
		lines: new Map(),
		cuts: [],
		notations: new Map(),
		notice: undefined,
		isQuitArmed: false,
	};
}

export function createUiStore(size: {
	readonly columns: number;
	readonly rows: number;
}): UiStore {
	return createStore(initialUiState(size), reduceUi);
}

/** The line being typed to a conversation. */
export const lineOf = (
	{lines, cuts}: Pick<UiState, 'lines' | 'cuts'>,
	conversation: ConversationKey,
): Line => ({...(lines.get(conversation) ?? emptyLine), cuts});

/** As many as the draft has lines, at most a third of the screen. */
export function composerRows(state: UiState): number {
	const {rows, overlay, drafts, conversation} = state;
	if (overlay && isLineOverlay(overlay)) return 1;
	const draft = drafts.get(conversation) ?? '';
	const most = Math.max(1, Math.floor(rows / 3));
	return Math.min(most, draft.split('\n', most).length);
}

export const layoutInput = (state: UiState): LayoutInput => ({
	columns: state.columns,
	rows: state.rows,
	tab: state.tab,
	pane: state.pane,
	isZoomed: state.isZoomed,
	inPanes: state.focus === 'panes',
	composerRows: composerRows(state),
});
