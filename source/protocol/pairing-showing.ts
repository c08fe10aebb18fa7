/**
 * The half of a pairing for the code on our own screen: answers whoever typed it.
 * An attempt is spent with our answer, whatever comes after it.
 *
 *   states    off        no code, or none any more
 *             shown      its digits are on the screen
 *             answered   our share and our proof are out; theirs has not come
 *
 *   received  off                shown              answered
 *   SHARE     END, if it was     REPLY → answered   the one before has failed:
 *             ever shown                            REPLY → answered
 *   CONFIRM   nothing            violation          paired → off, or violation
 *   WRONG     nothing            violation          failed → shown, or burnt → off
 *
 * What is about an earlier code counts as off; about a code never shown it is a
 * violation. SHARE must count attempts without a gap, the others must name the
 * last one.
 */
import {fromHex, toHex} from '../util/bytes.js';
import {limits} from '../limits.js';
import type {CpaceProof} from './cpace.js';
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

type Share = Extract<PairMessage, {name: 'pairShare'}>;

interface Shown {
	readonly code: string;
	readonly untilMs: number;
	readonly spent: number;
	/** Of the attempt that is under way. */
	readonly proof?: CpaceProof;
}

export interface ShowingHalf extends PairingHalf {
	show(code: string, nowMs: number): readonly PairingOutput[];
}

const code = 'ours';

export function createShowingHalf(options: PairingOptions): ShowingHalf {
	let round = 0;
	let shown: Shown | undefined;

	const left = (spent: number) => limits.pairingAttempts - spent;

	const end = (reason: PairingEnd): readonly PairingOutput[] => {
		if (!shown) return [];
		const attemptsLeft = left(shown.spent);
		shown = undefined;
		const ended: PairingOutput = {kind: 'ended', code, reason, attemptsLeft};
		if (reason === 'disconnected') return [ended];
		return [{kind: 'send', message: {name: 'pairEnd', round, reason}}, ended];
	};

	const fail = ({code: digits, untilMs, spent}: Shown) => {
		shown = {code: digits, untilMs, spent};
		const attemptsLeft = left(spent);
		const failed: PairingOutput = {kind: 'failed', code, attemptsLeft};
		return attemptsLeft === 0 ? [failed, ...end('burnt')] : [failed];
	};

	const answer = (
		held: Shown,
		message: Share,
		nowMs: number,
	): readonly PairingOutput[] => {
		const {attempt} = message;
		if (attempt !== held.spent + 1) return violated('pairShare out of order');
		const {us, them, exporter, random} = options;
		const exchange = options.startCpace(
			'responder',
			pairingInputs({
				exporter,
				typing: them,
				showing: us,
				code: held.code,
				round,
				attempt,
			}),
			random,
		);
		const proof = exchange.finish(fromHex(message.share)!);
		if (!proof) return violated('pairShare is none');
		const before = held.proof ? fail(held) : [];
		shown = {
			code: held.code,
			untilMs: untilAnswered(held.untilMs, nowMs),
			spent: attempt,
			proof,
		};
		return [
			...before,
			{
				kind: 'send',
				message: {
					name: 'pairReply',
					round,
					attempt,
					share: toHex(exchange.share),
					tag: toHex(proof.tag),
				},
			},
			{kind: 'tried', code, attemptsLeft: left(attempt)},
		];
	};

	const receive = (
		message: PairMessage,
		nowMs: number,
	): readonly PairingOutput[] => {
		const {name} = message;
		if (message.round > round) return violated(`${name} of no code`);
		if (!shown || message.round < round) {
			if (name !== 'pairShare') return [];
			const reason = 'withdrawn';
			const over = {name: 'pairEnd', round: message.round, reason} as const;
			return [{kind: 'send', message: over}];
		}

		if (name === 'pairShare') return answer(shown, message, nowMs);
		if (name !== 'pairConfirm' && name !== 'pairWrong') return [];
		const {proof, spent} = shown;
		if (!proof || message.attempt !== spent) {
			return violated(`${name} out of order`);
		}

		if (name === 'pairWrong') return fail(shown);
		// An honest side has seen our proof before it sends its own.
		if (!proof.accepts(fromHex(message.tag)!)) {
			return violated('pairConfirm proves nothing');
		}

		shown = undefined;
		return [{kind: 'paired'}];
	};

	return {
		show(digits, nowMs) {
			if (round >= limits.pairingCodes) {
				return [{kind: 'refused', why: 'tooManyCodes'}];
			}

			const before = end('withdrawn');
			round++;
			const untilMs = nowMs + limits.pairingMs;
			shown = {code: digits, untilMs, spent: 0};
			return [
				...before,
				{kind: 'send', message: {name: 'pairShow', round}},
				{
					kind: 'opened',
					code,
					attemptsLeft: limits.pairingAttempts,
					expiresAtMs: untilMs,
				},
			];
		},
		receive,
		wake: nowMs => (shown && nowMs >= shown.untilMs ? end('expired') : []),
		end,
		deadlineAtMs: () => shown?.untilMs,
	};
}
