/**
 * How fast the frames of one session are looked at. Decides when it is a frame's
 * turn, and when the connection is read on: beyond its rate a peer waits behind
 * its own frames and then in its own socket. Nothing is skipped. What frames mean
 * is left to the session.
 *
 * Invariants: frames are handled in their order, each once; no more is held than
 * the limit and what one read brings beyond it; after `stop` nothing is handled.
 */
import {limits, type PeerLimits} from '../../limits.js';
import type {Frame} from '../../protocol/frame.js';
import {roomMessages} from '../../protocol/room-messages.js';
import type {Clock, Connection} from '../ports.js';

export interface FramePace {
	push(frame: Frame): void;
	/** Called once nothing waits any more, at once where nothing does. */
	whenIdle(callback: () => void): void;
	/** The session reads no more: what it has read already has its turn now. */
	finish(): void;
	/** Nothing is handled any more, and nothing is held back. */
	stop(): void;
	/** For the front end, which may not keep up. */
	readonly valve: Pick<Connection, 'pause' | 'resume'>;
}

export interface FramePaceOptions {
	readonly clock: Clock;
	readonly connection: Pick<Connection, 'pause' | 'resume'>;
	/** Of this moment. */
	readonly limits: () => PeerLimits;
	/** It was asked for: what we asked for is no flood. */
	readonly isFree: (frame: Frame) => boolean;
	/** What a frame stands in may be used again once this returns. */
	readonly handle: (frame: Frame) => void;
}

/** Soon enough that nobody sees it, and seldom enough to cost nothing. */
const turnMs = 20;

const weightOf = ({payload}: Frame) => payload.length + limits.heldFrameBytes;
const {roomWant, roomMessage} = roomMessages;
const dear = new Set<number>([roomWant.type, roomMessage.type]);
const costOf = ({type, payload}: Frame) =>
	Math.max(
		dear.has(type) ? limits.roomFrameCost : 1,
		Math.ceil(payload.length / limits.countedFrameBytes),
	);

export function createFramePace(options: FramePaceOptions): FramePace {
	const {clock, connection, handle, isFree} = options;
	let held: Frame[] = [];
	let next = 0;
	let heldBytes = 0;
	let credit: number = options.limits().framesPerSecond;
	let creditAtMs = clock.now();
	let cancelTurn: (() => void) | undefined;
	let isShut = false;
	let isHeldBack = false;
	let isPaused = false;
	let isStopped = false;
	let idle: Array<() => void> = [];

	const flow = () => {
		const wanted = (isShut || isHeldBack) && !isStopped;
		if (wanted === isPaused) return;
		isPaused = wanted;
		if (wanted) connection.pause();
		else connection.resume();
	};

	/** A second's worth at most: who was quiet may say so much at once. */
	const refill = () => {
		const {framesPerSecond} = options.limits();
		const now = clock.now();
		const earned = ((now - creditAtMs) / 1_000) * framesPerSecond;
		credit = Math.min(framesPerSecond, credit + Math.max(0, earned));
		creditAtMs = now;
	};

	/** Whether it may be looked at now; a frame that costs more than there is goes into debt. */
	const pay = (frame: Frame): boolean => {
		if (isFree(frame)) return true;
		if (credit < 1) refill();
		if (credit < 1) return false;
		credit -= costOf(frame);
		return true;
	};

	const hasHeld = () => next < held.length && !isStopped;

	const runHeld = (isDue: (frame: Frame) => boolean) => {
		while (hasHeld()) {
			const frame = held[next]!;
			if (!isDue(frame)) break;
			next++;
			heldBytes -= weightOf(frame);
			handle(frame);
		}

		if (hasHeld()) return;
		held = [];
		next = 0;
		heldBytes = 0;
		for (const callback of idle.splice(0)) callback();
	};

	const waitForTurn = () => {
		if (cancelTurn || isStopped || isShut || held.length === 0) return;
		cancelTurn = clock.after(turnMs, () => {
			cancelTurn = undefined;
			runHeld(pay);
			// Half: a reader that stops and goes on for every frame costs more than it saves.
			isHeldBack &&= heldBytes > options.limits().heldBytes / 2;
			waitForTurn();
			flow();
		});
	};

	return {
		push(frame) {
			if (isStopped) return;
			if (held.length === 0 && !isShut && pay(frame)) {
				handle(frame);
				return;
			}

			heldBytes += weightOf(frame);
			held.push({type: frame.type, payload: frame.payload.slice()});
			isHeldBack ||= heldBytes >= options.limits().heldBytes;
			waitForTurn();
			flow();
		},
		whenIdle(callback) {
			if (held.length === 0) callback();
			else idle.push(callback);
		},
		finish() {
			cancelTurn?.();
			cancelTurn = undefined;
			runHeld(() => true);
		},
		stop() {
			isStopped = true;
			cancelTurn?.();
			cancelTurn = undefined;
			idle = [];
			flow();
		},
		valve: {
			pause() {
				isShut = true;
				flow();
			},
			resume() {
				isShut = false;
				waitForTurn();
				flow();
			},
		},
	};
}
