/**
 * What comes in on a control session: bytes to frames to messages, in their order
 * and at the pace of `frame-pace.ts`. Decides what of it counts as a flood; what is
 * legal when, and what it means, is left to `peer-session.ts`.
 */
import {toErrorInfo, type ErrorInfo} from '../../errors.js';
import {limits, type PeerLimits} from '../../limits.js';
import type {Frame} from '../../protocol/frame.js';
import {createFrameDecoder} from '../../protocol/frame-decoder.js';
import {decodeMessage} from '../../protocol/message-codec.js';
import {controlMessages, type ControlMessage} from '../../protocol/messages.js';
import type {Clock, Connection} from '../ports.js';
import {createFramePace, type FramePace} from './frame-pace.js';

export interface SessionIntake extends Omit<FramePace, 'push'> {
	push(bytes: Uint8Array): void;
	/** We have sent it: its answer is none of a flood. */
	said(message: ControlMessage): void;
}

export interface SessionIntakeHandlers {
	/** Of this moment. */
	limits(): PeerLimits;
	/** A sign of life. */
	heard(): void;
	/**
	 * A frame of an unknown type that may be skipped comes without a message. What the payload
	 * stands in is used again. May throw what `failed` is to be called with.
	 */
	receive(message: ControlMessage | undefined, payload: Uint8Array): void;
	failed(error: ErrorInfo): void;
}

const {ack, pong, refused} = controlMessages;
const answers = new Set<number>([ack.type, pong.type, refused.type]);

export function createSessionIntake(
	clock: Clock,
	connection: Connection,
	handlers: SessionIntakeHandlers,
): SessionIntake {
	const decoder = createFrameDecoder(limits.firstFrameBytes, limits.frameBytes);
	/** Messages and pings that have no answer yet. */
	let unanswered = 0;

	const isAnswer = ({type}: Frame) => {
		if (!answers.has(type) || unanswered === 0) return false;
		unanswered--;
		return true;
	};

	const pace = createFramePace({
		clock,
		connection,
		limits: () => handlers.limits(),
		isFree: isAnswer,
		handle(frame) {
			handlers.heard();
			try {
				handlers.receive(decodeMessage(frame), frame.payload);
			} catch (error) {
				handlers.failed(toErrorInfo(error));
			}
		},
	});

	return {
		...pace,
		push(bytes) {
			handlers.heard();
			try {
				decoder.push(bytes, pace.push);
			} catch (error) {
				// What stands before a bad frame is looked at before it.
				pace.whenIdle(() => {
					handlers.failed(toErrorInfo(error));
				});
			}
		},
		said({name}) {
			if (name === 'message' || name === 'ping') unanswered++;
		},
	};
}
