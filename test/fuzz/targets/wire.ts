/** The pure machines of the protocol: frames, messages, states, pairing, lanes. */
import {SocktermError} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {encodeFrame} from '../../../source/protocol/frame.js';
import {createFrameDecoder} from '../../../source/protocol/frame-decoder.js';
import {createLaneDecoder} from '../../../source/protocol/lane-decoder.js';
import {
	encodeAbort,
	encodeBegin,
	encodeDataHeader,
	encodeDurable,
	encodeEnd,
	encodeFailed,
	encodeHeld,
	encodeSaved,
	encodeTicket,
} from '../../../source/protocol/lane-frames.js';
import {
	decodeMessage,
	encodeMessage,
} from '../../../source/protocol/message-codec.js';
import {isPairMessage} from '../../../source/protocol/pairing.js';
import {
	advanceSession,
	type SessionPhase,
} from '../../../source/protocol/session-machine.js';
import {createTransferReceiver} from '../../../source/protocol/transfer-receiver.js';
import {concatBytes} from '../../../source/util/bytes.js';
import {createSide} from '../../protocol/pairing-sides.js';
import {outcomeOf} from '../outcome.js';
import type {FuzzChance, FuzzTarget} from '../target.js';
import {helloOf, messageOf} from './legal-messages.js';

const transfers = ['00'.repeat(16), 'ab'.repeat(16)];

const control: FuzzTarget = {
	name: 'control frames, messages, states and pairing',
	weight: 12,
	legal: chance =>
		concatBytes([
			encodeMessage(helloOf(chance)),
			...Array.from({length: chance.below(6)}, () =>
				chance.below(8) === 0
					? encodeFrame(chance.below(256), chance.bytes(chance.below(9)))
					: encodeMessage(messageOf(chance, transfers)),
			),
		]),
	read(pieces) {
		const decoder = createFrameDecoder(
			limits.firstFrameBytes,
			limits.frameBytes,
		);
		const side = createSide({us: 'alice', them: 'bob'});
		side.step({kind: 'show', code: '123456'});
		const seen: unknown[] = [];
		let phase: SessionPhase = 'awaitingHello';
		for (const piece of pieces) {
			const end = outcomeOf(() => {
				decoder.push(piece, frame => {
					const message = decodeMessage(frame);
					if (!message) return;
					// What was read can be said again, and means the same.
					seen.push(message);
					const next = advanceSession(phase, message.name);
					if (!next) throw new SocktermError('protocolViolation');
					phase = next;
					if (phase !== 'ready' || !isPairMessage(message)) return;
					side.step({kind: 'received', message});
				});
			});
			if (end === undefined) continue;
			seen.push(end);
			break;
		}

		if (side.isPaired())
			throw new Error('Paired with somebody who has no code.');
		return [seen, phase, side.kinds()];
	},
};

const entries = [
	{size: 10, wanted: true},
	{size: 5, wanted: false},
	{size: 0, wanted: true},
	{size: undefined, wanted: true},
	{size: 3 * limits.blockBytes, wanted: true},
];

/** A lane frame of any kind, about an entry that there may be. */
function laneFrame(chance: FuzzChance): Uint8Array {
	const entry = chance.below(6);
	const size = entries[entry]?.size ?? Number.MAX_SAFE_INTEGER;
	const digest = new Uint8Array(32);
	const length = 1 + chance.below(12);
	return chance.pick<() => Uint8Array>([
		() => encodeTicket(digest),
		() => encodeBegin({entry, held: chance.pick([0, 0, size]), size}),
		() =>
			concatBytes([
				encodeDataHeader(chance.pick([0, 0, 5, size]), length),
				chance.bytes(length),
			]),
		() => encodeEnd({entry, digest}),
		() => encodeAbort({entry, code: 'sourceChanged'}),
		() => encodeDurable({entry, offset: 1}),
		() => encodeSaved({entry, name: 'a \u202e'}),
		() => encodeFailed({entry, code: 'diskFull'}),
		() => concatBytes(encodeHeld(entry, chance.bytes(32 * chance.below(3)))),
	])();
}

/** An entry as an honest sender sends it. */
function laneEntry(chance: FuzzChance, entry: number): Uint8Array[] {
	const size = entries[entry]!.size ?? chance.below(20);
	const begin = encodeBegin({
		entry,
		held: 0,
		size: entries[entry]!.size ?? Number.MAX_SAFE_INTEGER,
	});
	const end = encodeEnd({entry, digest: new Uint8Array(32)});
	return size === 0
		? [begin, end]
		: [begin, encodeDataHeader(0, size), chance.bytes(size), end];
}

const lane: FuzzTarget = {
	name: 'lane frames and the receiver of a transfer',
	weight: 10,
	legal: chance =>
		concatBytes(
			chance.below(2) === 0
				? [0, 2, 3].flatMap(entry => laneEntry(chance, entry))
				: Array.from({length: 1 + chance.below(6)}, () => laneFrame(chance)),
		),
	read(pieces) {
		const decoder = createLaneDecoder();
		const receiver = createTransferReceiver(entries);
		receiver.claim(4, [true, false, true]);
		receiver.claim(0, 'whole');
		const steps: unknown[] = [];
		const data: Uint8Array[] = [];
		let written = 0;
		for (const piece of pieces) {
			const end = outcomeOf(() => {
				decoder.push(piece, frame => {
					const step = receiver.receive(frame);
					if (step.kind === 'begin') written = 0;
					if (step.kind !== 'data') {
						steps.push(step);
						return;
					}

					written += step.bytes.length + step.skippedBytes;
					if (written > (entries[step.entry]?.size ?? Infinity)) {
						throw new Error('More than was accepted.');
					}

					data.push(step.bytes);
				});
			});
			if (end === undefined) continue;
			// Of two things that are wrong with a frame, the reads decide which is seen first.
			steps.push(end.split(' ')[0]);
			break;
		}

		// What an entry had before it broke off depends on the reads: it is thrown away.
		const isWhole = steps.every(step => typeof step !== 'string');
		return [steps, isWhole && concatBytes(data)];
	},
};

export const wireTargets: readonly FuzzTarget[] = [control, lane];
