/** What the keys do: each row of the keymap's composer and panes tables ends here. */
import {isPeerKey} from '../engine/index.js';
import type {Command, Engine, Transfer} from '../engine/index.js';
import {createByteActions} from './byte-actions.js';
import {isWaitingOffer} from './format/transfer-text.js';
import {createHistoryActions, type HistoryActions} from './history-actions.js';
import type {
	Action,
	ConversationNumber,
	SnippetNumber,
} from './input/keymap.js';
import {createFindingActions, type FindingActions} from './finding-actions.js';
import {createLensActions, type LensActions} from './lens-actions.js';
import {createMoving, type Moving} from './moving.js';
import {longestWaiting} from './news.js';
import type {PacedEngine} from './paced-engine.js';
import {peerList} from './peer-list.js';
import type {Notice, UiState, UiStore} from './store.js';
import {strings} from '../strings/index.js';
import type {Theme} from './theme.js';
import {createTransferActions} from './transfer-actions.js';
import {transferSummary} from './transfer-selectors.js';

export interface ActionsOptions {
	readonly engine: Pick<Engine, 'getState'>;
	readonly paced: PacedEngine;
	readonly ui: UiStore;
	/** The one of now. */
	readonly theme: () => Theme;
	dispatch(command: Command): void;
	/** Draws everything anew, whatever the terminal shows. */
	redraw?(): void;
	/** Writes a control sequence of ours, which draws nothing. */
	writeTerminal?(sequence: string): void;
	quit(): void;
}

export interface Actions {
	/** False where the action is not one of the panes or the composer. */
	perform(action: Action): boolean;
	openConversation(key: UiKey): void;
	/** Shows the end of the conversation. */
	follow(): void;
	notify(text: string, tone?: Notice['tone']): void;
	closeOverlay(): void;
	/** Asks first while a transfer runs. */
	requestQuit(): void;
	/** At once. */
	quit(): void;
	/** The offer that `a` and `d` mean, where it is clear which. */
	meantOffer(): Transfer | undefined;
	openFilePicker(): void;
	/** Goes to the transfers, all or only those that failed. */
	showTransfers(showsFailed: boolean): void;
	/** How bytes are looked at. */
	readonly lens: LensActions;
	/** What is searched for, and what alone is shown. */
	readonly finding: FindingActions;
	readonly moving: Moving;
	/** Places in what was said. */
	readonly history: HistoryActions;
}

type UiKey = UiState['conversation'];

const leaps: Partial<Record<Action, 'start' | 'end'>> = {
	moveTop: 'start',
	moveBottom: 'end',
};

