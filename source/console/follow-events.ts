/** What events mean for the console's own state. Looked at after they were folded, so that the panes show both at once. */
import {isPeerKey, isRoomKey} from '../engine/index.js';
import type {Engine, EngineEvent, PeerKey} from '../engine/index.js';
import {describeError} from '../strings/index.js';
import {byteNotice} from './format/byte-notice.js';
import {datagramNotice} from './format/datagram-notice.js';
import {historyNotice, retainedNotice} from './format/history-notice.js';
import type {HistoryActions} from './history-actions.js';
import {keepNotice} from './format/keep-notice.js';
import {trustNotice} from './format/trust-notice.js';
import {opening} from './opening.js';
import type {PacedEngine} from './paced-engine.js';
import {anchorAt, placeOf, type Place} from './recut-anchor.js';
import type {SubmittedLines} from './submitted-lines.js';
import type {UiStore} from './store.js';

type HistoryEvent = Extract<EngineEvent, {type: `history/${string}`}>;

const isOfInterest = ({type}: EngineEvent): boolean =>
	type === 'peer/appeared' ||
	type === 'room/joined' ||
	type === 'room/problem' ||
	type === 'room/left' ||
	type === 'peer/connected' ||
	type === 'peer/left' ||
	type === 'peer/forgotten' ||
	type === 'transfer/offered' ||
	type === 'listener/failed' ||
	type === 'chat/cleared' ||
	type === 'chat/failed' ||
	type === 'stream/repeatEnded' ||
	type === 'stream/fileEnded' ||
	type === 'notebook/changed' ||
	type === 'export/written' ||
	type === 'log/changed' ||
	type === 'datagram/joined' ||
	type === 'datagram/left' ||
	type === 'datagram/meterChanged' ||
	type === 'datagram/encodingChanged' ||
	type.startsWith('trust/') ||
	type.startsWith('history/') ||
	type === 'command/refused' ||
	type === 'command/done';

