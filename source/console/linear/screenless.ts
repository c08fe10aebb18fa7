/** What the console's own state means where there is no screen: notices, windows and other conversations are said. */
import {
	isPeerKey,
	isRoomKey,
	type Command,
	type Engine,
	type EngineState,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import type {ConsoleValue} from '../console-context.js';
import {transferTitle} from '../format/transfer-facts.js';
import {transferStatus} from '../format/transfer-text.js';
import type {PaneName} from '../layout.js';
import type {Overlay} from '../overlays/overlay.js';
import {peerList} from '../peer-list.js';
import {membersHere} from '../selectors.js';
import type {UiState, UiStore} from '../store.js';
import {shownTransfers, transferSummary} from '../transfer-selectors.js';
import {overlayText} from './overlay-text.js';
import {askClear, askPairing, askYes, type Question} from './questions.js';

/** What is written instead of a window that wants keys. */
const commandFor: Partial<Record<Overlay['kind'], string>> = {
	connect: '/connect HOST[:PORT]',
	datagram: '/udp HOST:PORT TEXT',
	filePicker: '/send [PEER] PATH',
	framing: '/framing FRAMING',
	encoding: '/encoding NAME',
	find: '/search TEXT, /filter TEXT',
};

function peerLines(state: EngineState): string[] {
	const words = strings.linear;
	const lines = peerList(state).flatMap(row => {
		if (row.kind === 'source' || row.key === 'all') return [];
		if (isRoomKey(row.key)) {
			return [
				words.peer(row.key, strings.rooms.here(membersHere(state, row.key))),
			];
		}

		const peer = state.peers.get(row.key);
		if (!peer) return [];
		const trust = strings.trust[peer.trust ?? 'PLAIN'];
		const {phase} = peer.lifecycle;
		const what = phase === 'ready' ? trust : `${trust}, ${phase}`;
		return [words.peer(peer.name, what)];
	});
	return lines.length > 0 ? lines : [words.noPeers];
}

function transferLines(state: EngineState, ui: UiState): string[] {
	const words = strings.linear;
	const lines = shownTransfers(state, ui).map(transfer =>
		words.transfer(transferTitle(transfer), transferStatus(transfer).text),
	);
	return lines.length > 0 ? lines : [words.noTransfers];
}

export interface ScreenlessOptions {
	readonly engine: Pick<Engine, 'getState'>;
	readonly ui: UiStore;
	value(): ConsoleValue;
	print(line: string): void;
	ask(question: Question | undefined): void;
	dispatch(command: Command): void;
	/** At once. */
	quit(): void;
}

/** Returns what ends it. */
export function createScreenless(options: ScreenlessOptions): () => void {
	const {engine, ui, print, ask, dispatch} = options;
	const {getState} = engine;
	const printAll = (lines: readonly string[]) => {
		for (const line of lines) print(line);
	};

	const showPane = (pane: PaneName) => {
		const state = getState();
		if (pane === 'peers') printAll(peerLines(state));
		if (pane === 'transfers') printAll(transferLines(state, ui.getState()));
	};

	const showOverlay = (overlay: Overlay) => {
		const tools = {getState, dispatch, print};
		switch (overlay.kind) {
			case 'quit': {
				const {begun} = transferSummary(getState());
				ask(askYes([strings.linear.quit(begun.length)], tools, options.quit));
				break;
			}

			case 'clear': {
				ask(askClear(overlay.conversation, tools));
				break;
			}

			case 'pair': {
				ask(askPairing(overlay.peer, tools));
				break;
			}

			case 'offer': {
				print(strings.linear.offerHow);
				break;
			}

			default: {
				const command = commandFor[overlay.kind];
				if (command === undefined) printAll(overlayText(options.value()));
				else print(strings.linear.useCommand(command));
			}
		}
	};

	let last = ui.getState();
	const look = () => {
		const now = ui.getState();
		const before = last;
		last = now;
		if (now.notice && now.notice !== before.notice) print(now.notice.text);
		if (now.conversation !== before.conversation) {
			const {conversation} = now;
			const peer = isPeerKey(conversation)
				? getState().peers.get(conversation)
				: undefined;
			const room = isRoomKey(conversation) ? conversation : undefined;
			const {everybody, talkingTo} = strings.linear;
			const trust = peer?.trust && strings.trust[peer.trust];
			print(talkingTo(peer?.name ?? room ?? everybody, trust));
		}

		if (now.overlay && now.overlay !== before.overlay) {
			showOverlay(now.overlay);
			ui.dispatch({type: 'overlay/closed'});
		}

		if (now.focus === 'panes') {
			showPane(now.pane);
			ui.dispatch({type: 'composer/focused'});
		}
	};

	return ui.subscribe(look);
}
