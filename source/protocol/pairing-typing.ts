/**
 * The half of a pairing for the code on the other side's screen, which is typed
 * here. An attempt is spent with the share that comes of what was typed.
 *
 *   states    off        they show no code, or none any more
 *             asked      they show one, and nothing is under way
 *             trying     our share is out; their answer has not come
 *
 *   received  off                asked              trying
 *   SHOW      → asked            → asked            → asked
 *   REPLY     nothing            violation          paired: CONFIRM → off; or failed:
 *                                                   WRONG → asked, or burnt → off
 *   END       nothing            ended → off        ended → off
 *
 * SHOW must number its codes without a gap. What is about an earlier code counts as
 * off; about a later one it is a violation.
 */
import {fromHex, toHex} from '../util/bytes.js';
import {limits} from '../limits.js';
import type {CpaceExchange} from './cpace.js';
import {pairingInputs} from './pairing-inputs.js';
import {
	untilAnswered,
	violated,
	type PairingEnd,
	type PairingHalf,
	type PairingOptions,
	type PairingOutput,
	type PairMessage,
} from './pairing.js';

type Reply = Extract<PairMessage, {name: 'pairReply'}>;

interface Asked {
	readonly untilMs: number;
	readonly spent: number;
	/** Of the attempt that is under way. */
	readonly exchange?: CpaceExchange;
}

export interface TypingHalf extends PairingHalf {
	enter(code: string, nowMs: number): readonly PairingOutput[];
}

const code = 'theirs';

export function createTypingHalf(options: PairingOptions): TypingHalf {
	let round = 0;
	let asked: Asked | undefined;

	const left = (spent: number) => limits.pairingAttempts - spent;

	const end = (reason: PairingEnd): readonly PairingOutput[] => {
		if (!asked) return [];
		const attemptsLeft = left(asked.spent);
		asked = undefined;
		return [{kind: 'ended', code, reason, attemptsLeft}];
	};

	const judge = (held: Asked, message: Reply): readonly PairingOutput[] => {
		const {untilMs, spent, exchange} = held;
		const {attempt} = message;
		if (!exchange || attempt !== spent) return violated('pairReply unasked');
		const proof = exchange.finish(fromHex(message.share)!);
		if (!proof) return violated('pairReply is no share');
		if (proof.accepts(fromHex(message.tag)!)) {
			asked = undefined;
			const tag = toHex(proof.tag);
			return [
				{kind: 'send', message: {name: 'pairConfirm', round, attempt, tag}},
				{kind: 'paired'},
			];
		}

		asked = {untilMs, spent};
		const attemptsLeft = left(spent);
		return [
			{kind: 'send', message: {name: 'pairWrong', round, attempt}},
			{kind: 'failed', code, attemptsLeft},
			...(attemptsLeft === 0 ? end('burnt') : []),
		];
	};

	return {
		enter(digits, nowMs) {
			if (!asked) return [{kind: 'refused', why: 'noCode'}];
			if (asked.exchange) return [{kind: 'refused', why: 'underWay'}];
			const attempt = asked.spent + 1;
			const {us, them, exporter, random} = options;
			const exchange = options.startCpace(
				'initiator',
				pairingInputs({
					exporter,
					typing: us,
					showing: them,
					code: digits,
					round,
					attempt,
				}),
				random,
			);
			const untilMs = untilAnswered(asked.untilMs, nowMs);
			asked = {untilMs, spent: attempt, exchange};
			const share = toHex(exchange.share);
			return [
				{kind: 'send', message: {name: 'pairShare', round, attempt, share}},
				{kind: 'tried', code, attemptsLeft: left(attempt)},
			];
		},
		receive(message, nowMs) {
			const {name} = message;
			if (name === 'pairShow') {
				if (message.round !== round + 1) return violated('pairShow uncounted');
				const before = end('withdrawn');
				({round} = message);
				const expiresAtMs = nowMs + limits.pairingMs;
				asked = {untilMs: expiresAtMs, spent: 0};
				const attemptsLeft = limits.pairingAttempts;
				return [...before, {kind: 'opened', code, attemptsLeft, expiresAtMs}];
			}

			if (message.round > round) return violated(`${name} of no code`);
			if (!asked || message.round < round) return [];
			if (name === 'pairReply') return judge(asked, message);
			return name === 'pairEnd' ? end(message.reason) : [];
		},
		wake: nowMs => (asked && nowMs >= asked.untilMs ? end('expired') : []),
		end,
		deadlineAtMs: () => asked?.untilMs,
	};
}