/** Returns what ends it. */
export function followEvents(options: {
	readonly engine: Engine;
	readonly paced: PacedEngine;
	readonly ui: UiStore;
	readonly lines: SubmittedLines;
	readonly history: Pick<HistoryActions, 'arrived'>;
}): () => void {
	const {engine, paced, ui, lines, history} = options;
	let pending: EngineEvent[] = [];
	/** Where views were before bytes were cut again. */
	let places: Place[] = [];
	const notify = (text: string) => {
		ui.dispatch({type: 'notice/shown', notice: {tone: 'bad', text}});
	};

	const showHistoryNotice = (event: HistoryEvent) => {
		// Who looks at what is kept sees it there.
		const isShown = ui.getState().overlay?.kind === 'historyStats';
		const notice =
			event.type === 'history/told'
				? isShown
					? undefined
					: retainedNotice(event)
				: historyNotice(event);
		if (notice) ui.dispatch({type: 'notice/shown', notice});
	};

	const apply = (event: EngineEvent) => {
		switch (event.type) {
			case 'peer/appeared': {
				// Whoever connects to somebody wants to talk to them, not to everybody.
				if (event.direction === 'out') {
					ui.dispatch(opening(engine.getState(), ui.getState(), event.peer));
				}

				break;
			}

			case 'room/joined': {
				// Those of before are in the list; who has just asked for one is taken there.
				if (!event.restored) {
					ui.dispatch(opening(engine.getState(), ui.getState(), event.room));
				}

				break;
			}

			case 'peer/connected': {
				const {replaces: from, peer: to} = event;
				if (from && from !== to) {
					ui.dispatch({type: 'conversation/replaced', from, to});
				}

				break;
			}

			case 'transfer/offered': {
				const {focus, overlay} = ui.getState();
				// A person who is typing is not interrupted: the hint line says what waits.
				// What comes PLAIN is for a listener that was opened for it: nobody is asked.
				const isAsked =
					event.direction === 'in' &&
					event.trust !== 'PLAIN' &&
					!event.byItself;
				if (isAsked && focus === 'panes' && !overlay) {
					const {transfer} = event;
					ui.dispatch({
						type: 'overlay/opened',
						overlay: {kind: 'offer', transfer, unasked: true},
					});
				}

				break;
			}

			case 'chat/cleared': {
				const {conversation} = event;
				ui.dispatch({type: 'conversation/cleared', conversation});
				break;
			}

			case 'chat/failed':
			case 'room/problem':
			case 'listener/failed': {
				notify(describeError(event.error));
				break;
			}

			case 'stream/repeatEnded':
			case 'stream/fileEnded':
			case 'notebook/changed': {
				const notice = byteNotice(event, engine.getState());
				if (notice) ui.dispatch({type: 'notice/shown', notice});
				break;
			}

			case 'datagram/joined':
			case 'datagram/left':
			case 'datagram/meterChanged':
			case 'datagram/encodingChanged': {
				ui.dispatch({type: 'notice/shown', notice: datagramNotice(event)});
				break;
			}

			case 'export/written':
			case 'log/changed': {
				ui.dispatch({type: 'notice/shown', notice: keepNotice(event)});
				break;
			}

			case 'trust/changed':
			case 'trust/codeOpened':
			case 'trust/codeFailed':
			case 'trust/codeEnded':
			case 'trust/warned':
			case 'trust/paired':
			case 'trust/pairingFailed': {
				const notice = trustNotice(event, engine.getState());
				if (notice) ui.dispatch({type: 'notice/shown', notice});
				break;
			}

			case 'history/cleared': {
				const {conversation} = event;
				ui.dispatch({type: 'conversation/cleared', conversation});
				ui.dispatch({type: 'conversation/cleared', conversation: 'all'});
				showHistoryNotice(event);
				break;
			}

			case 'history/paged': {
				const {conversation, target: id, liveTarget: liveRow} = event;
				history.arrived(conversation, {
					...(id === undefined ? {} : {id}),
					...(liveRow === undefined ? {} : {liveRow}),
				});
				break;
			}

			case 'history/opened':
			case 'history/failed':
			case 'history/recovered':
			case 'history/told': {
				showHistoryNotice(event);
				break;
			}

			case 'command/refused': {
				lines.refused(event.ref);
				notify(describeError(event.error));
				break;
			}

			case 'command/done': {
				lines.done(event.ref);
				break;
			}

			default: {
				break;
			}
		}
	};

	const rememberPlaces = (peer: PeerKey) => {
		const {anchors} = ui.getState();
		for (const key of [peer, 'all'] as const) {
			// The panes' state is still that from before.
			const place = placeOf(paced.getState(), key, anchors.get(key));
			if (place) places.push(place);
		}
	};

	const stopListening = engine.on(event => {
		const cutsAgain =
			event.type === 'stream/framingChanged' ||
			event.type === 'peer/encodingChanged';
		if (cutsAgain) rememberPlaces(event.peer);
		if (isOfInterest(event)) pending.push(event);
	});
	const unsubscribe = engine.subscribe(() => {
		for (const place of places) {
			const anchor = anchorAt(engine.getState(), place);
			const {conversation} = place;
			ui.dispatch({type: 'conversation/recut', conversation, anchor});
		}

		if (places.length > 0) paced.refresh();
		places = [];
		if (pending.length === 0) return;
		const events = pending;
		pending = [];
		paced.refresh();
		for (const event of events) apply(event);
		const {conversation} = ui.getState();
		const {peers, rooms} = engine.getState();
		const isGone = isRoomKey(conversation)
			? !rooms.has(conversation)
			: isPeerKey(conversation) && !peers.has(conversation);
		if (isGone) {
			ui.dispatch({type: 'conversation/gone', conversation});
		}
	});
	return () => {
		stopListening();
		unsubscribe();
	};
}
