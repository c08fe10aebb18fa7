/**
 * What comes back after a restart: listeners that were opened by hand, how plain peers are
 * cut, read and looked at, and where one was. Decides what of the two states that is; pure.
 */
import {isPeerKey} from '../../engine/index.js';
import {
	defaultFraming,
	defaultSending,
	formatAddress,
	formatFraming,
	type ByteNotation,
	type EngineState,
	type ListenerOptions,
	type Peer,
	type PeerKey,
} from '../../engine/index.js';
import {limits} from '../../limits.js';
import type {Lens} from '../format/lens.js';
import type {PaneName} from '../layout.js';
import type {UiState} from '../store.js';

/** How a plain peer is dealt with. Framings as `/framing` reads them. */
export interface PeerWays {
	readonly address: string;
	readonly framing?: string;
	readonly sending?: string;
	readonly paceMs?: number;
	readonly encoding?: string;
	readonly lens?: Lens;
	readonly notation?: ByteNotation;
}

export interface Workplace {
	readonly listeners: readonly ListenerOptions[];
	/** Those of whom something was said; the last that were met stand last. */
	readonly peers: readonly PeerWays[];
	/** The pane that Esc goes to. */
	readonly pane: PaneName;
	/** Whose conversation was open: a peer's id, or an address as in `peers`. */
	readonly conversation?: string;
	readonly datagrams: {
		readonly inHex: boolean;
		readonly bySender: boolean;
		readonly encoding?: string;
	};
}

/** What stands for a plain peer the next time: where we dialled it, or else its host. */
export function addressOf(peer: Peer): string | undefined {
	if (peer.kind !== 'raw') return undefined;
	const {target, address} = peer;
	return target ? formatAddress(target) : address?.host;
}

/** By what its conversation is found again. */
export const identityOf = (peer: Peer): string | undefined =>
	peer.peerId ?? addressOf(peer);

/** Only what is out of the ordinary; undefined where nothing is. */
function waysOf(
	key: PeerKey,
	peer: Peer,
	state: EngineState,
	ui: Pick<UiState, 'lenses' | 'notations'>,
): PeerWays | undefined {
	const address = addressOf(peer);
	if (address === undefined) return undefined;
	const stream = state.streams.get(key);
	const {framing = defaultFraming, sending = defaultSending} = stream ?? {};
	// What its listener was opened with comes back with that.
	const ofListener =
		peer.listener === undefined
			? undefined
			: state.listeners.get(peer.listener)?.options;
	const usual = formatFraming(ofListener?.framing ?? defaultFraming);
	const cut = formatFraming(framing);
	const sent = formatFraming(sending.framing);
	const lens = ui.lenses.get(key);
	const notation = ui.notations.get(key);
	const {fallback} = peer;
	const ways = {
		...(cut === usual ? {} : {framing: cut}),
		...(sent === formatFraming(defaultSending.framing) ? {} : {sending: sent}),
		...(sending.paceMs === 0 ? {} : {paceMs: sending.paceMs}),
		...(fallback === undefined || fallback === ofListener?.encoding
			? {}
			: {encoding: fallback}),
		...(lens && (lens.hex || lens.reads) ? {lens} : {}),
		...(notation === undefined || notation === 'text' ? {} : {notation}),
	};
	return Object.keys(ways).length === 0 ? undefined : {address, ...ways};
}

/** What is to be kept now, beside what was kept of peers that are not here. */
export function workplaceOf(
	state: EngineState,
	ui: Pick<
		UiState,
		| 'lenses'
		| 'notations'
		| 'pane'
		| 'conversation'
		| 'datagramsInHex'
		| 'datagramLook'
	>,
	listeners: readonly ListenerOptions[],
	before: Workplace | undefined,
): Workplace {
	const peers = new Map(before?.peers.map(each => [each.address, each]));
	for (const peer of state.peers.values()) {
		const {key} = peer;
		const address = addressOf(peer);
		if (address === undefined || !state.streams.get(key)) continue;
		const ways = waysOf(key, peer, state, ui);
		peers.delete(address);
		if (ways) peers.set(address, ways);
	}

	const open = isPeerKey(ui.conversation)
		? state.peers.get(ui.conversation)
		: undefined;
	const conversation = open && identityOf(open);
	const {encoding} = state.datagrams;
	return {
		listeners: listeners.slice(-limits.workplaceListeners),
		peers: [...peers.values()].slice(-limits.workplacePeers),
		pane: ui.pane,
		...(conversation === undefined ? {} : {conversation}),
		datagrams: {
			inHex: ui.datagramsInHex,
			bySender: ui.datagramLook.bySender,
			...(encoding === undefined ? {} : {encoding}),
		},
	};
}
