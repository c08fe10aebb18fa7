/**
 * Pairing over one control connection: one side shows six digits, the other types
 * them, and both know then that the key at the other end is the right person's.
 * Decides what is said, what an attempt is and when a code is worth nothing any
 * more; keeping the key and telling people is left to the engine.
 *
 * Both sides may show a code at the same time: each code has its half of the
 * machine (`pairing-showing.ts`, `pairing-typing.ts`, with their tables), and the
 * first that is typed right ends the other one.
 *
 * Invariants: a code serves one connection; nothing that depends on a code is sent
 * more often than attempts are counted; after a violation or the end of the
 * connection nothing more comes out. Codes stand in inputs alone.
 */
import {startCpace} from './cpace.js';
import {createShowingHalf} from './pairing-showing.js';
import {createTypingHalf} from './pairing-typing.js';
import type {
	PairingInput,
	PairingOptions,
	PairingOutput,
	PairMessage,
} from './pairing.js';

export interface PairingMachine {
	step(input: PairingInput, nowMs: number): readonly PairingOutput[];
	/** When it must be woken at the latest; undefined: never. */
	deadlineAtMs(): number | undefined;
}

/** Who says what: the side that shows the code, or the one that types it. */
const saidByShowing = {
	pairShow: true,
	pairShare: false,
	pairReply: true,
	pairConfirm: false,
	pairWrong: false,
	pairEnd: true,
} as const satisfies Record<PairMessage['name'], boolean>;

export function createPairingMachine(
	options: Omit<PairingOptions, 'startCpace'> &
		Partial<Pick<PairingOptions, 'startCpace'>>,
): PairingMachine {
	const all = {startCpace, ...options};
	const showing = createShowingHalf(all);
	const typing = createTypingHalf(all);
	let isOver = false;

	const disconnect = () => [
		...showing.end('disconnected'),
		...typing.end('disconnected'),
	];

	const handle = (
		input: PairingInput,
		nowMs: number,
	): readonly PairingOutput[] => {
		switch (input.kind) {
			case 'show': {
				return showing.show(input.code, nowMs);
			}

			case 'withdraw': {
				return showing.end('withdrawn');
			}

			case 'enter': {
				return typing.enter(input.code, nowMs);
			}

			case 'received': {
				const {message} = input;
				const half = saidByShowing[message.name] ? typing : showing;
				return half.receive(message, nowMs);
			}

			case 'woken': {
				return [];
			}

			case 'disconnected': {
				isOver = true;
				return disconnect();
			}
		}
	};

	return {
		step(input, nowMs) {
			if (isOver) return [];
			// What is too late is too late, whether or not somebody looked in time.
			const expired =
				input.kind === 'disconnected'
					? []
					: [...showing.wake(nowMs), ...typing.wake(nowMs)];
			const outputs = handle(input, nowMs);
			const kinds = new Set(outputs.map(({kind}) => kind));
			if (kinds.has('violated')) {
				isOver = true;
				return [...expired, ...outputs, ...disconnect()];
			}

			if (!kinds.has('paired')) return [...expired, ...outputs];
			// Nobody needs the other code any more.
			const rest = [...showing.end('withdrawn'), ...typing.end('withdrawn')];
			return [...expired, ...outputs, ...rest];
		},
		deadlineAtMs() {
			const deadlines = [showing.deadlineAtMs(), typing.deadlineAtMs()];
			const known = deadlines.filter(each => each !== undefined);
			return known.length > 0 ? Math.min(...known) : undefined;
		},
	};
}
