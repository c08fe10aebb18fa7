/**
 * When what was taken in a room is shown, and in which order. What was missed comes
 * stream by stream, and from several members at once: it waits until nothing more is
 * to come, though not for long, and is then shown in the order of time.
 *
 * Invariants: messages of one author are shown in the order in which they were taken,
 * whatever their times say; what nobody was asked for waits for nothing but what its
 * author said before; what waits is bounded, in number, in bytes and in time.
 */
import {limits} from '../../limits.js';
import type {RoomMessageBody} from '../../protocol/room-messages.js';
import type {Clock} from '../ports.js';
import type {RoomLink} from './room-link.js';
import {weighMessage} from './room-log.js';

/**
 * The merge of what each author said: always the one with the earliest time of those
 * that are next of their authors. A message counts as no earlier than those of its
 * author before it, so sorting is enough. Equal ones stay as they came: as they were
 * seen, if they were.
 */
export function byTime<Message extends Pick<RoomMessageBody, 'author' | 'at'>>(
	messages: readonly Message[],
): Message[] {
	const latest = new Map<string, number>();
	return messages
		.map(message => {
			const at = Math.max(message.at, latest.get(message.author) ?? 0);
			latest.set(message.author, at);
			return {message, at};
		})
		.toSorted((one, other) => one.at - other.at)
		.map(({message}) => message);
}

/** A message that was taken, who brought it, and how many before it nobody has. */
export interface TakenMessage {
	readonly message: RoomMessageBody;
	readonly link: RoomLink;
	readonly missed: number;
}

export interface RoomOrder {
	/** `isAwaited`: more may come that was said before it. */
	take(taken: TakenMessage, isAwaited: boolean): void;
	/** Shows what waits. */
	release(): void;
}

export function createRoomOrder(
	clock: Clock,
	show: (taken: TakenMessage) => void,
): RoomOrder {
	let waiting: TakenMessage[] = [];
	let bytes = 0;
	let cancelTimer: (() => void) | undefined;

	const release = () => {
		cancelTimer?.();
		cancelTimer = undefined;
		const shown = byTime(
			waiting.map(taken => {
				const {author, at} = taken.message;
				return {author, at, taken};
			}),
		);
		waiting = [];
		bytes = 0;
		for (const {taken} of shown) show(taken);
	};

	return {
		take(taken, isAwaited) {
			const {author} = taken.message;
			const isBehind = waiting.some(({message}) => message.author === author);
			if (!isAwaited && !isBehind) {
				show(taken);
				return;
			}

			waiting.push(taken);
			bytes += weighMessage(taken.message);
			cancelTimer ??= clock.after(limits.roomGatherMs, release);
			const isFull =
				waiting.length >= limits.roomMessages || bytes >= limits.roomBytes;
			if (isFull) release();
		},
		release,
	};
}