export function createActions(options: ActionsOptions): Actions {
	const {engine, paced, ui, theme, dispatch} = options;
	const notify = (text: string, tone: Notice['tone'] = 'plain') => {
		ui.dispatch({type: 'notice/shown', notice: {tone, text}});
	};

	const moving = createMoving({engine, paced, ui, theme, dispatch});
	const transfers = createTransferActions({engine, ui, dispatch, notify});
	const {openConversation, follow} = moving;
	const bytes = createByteActions({engine, ui, dispatch, notify, follow});

	const history = createHistoryActions({
		paced,
		ui,
		moving,
		dispatch,
		find: text => finding.mark(text),
	});
	const finding = createFindingActions({
		paced,
		ui,
		moving,
		notify,
		searchHistory: history.search,
	});
	const {writeTerminal = () => undefined} = options;
	const lens = createLensActions({engine, ui, notify, writeTerminal});

	/** Enter in a pane: what the row is for. */
	const select = () => {
		const {pane, source} = ui.getState();
		const selected = transfers.selectedTransfer();
		if (selected && isWaitingOffer(selected)) {
			const overlay = {kind: 'offer', transfer: selected.id} as const;
			ui.dispatch({type: 'overlay/opened', overlay});
		} else if (pane === 'peers' && source !== undefined) {
			const overlay = {kind: 'datagram', target: source} as const;
			ui.dispatch({type: 'overlay/opened', overlay});
		} else if (pane !== 'datagrams' || !finding.chooseSender()) {
			ui.dispatch({type: 'composer/focused'});
		}
	};

	const sendDatagram = () => {
		const {source: selected, pane} = ui.getState();
		const source = pane === 'datagrams' ? finding.sender() : selected;
		const overlay = {
			kind: 'datagram',
			...(source === undefined ? {} : {target: source}),
		} as const;
		ui.dispatch({type: 'overlay/opened', overlay});
	};

	const conversations = (): UiKey[] =>
		peerList(engine.getState()).flatMap(row =>
			row.kind === 'conversation' ? [row.key] : [],
		);

	const nextWithActivity = () => {
		const next = longestWaiting(engine.getState(), ui.getState());
		if (next) openConversation(next);
		else notify(strings.input.jump.noNews);
	};

	/** The next one of the list, round its end. */
	const walk = (by: 1 | -1) => () => {
		const keys = conversations();
		const here = keys.indexOf(ui.getState().conversation);
		const next = keys.at((here + by) % keys.length);
		if (next) openConversation(next);
	};

	/** Writes the slash of a command, where nothing is written yet. */
	const startCommand = () => {
		const {conversation, drafts} = ui.getState();
		ui.dispatch({type: 'composer/focused'});
		if (!drafts.has(conversation)) {
			ui.dispatch({type: 'draft/changed', conversation, text: '/'});
		}
	};

	const closeOverlay = () => {
		ui.dispatch({type: 'overlay/closed'});
	};

	const requestQuit = () => {
		// An offer that nobody has answered yet is nothing to lose.
		const {begun} = transferSummary(engine.getState());
		if (begun.length > 0) {
			ui.dispatch({type: 'overlay/opened', overlay: {kind: 'quit'}});
		} else {
			options.quit();
		}
	};

	/** Ctrl-C: the innermost thing first, and only then, twice, the console. */
	const interrupt = () => {
		const {overlay, focus, conversation, drafts, isQuitArmed} = ui.getState();
		if (overlay) {
			closeOverlay();
		} else if (focus === 'composer' && drafts.has(conversation)) {
			ui.dispatch({type: 'draft/changed', conversation, text: ''});
		} else if (isQuitArmed) {
			requestQuit();
		} else {
			ui.dispatch({type: 'quit/armed'});
		}
	};

	const pair = () => {
		const {conversation} = ui.getState();
		const words = strings.input.trust;
		const peer = isPeerKey(conversation)
			? engine.getState().peers.get(conversation)
			: undefined;
		if (!peer) {
			notify(words.noPeer, 'bad');
		} else if (peer.kind !== 'peer') {
			notify(words.onlyEncrypted(peer.name), 'bad');
		} else if (peer.lifecycle.phase !== 'ready') {
			notify(words.notThere(peer.name), 'bad');
		} else {
			const overlay = {kind: 'pair', peer: peer.key} as const;
			ui.dispatch({type: 'overlay/opened', overlay});
		}
	};

	const open = (kind: 'connect' | 'listeners' | 'help' | 'jump') => () => {
		ui.dispatch({type: 'overlay/opened', overlay: {kind}});
	};

	const handlers: Partial<Record<Action, () => void>> = {
		focusPanes: () => ui.dispatch({type: 'panes/focused'}),
		focusComposer: () => ui.dispatch({type: 'composer/focused'}),
		nextPane: () => ui.dispatch({type: 'pane/moved', by: 1}),
		previousPane: () => ui.dispatch({type: 'pane/moved', by: -1}),
		moveUp: () => moving.move(-1),
		moveDown: () => moving.move(1),
		pageUp: () => moving.page(-1),
		pageDown: () => moving.page(1),
		select,
		toggleZoom: () => ui.dispatch({type: 'pane/zoomed'}),
		nextWithActivity,
		nextConversation: walk(1),
		previousConversation: walk(-1),
		startCommand,
		sendFile: transfers.openFilePicker,
		connect: open('connect'),
		pair,
		listeners: open('listeners'),
		framing: () => lens.chooseFraming(),
		encoding: () => lens.chooseEncoding(),
		toggleHex: lens.toggleHex,
		toggleReads: () => lens.look('reads'),
		copyMessage: lens.copyMessage,
		search: () => finding.ask('search'),
		filter: () => finding.ask('filter'),
		nextHit: () => finding.next(1),
		previousHit: () => finding.next(-1),
		leave: finding.leave,
		toggleSenders: finding.toggleSenders,
		togglePause: finding.togglePause,
		help: open('help'),
		jump: open('jump'),
		sendDatagram,
		accept: () => transfers.answer('transfer/accept'),
		decline: () => transfers.answer('transfer/decline'),
		cancelTransfer: transfers.cancel,
		pauseTransfer: transfers.pauseOrGoOn,
		pauseAll: transfers.pauseOrGoOnAll,
		retryTransfer: transfers.retry,
		moveEarlier: () => transfers.moveInQueue(-1),
		moveLater: () => transfers.moveInQueue(1),
		showFailed: () => transfers.show(!ui.getState().showsFailed),
		redraw: () => options.redraw?.(),
		interrupt,
		cycleNotation: bytes.cycleNotation,
		quit: requestQuit,
	};

	return {
		perform(action) {
			const to = leaps[action];
			if (to) moving.leap(to);
			else if (handlers[action]) handlers[action]();
			else if (isConversationAction(action)) {
				const number = Number(action.slice('conversation'.length));
				const key = conversations()[number - 1];
				if (key) openConversation(key);
			} else if (isSnippetAction(action)) {
				bytes.sendSnippet(Number(action.slice(-1)));
			} else return false;
			return true;
		},
		openConversation,
		follow: moving.follow,
		notify,
		closeOverlay,
		requestQuit,
		quit: options.quit,
		meantOffer: transfers.meantOffer,
		openFilePicker: transfers.openFilePicker,
		showTransfers: transfers.show,
		lens,
		finding,
		moving,
		history,
	};
}

const isSnippetAction = (action: Action): action is `snippet${SnippetNumber}` =>
	action.startsWith('snippet');

const isConversationAction = (
	action: Action,
): action is `conversation${ConversationNumber}` =>
	action.startsWith('conversation');
