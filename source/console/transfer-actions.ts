/** What the keys do about transfers: which one is meant, and what to say where that is not clear. */
import {
	isRunning,
	type Command,
	type Engine,
	type Transfer,
} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {isWaitingOffer} from './format/transfer-text.js';
import {fileReceiver, transferSummary} from './selectors.js';
import type {Notice, UiStore} from './store.js';

export interface TransferActions {
	/** The one under the cursor of the transfers pane, while that has the focus. */
	selectedTransfer(): Transfer | undefined;
	/** The offer that `a` and `d` mean, where it is clear which. */
	meantOffer(): Transfer | undefined;
	answer(type: 'transfer/accept' | 'transfer/decline'): void;
	cancelTransfer(): void;
	openFilePicker(): void;
}

export function createTransferActions(options: {
	readonly engine: Pick<Engine, 'getState'>;
	readonly ui: UiStore;
	dispatch(command: Command): void;
	notify(text: string, tone?: Notice['tone']): void;
}): TransferActions {
	const {engine, ui, dispatch, notify} = options;
	const selectedTransfer = (): Transfer | undefined => {
		const {ordered} = transferSummary(engine.getState().transfers);
		const {transfer, pane, focus} = ui.getState();
		if (focus !== 'panes' || pane !== 'transfers') return undefined;
		return ordered.find(({id}) => id === transfer) ?? ordered[0];
	};

	const meantOffer = (): Transfer | undefined => {
		const {waiting} = transferSummary(engine.getState().transfers);
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
			dispatch({type, transfer: offer.id});
			return;
		}

		const {waiting} = transferSummary(engine.getState().transfers);
		if (waiting.length > 0) {
			ui.dispatch({type: 'panes/focused', pane: 'transfers'});
			notify(strings.hints.severalOffers);
		} else {
			notify(strings.hints.noOffer);
		}
	};

	const cancelTransfer = () => {
		const running = engine
			.getState()
			.transfers.values()
			.filter(each => isRunning(each));
		const selected = selectedTransfer();
		const meant = selected ?? (running.length === 1 ? running[0] : undefined);
		if (!meant || !isRunning(meant)) {
			notify(strings.hints.noTransferSelected);
			return;
		}

		const type = isWaitingOffer(meant) ? 'transfer/decline' : 'transfer/cancel';
		dispatch({type, transfer: meant.id});
	};

	const openFilePicker = () => {
		const {hints} = strings;
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
		cancelTransfer,
		openFilePicker,
	};
}
