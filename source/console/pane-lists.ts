/** The panes that are lists of names: what stands in them, which is chosen, and how another one is. */
import {isRoomKey} from '../engine/index.js';
import type {EngineState} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {formatAddress} from '../util/address.js';
import {transferTitle} from './format/transfer-facts.js';
import type {PaneName} from './layout.js';
import {peerList, selectedIndex, type PeerListRow} from './peer-list.js';
import {senderAtCursor, senderList} from './senders.js';
import type {UiAction, UiState} from './store.js';
import {shownTransfers} from './transfer-selectors.js';

export interface PaneList {
	readonly names: readonly string[];
	readonly selected: number;
	/** What choosing one does to the console's own state; opening a conversation is more than that. */
	choose(index: number): UiAction | PeerListRow | undefined;
}

/** Undefined for a pane that shows rows. */
export function paneList(
	pane: PaneName,
	state: EngineState,
	ui: UiState,
): PaneList | undefined {
	if (pane === 'peers') {
		const rows = peerList(state);
		return {
			names: rows.map(row => {
				if (row.kind === 'source') return row.address;
				if (row.key === 'all') return strings.peers.all;
				if (isRoomKey(row.key)) return row.key;
				return state.peers.get(row.key)?.name ?? '';
			}),
			selected: selectedIndex(rows, ui),
			choose: index => rows[index],
		};
	}

	if (pane === 'transfers') {
		const shown = shownTransfers(state, ui);
		const selected = shown.findIndex(({id}) => id === ui.transfer);
		return {
			names: shown.map(transfer => transferTitle(transfer)),
			selected: Math.max(0, selected),
			choose(index) {
				const transfer = shown[index]?.id;
				return transfer && {type: 'transfer/selected', transfer};
			},
		};
	}

	if (pane !== 'datagrams' || !ui.datagramLook.bySender) return undefined;
	const senders = senderList(state);
	return {
		names: senders.map(({from}) => formatAddress(from)),
		selected: senderAtCursor(senders, ui.datagramLook),
		choose(index) {
			const sender = senders[index];
			return (
				sender && {type: 'senders/moved', cursor: formatAddress(sender.from)}
			);
		},
	};
}
