/** What the keys do about transfers: which one is meant, and what to say where that is not clear. */
import {
	isRunning,
	type Command,
	type Engine,
	type Transfer,
} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {isWaitingOffer} from './format/transfer-text.js';
import {fileReceiver} from './selectors.js';
import type {Notice, UiStore} from './store.js';
import {
	hasBegun,
	hasFailed,
	transferAtCursor,
	transferSummary,
} from './transfer-selectors.js';

export interface TransferActions {
	/** The one under the cursor of the transfers pane, while that has the focus. */
	selectedTransfer(): Transfer | undefined;
	/** The offer that `a` and `d` mean, where it is clear which. */
	meantOffer(): Transfer | undefined;
	answer(type: 'transfer/accept' | 'transfer/decline'): void;
	cancel(): void;
	pauseOrGoOn(): void;
	/** Pauses all that are not paused from here; where all are, lets them go on. */
	pauseOrGoOnAll(): void;
	retry(): void;
	moveInQueue(by: -1 | 1): void;
	/** Goes to the pane, with all or only those that failed. */
	show(showsFailed: boolean): void;
	openFilePicker(): void;
}

const isPausedByUs = ({phase}: Transfer): boolean =>
	phase.kind === 'paused' && phase.by === 'us';

export function createTransferActions(options: {
	readonly engine: Pick<Engine, 'getState'>;
	readonly ui: UiStore;
	dispatch(command: Command): void;
	notify(text: string, tone?: Notice['tone']): void;
}): TransferActions {
	const {engine, ui, dispatch, notify} = options;
	const {hints} = strings;
	const summary = () => transferSummary(engine.getState());
	const selectedTransfer = (): Transfer | undefined => {
		const {pane, focus} = ui.getState();
		if (focus !== 'panes' || pane !== 'transfers') return undefined;
		return transferAtCursor(engine.getState(), ui.getState());
	};

	/** The selected one; from another pane the only one that fits. */
	const meant = (fits: (transfer: Transfer) => boolean) => {
		const selected = selectedTransfer();
		if (selected) return selected;
		const fitting = summary().ordered.filter(each => fits(each));
		if (fitting.length === 1) return fitting[0];
		notify(hints.noTransferSelected);
		return undefined;
	};

	const meantOffer = (): Transfer | undefined => {
		const {waiting} = summary();
		const selected = selectedTransfer();
		if (selected && isWaitingOffer(selected)) return selected;
		const {conversation} = ui.getState();
		const here = waiting.filter(({peer}) => peer === conversation);
		if (here.length === 1) return here[0];
		return waiting.length === 1 ? waiting[0] : undefined;
	};

	const answer = (type: 'transfer/accept' | 'transfer/decline') => {
		const offer = meantOffer();
		if (offer) {
			const {id: transfer, entries} = offer;
			const isRisky = entries.toArray().some(({flagged}) => flagged);
			if (type === 'transfer/accept' && isRisky) {
				// Names that programs act on are to be seen before they are taken.
				const overlay = {kind: 'offer', transfer} as const;
				ui.dispatch({type: 'overlay/opened', overlay});
			} else {
				dispatch({type, transfer});
			}

			return;
		}

		if (summary().waiting.length > 0) {
			ui.dispatch({type: 'panes/focused', pane: 'transfers'});
			notify(hints.severalOffers);
		} else {
			notify(hints.noOffer);
		}
	};

	const cancel = () => {
		const transfer = meant(isRunning);
		if (!transfer) return;
		if (!isRunning(transfer)) {
			notify(hints.alreadyOver);
			return;
		}

		const type = isWaitingOffer(transfer)
			? 'transfer/decline'
			: 'transfer/cancel';
		dispatch({type, transfer: transfer.id});
	};

	const pauseOrGoOn = () => {
		const transfer = meant(hasBegun);
		if (!transfer) return;
		const {id, phase, peerName} = transfer;
		if (phase.kind === 'offered') notify(hints.notBegun);
		else if (phase.kind === 'finished') notify(hints.alreadyOver);
		else if (isPausedByUs(transfer)) {
			dispatch({type: 'transfer/goOn', transfer: id});
		} else if (phase.kind === 'paused' && phase.by === 'peer') {
			notify(hints.onlyTheyGoOn(peerName));
		} else dispatch({type: 'transfer/pause', transfer: id});
	};

	const pauseOrGoOnAll = () => {
		const {begun} = summary();
		if (begun.length === 0) notify(hints.nothingToPause);
		else if (begun.every(each => isPausedByUs(each))) {
			dispatch({type: 'transfer/goOn'});
		} else dispatch({type: 'transfer/pause'});
	};

	const retry = () => {
		const transfer = meant(hasFailed);
		if (transfer) dispatch({type: 'transfer/retry', transfer: transfer.id});
	};

	const moveInQueue = (by: -1 | 1) => {
		const {queue} = engine.getState();
		const transfer = meant(({id}) => queue.includes(id));
		if (transfer) dispatch({type: 'transfer/move', transfer: transfer.id, by});
	};

	const show = (showsFailed: boolean) => {
		ui.dispatch({type: 'transfers/filtered', showsFailed});
		ui.dispatch({type: 'panes/focused', pane: 'transfers'});
	};

	const openFilePicker = () => {
		const receiver = fileReceiver(
			engine.getState(),
			ui.getState().conversation,
		);
		switch (receiver.kind) {
			case 'peer': {
				const {peer} = receiver;
				ui.dispatch({
					type: 'overlay/opened',
					overlay: {kind: 'filePicker', peer},
				});
				break;
			}

			case 'raw': {
				notify(hints.rawTakesNoFiles(receiver.name), 'bad');
				break;
			}

			case 'several': {
				notify(hints.noPeerForFile);
				break;
			}

			case 'nobody': {
				notify(hints.nobodyForFile);
				break;
			}
		}
	};

	return {
		selectedTransfer,
		meantOffer,
		answer,
		cancel,
		pauseOrGoOn,
		pauseOrGoOnAll,
		retry,
		moveInQueue,
		show,
		openFilePicker,
	};
}
