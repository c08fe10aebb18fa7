/** Brings back what was kept, as those appear whom it is about, and keeps what is now. */
import {
	parseFraming,
	type Command,
	type Engine,
	type EngineEvent,
	type Framing,
	type ListenerOptions,
	type PeerKey,
} from '../../engine/index.js';
import {limits} from '../../limits.js';
import type {UiStore} from '../store.js';
import {createHandListeners} from './hand-listeners.js';
import {
	addressOf,
	identityOf,
	workplaceOf,
	type Workplace,
} from './workplace.js';

export interface WorkplaceOptions {
	/** Undefined: nothing comes back. */
	readonly kept: Workplace | undefined;
	/** Listeners that flags and settings have opened. */
	readonly given: readonly ListenerOptions[];
	/** Resolves once it is on disk, or cannot be: then with a sentence. */
	save(workplace: Workplace): Promise<string | undefined>;
}

export interface KeptWorkplace {
	/** Sees each command of the person before the engine does. */
	asked(command: Command): void;
	/** Writes what is not written yet. */
	close(): Promise<void>;
}

const changesSomething = ({type}: EngineEvent): boolean =>
	type === 'listener/bound' ||
	type === 'listener/closed' ||
	type === 'listener/changed' ||
	type === 'stream/framingChanged' ||
	type === 'stream/sendingChanged' ||
	type === 'peer/encodingChanged' ||
	type === 'datagram/encodingChanged';

/** Where both cannot be. */
const isSame = (left: ListenerOptions, right: ListenerOptions) =>
	left.port !== 0 &&
	left.port === right.port &&
	(left.kind === 'udp') === (right.kind === 'udp') &&
	left.host === right.host;

/** Undefined for what is none: the file may have been written by anybody. */
function readFraming(text: string | undefined): Framing | undefined {
	try {
		return text === undefined ? undefined : parseFraming(text);
	} catch {
		return undefined;
	}
}

export function keepWorkplace(
	options: WorkplaceOptions & {
		readonly engine: Engine;
		readonly ui: UiStore;
		openConversation(key: PeerKey): void;
		notify(text: string): void;
	},
): KeptWorkplace {
	const {kept, save, engine, ui, notify} = options;
	const hand = createHandListeners(options.given, kept?.listeners ?? []);
	const ways = new Map(kept?.peers.map(each => [each.address, each]));
	let wanted = kept?.conversation;
	let last = kept;
	let written = JSON.stringify(kept);
	let timer: NodeJS.Timeout | undefined;
	let writing: Promise<void> = Promise.resolve();
	/** From the first step of the end on nothing is a choice of the person's. */
	let isClosed = false;

	const bringBack = (key: PeerKey) => {
		const peer = engine.getState().peers.get(key);
		if (!peer) return;
		const address = addressOf(peer);
		const found = address === undefined ? undefined : ways.get(address);
		if (found) {
			// Once: what is changed from now on is the person's.
			ways.delete(found.address);
			const {framing, sending, paceMs = 0, encoding, lens, notation} = found;
			const cut = readFraming(framing);
			if (cut) {
				engine.dispatch({type: 'stream/setFraming', peer: key, framing: cut});
			}

			const held = engine.getState().streams.get(key)?.sending;
			const as = readFraming(sending) ?? held?.framing;
			if (as && (sending !== undefined || paceMs > 0)) {
				engine.dispatch({
					type: 'stream/setSending',
					peer: key,
					sending: {framing: as, paceMs},
				});
			}

			if (encoding !== undefined) {
				engine.dispatch({type: 'peer/setEncoding', peer: key, encoding});
			}

			if (lens) ui.dispatch({type: 'lens/changed', conversation: key, lens});
			if (notation) {
				ui.dispatch({type: 'notation/changed', conversation: key, notation});
			}
		}

		const {conversation, drafts} = ui.getState();
		if (wanted === undefined || identityOf(peer) !== wanted) return;
		wanted = undefined;
		// Who has begun to do something else is left alone.
		if (conversation === 'all' && !drafts.has('all')) {
			options.openConversation(key);
		}
	};

	const store = async (next: Workplace, before: Promise<void>) => {
		await before;
		const problem = await save(next);
		if (problem !== undefined && !isClosed) notify(problem);
	};

	const write = () => {
		clearTimeout(timer);
		timer = undefined;
		const state = engine.getState();
		const now = workplaceOf(state, ui.getState(), hand.options(state), last);
		// Whom one has not seen yet in this run is not forgotten.
		const next =
			wanted === undefined || now.conversation !== undefined
				? now
				: {...now, conversation: wanted};
		last = next;
		const text = JSON.stringify(next);
		if (text === written) return;
		written = text;
		writing = store(next, writing);
	};

	const changed = () => {
		if (!isClosed) timer ??= setTimeout(write, limits.workplaceMs).unref();
	};

	const stopEvents = engine.on(event => {
		if (isClosed) return;
		hand.happened(event);
		if (event.type === 'peer/connected') bringBack(event.peer);
		if (changesSomething(event)) changed();
	});
	const stopUi = ui.subscribe(changed);

	if (kept) {
		for (const each of kept.listeners) {
			if (options.given.some(given => isSame(given, each))) continue;
			engine.dispatch({type: 'listener/open', ...each});
		}

		const {pane, datagrams} = kept;
		ui.dispatch({type: 'panes/focused', pane});
		ui.dispatch({type: 'composer/focused'});
		ui.dispatch({type: 'datagrams/viewed', inHex: datagrams.inHex});
		if (datagrams.bySender) {
			ui.dispatch({type: 'senders/shown', bySender: true});
		}

		if (datagrams.encoding !== undefined) {
			const {encoding} = datagrams;
			engine.dispatch({type: 'datagram/setEncoding', encoding});
		}
	}

	return {
		asked(command) {
			hand.asked(command);
			changed();
		},
		async close() {
			if (isClosed) return;
			write();
			isClosed = true;
			stopEvents();
			stopUi();
			await writing;
		},
	};
}
