import type {EngineEvent, EngineState} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import type {Notice} from '../store.js';

export type TrustEvent = Extract<EngineEvent, {type: `trust/${string}`}>;

/** What happened to trust, in one sentence; undefined where the screen shows it anyway. */
export function trustNotice(
	event: TrustEvent,
	state: EngineState,
): Notice | undefined {
	const words = strings.input.trust;
	const {pairing} = words;
	const nameOf = (peer: string) => state.peers.get(peer as never)?.name ?? '';
	const bad = (text: string): Notice => ({tone: 'bad', text});
	switch (event.type) {
		case 'trust/changed': {
			return event.error && bad(describeError(event.error));
		}

		case 'trust/codeOpened': {
			if (event.screen === 'ours') return undefined;
			return {tone: 'plain', text: words.asked(nameOf(event.peer))};
		}

		case 'trust/codeFailed': {
			const {peer, attemptsLeft} = event;
			return bad(pairing.failed(nameOf(peer), attemptsLeft));
		}

		case 'trust/codeEnded': {
			const {peer, reason, attemptsLeft} = event;
			// Who took it back, or typed the other one, knows.
			if (reason === 'withdrawn') return undefined;
			return bad(pairing.ended[reason](nameOf(peer), attemptsLeft));
		}

		case 'trust/warned': {
			const {peer, warning, petname} = event;
			return bad(pairing.warning[warning](nameOf(peer), petname));
		}

		case 'trust/paired': {
			return {tone: 'good', text: pairing.paired(event.petname)};
		}

		case 'trust/pairingFailed': {
			return bad(describeError(event.error));
		}

		case 'trust/judged':
		case 'trust/codeTried': {
			return undefined;
		}
	}
}
