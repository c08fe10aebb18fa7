/** A rule as a line of text, as near to how it is typed as it can be. */
import type {
	EngineState,
	PeerKey,
	RuleAction,
	RuleMatch,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {toHex} from '../../util/bytes.js';

export function describeMatch(match: RuleMatch): string {
	const {rules} = strings.input;
	switch (match.kind) {
		case 'contains':
		case 'prefix': {
			return `${rules.when[match.kind]} “${match.text}”`;
		}

		case 'expression': {
			return `/${match.source}/`;
		}

		case 'bytes': {
			return rules.hex(toHex(Uint8Array.from(match.bytes), ' '));
		}
	}
}

export const peerNameOf = (state: EngineState, peer: PeerKey): string =>
	state.peers.get(peer)?.name ?? strings.input.rules.gone;

export function describeAction(state: EngineState, action: RuleAction): string {
	const {rules} = strings.input;
	switch (action.kind) {
		case 'answer': {
			return rules.answer(
				action.notation === 'hex' ? rules.hex(action.line) : `“${action.line}”`,
			);
		}

		case 'note': {
			return rules.note(action.text);
		}

		case 'forward': {
			return rules.forward(peerNameOf(state, action.to));
		}
	}
}
