/** How bytes are looked at, and what is copied of them: the keys and commands for it. */
import {isPeerKey} from '../engine/index.js';
import {
	datagramFallback,
	type ConversationKey,
	type Engine,
	type Peer,
	type PeerKey,
	type Row,
} from '../engine/index.js';
import {limits} from '../limits.js';
import {strings} from '../strings/index.js';
import {formatSize} from '../util/quantities.js';
import {clipboardSequence} from './clipboard.js';
import {copyText, type CopyFormat} from './format/copy-text.js';
import {plainLens, type Lens} from './format/lens.js';
import {fallbackFor} from './format/message-row.js';
import {rowBytes, type RowBytes} from './format/row-bytes.js';
import type {Notice, UiStore} from './store.js';

export interface LensActions {
	/** Of the open conversation; without `to` the other way. */
	look(which: keyof Lens, to?: boolean): void;
	/** `h`: of the pane that has the focus. */
	toggleHex(): void;
	chooseFraming(peer?: PeerKey): void;
	chooseEncoding(peer?: PeerKey): void;
	/** The newest message, or the lowest one that is seen. Gives a sentence where that cannot be. */
	copy(format: CopyFormat): string | undefined;
	copyMessage(): void;
}

interface Found {
	readonly content: RowBytes;
	readonly fallback: string | undefined;
}

export function createLensActions(options: {
	readonly engine: Pick<Engine, 'getState'>;
	readonly ui: UiStore;
	notify(text: string, tone?: Notice['tone']): void;
	/** Writes a control sequence of ours. */
	writeTerminal(sequence: string): void;
}): LensActions {
	const {engine, ui, notify, writeTerminal} = options;
	const words = strings.stream;

	const isInDatagrams = () => {
		const {focus, pane} = ui.getState();
		return focus === 'panes' && pane === 'datagrams';
	};

	const look: LensActions['look'] = (which, to) => {
		const {conversation, lenses} = ui.getState();
		const before = lenses.get(conversation) ?? plainLens;
		const isOn = to ?? !before[which];
		const lens = {...before, [which]: isOn};
		ui.dispatch({type: 'lens/changed', conversation, lens});
		if (which === 'hex') notify(isOn ? words.hexOn : words.hexOff);
		else notify(isOn ? words.readsOn : words.readsOff);
	};

	/** The raw peer that is meant; a sentence where there is none. */
	const rawPeer = (key: ConversationKey): Peer | string => {
		const peer = isPeerKey(key) ? engine.getState().peers.get(key) : undefined;
		if (!peer) return words.openRaw;
		return peer.kind === 'peer' ? words.alwaysWhole(peer.name) : peer;
	};

	const choose = (kind: 'framing' | 'encoding', key: ConversationKey) => {
		const peer = rawPeer(key);
		if (typeof peer === 'string') {
			notify(peer, 'bad');
			return;
		}

		ui.dispatch({
			type: 'overlay/opened',
			overlay:
				kind === 'framing' ? {kind, peer: peer.key} : {kind, of: peer.key},
		});
	};

	const datagramBytes = (): Found | undefined => {
		const state = engine.getState();
		const {rows} = state.datagrams;
		const {datagramAnchor} = ui.getState();
		const last = datagramAnchor?.row ?? rows.nextId - 1;
		const row = rows.at(Math.max(0, last - rows.firstId));
		const bare = {head: 0, tail: 0, offset: undefined, splits: []};
		return row && !row.error
			? {
					content: {...bare, bytes: row.bytes},
					fallback: datagramFallback(state),
				}
			: undefined;
	};

	const conversationBytes = (): Found | undefined => {
		const state = engine.getState();
		const {conversation, anchors} = ui.getState();
		const rows = state.conversations.get(conversation)?.rows;
		if (!rows) return undefined;
		const last = anchors.get(conversation)?.row ?? rows.nextId - 1;
		for (let index = last - rows.firstId; index >= 0; index--) {
			const row: Row | undefined = rows.at(index);
			const content = row && rowBytes(row);
			if (!row || !content) continue;
			const fallback = fallbackFor(row, {
				peer: key => state.peers.get(key),
				fallbackEncoding: state.self.fallbackEncoding,
			});
			return {content, fallback};
		}

		return undefined;
	};

	const copy: LensActions['copy'] = format => {
		const found = isInDatagrams() ? datagramBytes() : conversationBytes();
		if (!found) return words.copy.nothing;
		const text = copyText(found.content, format, found.fallback);
		const size = Buffer.byteLength(text);
		if (size > limits.clipboardBytes) {
			const most = formatSize(limits.clipboardBytes);
			return words.copy.tooLong(formatSize(size), most);
		}

		writeTerminal(clipboardSequence(text));
		const what = words.bytes(found.content.bytes.length);
		notify(words.copy.done(what, words.copy.formats[format]));
		return undefined;
	};

	return {
		look,
		toggleHex() {
			if (!isInDatagrams()) {
				look('hex');
				return;
			}

			const inHex = !ui.getState().datagramsInHex;
			ui.dispatch({type: 'datagrams/viewed', inHex});
			notify(inHex ? words.hexOn : words.hexOff);
		},
		chooseFraming(peer) {
			choose('framing', peer ?? ui.getState().conversation);
		},
		chooseEncoding(peer) {
			if (peer === undefined && isInDatagrams()) {
				const overlay = {kind: 'encoding', of: 'datagrams'} as const;
				ui.dispatch({type: 'overlay/opened', overlay});
			} else {
				choose('encoding', peer ?? ui.getState().conversation);
			}
		},
		copy,
		copyMessage() {
			const {conversation, lenses, datagramsInHex} = ui.getState();
			const inHex = isInDatagrams()
				? datagramsInHex
				: lenses.get(conversation)?.hex;
			const sentence = copy(inHex ? 'hex' : 'text');
			if (sentence !== undefined) notify(sentence, 'bad');
		},
	};
}
