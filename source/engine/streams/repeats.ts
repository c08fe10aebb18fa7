/**
 * Messages that are sent again and again, one for each peer. Decides when the
 * next one goes and when it is over; what a line means is left to
 * `typed-bytes.ts`. Invariants: it ends with the session that it was started on,
 * with its count, with the first message that cannot be sent, or when somebody
 * says so; a clock that was late is not caught up with in a burst.
 */
import {
	errorInfo,
	SocktermError,
	toErrorInfo,
	type ErrorInfo,
} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {PeerKey} from '../ids.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {RawSession} from './raw-session.js';
import {toSafeText} from '../sanitize.js';
import type {StreamCommand} from './stream-commands.js';
import {createTypedBytes} from './typed-bytes.js';

type RepeatCommand = Extract<StreamCommand, {type: 'stream/repeat'}>;

export interface Repeats {
	/**
	 * Sends the first message now, in place of whatever was being repeated there. Throws badRepeat,
	 * nothingToSend, queueFull and what a line that cannot be read throws.
	 */
	start(entry: PeerEntry, session: RawSession, command: RepeatCommand): void;
	/** Throws noRepeat. */
	stop(entry: PeerEntry): void;
}

const shownCharacters = 80;

const isCount = (count: number) => Number.isSafeInteger(count) && count >= 1;

function check({everyMs, count = 1}: RepeatCommand): void {
	const {repeatLeastMs: leastMs, repeatMostMs: mostMs} = limits;
	if (everyMs >= leastMs && everyMs <= mostMs && isCount(count)) return;
	throw new SocktermError('badRepeat', {leastMs, mostMs});
}

export function createRepeats(context: EngineContext): Repeats {
	const {clock} = context.ports;
	const running = new Map<PeerKey, (error?: ErrorInfo) => void>();

	const run = (
		entry: PeerEntry,
		session: RawSession,
		command: RepeatCommand,
		first: Uint8Array,
		render: (seq: number) => Uint8Array,
	) => {
		const {key: peer} = entry;
		const {everyMs, count, line} = command;
		const what = toSafeText(line, {maxCharacters: shownCharacters});
		const startedAt = clock.now();
		let toldAt = -Infinity;
		let sent = 0;
		/** Turns of the clock since the start, also those that were left out. */
		let turn = 0;
		let cancelTimer: (() => void) | undefined;
		let stopListening: (() => void) | undefined;

		const end = (error?: ErrorInfo) => {
			if (running.get(peer) !== end) return;
			running.delete(peer);
			cancelTimer?.();
			stopListening?.();
			context.emit({
				type: 'stream/repeatEnded',
				peer,
				sent,
				...(error ? {error} : {}),
			});
		};

		const send = (bytes: Uint8Array) => {
			session.sendBytes(bytes, {note: toSafeText(`#${sent + 1}`)});
			sent++;
			const now = clock.now();
			if (now - toldAt < limits.progressMs) return;
			toldAt = now;
			context.emit({
				type: 'stream/repeating',
				peer,
				what,
				everyMs,
				sent,
				...(count === undefined ? {} : {count}),
			});
		};

		const next = () => {
			if (sent === count) {
				end();
				return;
			}

			const late = Math.floor((clock.now() - startedAt) / everyMs);
			turn = Math.max(turn + 1, late);
			const delayMs = startedAt + turn * everyMs - clock.now();
			cancelTimer = clock.after(Math.max(0, delayMs), () => {
				try {
					send(render(sent + 1));
				} catch (error) {
					end(toErrorInfo(error));
				}

				// What was sent may have ended it.
				if (running.get(peer) === end) next();
			});
		};

		send(first);
		running.set(peer, end);
		stopListening = context.on(() => {
			if (entry.session === session) return;
			end(errorInfo('notConnected', {name: entry.name}));
		});
		next();
	};

	return {
		start(entry, session, command) {
			check(command);
			const typed = createTypedBytes(context, command.line, command.notation);
			const render = (seq: number) => typed.render(entry, session, seq);
			const first = render(1);
			running.get(entry.key)?.();
			run(entry, session, command, first, render);
		},
		stop(entry) {
			const end = running.get(entry.key);
			if (!end) throw new SocktermError('noRepeat', {name: entry.name});
			end();
		},
	};
}
