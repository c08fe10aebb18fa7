/** What the linear console asks, and which line answers it: in the place of windows that wait for a key. */
import {isPeerKey} from '../../engine/index.js';
import {randomBytes} from 'node:crypto';
import {
	createPairingCode,
	freePetname,
	pinOf,
	readPairingCode,
	type Command,
	type ConversationKey,
	type EngineState,
	type PeerKey,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';

export interface Question {
	/** What is said when it is asked, a line each. */
	readonly lines: readonly string[];
	/** True: it is answered, and the next line is a line again. */
	answer(line: string): boolean;
	/** It is no question any more. */
	isOver?(state: EngineState): boolean;
}

export interface QuestionTools {
	getState(): EngineState;
	dispatch(command: Command): void;
	print(line: string): void;
}

/** Asks for a yes. */
export function askYes(
	lines: readonly string[],
	tools: Pick<QuestionTools, 'print'>,
	onYes: () => void,
): Question {
	const words = strings.linear;
	return {
		lines: [...lines, words.askYes],
		answer(line) {
			if (line.trim().toLowerCase() === words.yes) onYes();
			else tools.print(words.kept);
			return true;
		},
	};
}

export function askClear(
	conversation: ConversationKey,
	tools: QuestionTools,
): Question {
	const words = strings.history.clear;
	const name = isPeerKey(conversation)
		? tools.getState().peers.get(conversation)?.name
		: undefined;
	return askYes([words.ask(name), words.detail], tools, () =>
		tools.dispatch({type: 'history/clear', conversation}),
	);
}

/** Shows a code of ours, and takes the one that the peer shows. */
export function askPairing(
	peer: PeerKey,
	tools: QuestionTools,
): Question | undefined {
	const {getState, dispatch, print} = tools;
	const state = getState();
	const found = state.peers.get(peer);
	if (!found?.peerId) return undefined;
	const {peerId, name} = found;
	const {book} = state.trust;
	const petname =
		pinOf(book, peerId)?.petname ?? freePetname(book, name, peerId);
	const code = createPairingCode(randomBytes);
	dispatch({type: 'trust/showCode', peer, code});
	let wasOpen = false;
	return {
		lines: [strings.linear.pairHow(name, code)],
		answer(line) {
			const words = strings.input.trust.dialog;
			if (line.trim() === '') {
				dispatch({type: 'trust/hideCode', peer});
				print(strings.linear.pairStopped);
				return true;
			}

			const typed = readPairingCode(line);
			if (typed === undefined) print(words.sixDigits);
			else if (!getState().trust.pairings.get(peer)?.theirs) {
				print(words.notShown(name));
			} else dispatch({type: 'trust/enterCode', peer, code: typed, petname});
			return false;
		},
		isOver(now) {
			const isOpen = now.trust.pairings.has(peer);
			wasOpen ||= isOpen;
			// Paired, burnt, expired or cut: the notice says which.
			return (
				(wasOpen && !isOpen) || now.peers.get(peer)?.lifecycle.phase !== 'ready'
			);
		},
	};
}
