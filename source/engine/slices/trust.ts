import type {EngineEvent} from '../events.js';
import type {EngineState, Pairing, TrustState} from '../state.js';

/** What is shown of a code; undefined once it is worth nothing. */
function pairingAfter(
	before: Pairing | undefined,
	event: Extract<EngineEvent, {type: `trust/code${string}`}>,
): Pairing | undefined {
	const {screen, attemptsLeft} = event;
	switch (event.type) {
		case 'trust/codeOpened': {
			const {expiresAt} = event;
			const phase = 'open';
			return {...before, [screen]: {attemptsLeft, expiresAt, phase}};
		}

		case 'trust/codeTried':
		case 'trust/codeFailed': {
			const code = before?.[screen];
			if (!code) return before;
			const phase = event.type === 'trust/codeTried' ? 'checking' : 'open';
			return {...before, [screen]: {...code, attemptsLeft, phase}};
		}

		case 'trust/codeEnded': {
			const {[screen]: _over, ...rest} = before ?? {};
			return Object.keys(rest).length > 0 ? rest : undefined;
		}
	}
}

export function reduceTrust(
	{trust}: EngineState,
	event: EngineEvent,
): TrustState {
	const {pairings} = trust;
	switch (event.type) {
		case 'trust/changed': {
			return {...trust, book: event.book, error: event.error};
		}

		case 'trust/codeOpened':
		case 'trust/codeTried':
		case 'trust/codeFailed':
		case 'trust/codeEnded': {
			const after = pairingAfter(pairings.get(event.peer), event);
			return {
				...trust,
				pairings: after
					? pairings.set(event.peer, after)
					: pairings.delete(event.peer),
			};
		}

		// The code that was typed right is not said to end.
		case 'trust/paired':
		case 'trust/pairingFailed':
		case 'peer/forgotten':
		case 'peer/left': {
			if (!pairings.has(event.peer)) return trust;
			return {...trust, pairings: pairings.delete(event.peer)};
		}

		default: {
			return trust;
		}
	}
}
