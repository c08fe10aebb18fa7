/**
 * The terminal's bell. Decides what rings it: what is said somewhere else than in the
 * open conversation, all of it or what names us. A BEL of our own is written, alone and
 * between two frames: none that a stranger sends ever comes this far.
 */
import type {Engine, EngineEvent} from '../engine/index.js';
import {limits} from '../limits.js';
import type {LiveSettings} from '../settings/index.js';
import {mentions} from './mentions.js';
import type {UiStore} from './store.js';

const bel = '\u0007';

/** Where somebody else has said something, and what, where that is a message. */
function saidBy(
	event: EngineEvent,
): {readonly where: string; readonly text?: string} | undefined {
	switch (event.type) {
		case 'chat/received': {
			return {where: event.peer, text: event.text};
		}

		case 'room/received': {
			return event.isOurs ? undefined : {where: event.room, text: event.text};
		}

		case 'stream/received': {
			return {where: event.peer};
		}

		default: {
			return undefined;
		}
	}
}

/** Returns what ends it. */
export function followBell(options: {
	readonly engine: Pick<Engine, 'on' | 'getState'>;
	readonly ui: Pick<UiStore, 'getState'>;
	readonly settings: Pick<LiveSettings, 'get'>;
	readonly write: (sequence: string) => void;
}): () => void {
	const {engine, ui, settings, write} = options;
	let rungAt = Number.NEGATIVE_INFINITY;
	return engine.on(event => {
		const {value} = settings.get('bell');
		if (value !== 'mention' && value !== 'all') return;
		// A clock that was put back keeps nothing silent.
		if (Math.abs(event.at - rungAt) < limits.bellMs) return;
		const said = saidBy(event);
		if (!said || said.where === ui.getState().conversation) return;
		const {nick} = engine.getState().self;
		if (value === 'mention' && !mentions(said.text ?? '', nick)) return;
		rungAt = event.at;
		write(bel);
	});
}
