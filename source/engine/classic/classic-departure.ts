/**
 * One file on its way to a classic receiver: the connection, the machine, the
 * stream. Decides how it ends. Invariants: what is sent is what was said, or the
 * receiver sees the connection break; the protocol confirms nothing, so "sent"
 * means that all is with the system and the other side has ended in order.
 */
import {errorInfo, toErrorInfo, type ErrorInfo} from '../../errors.js';
import {
	createClassicSender,
	type ClassicSenderStep,
} from '../../protocol/classic-sending.js';
import {decodeText} from '../../protocol/text-decoding.js';
import {isLoopback} from '../../util/address.js';
import {toHex} from '../../util/bytes.js';
import {createClassicAttention} from './classic-attention.js';
import {failClassic} from './classic-jobs.js';
import {createClassicLine} from './classic-line.js';
import {startClassicPace, type ClassicPace} from './classic-pace.js';
import type {Clock, Connection, SourceReader} from '../ports.js';
import type {EngineContext} from '../context.js';
import type {RateLimiter} from '../transfers/rate-limiter.js';
import {toSafeText} from '../sanitize.js';
import type {TransferRecord} from '../transfers/transfer-record.js';

export interface ClassicDepartureOptions {
	readonly clock: Clock;
	readonly record: TransferRecord;
	readonly reader: SourceReader;
	readonly limiter: Omit<RateLimiter, 'set'>;
	/** As it is said, in GBK. */
	readonly name: Uint8Array;
	/** As it is shown. */
	readonly shownName: string;
	readonly sizeBytes: number;
	readonly target: {readonly host: string; readonly port: number};
	/** The connection is gone. */
	readonly closed: () => void;
}

export interface ClassicDeparture {
	/** Whether it is paused has changed. */
	changed(): void;
	/** The transfer has ended before anything moved. */
	stop(): void;
}

/** What the other side said instead is shown, but no more of it than this. */
const saidCharacters = 60;

/** Whether the way there never leaves this machine: elsewhere the pace is no promise. */
export const isOnThisMachine = ({remote, local}: Connection): boolean =>
	isLoopback(remote.host) || remote.host === local.host;

/** Starts the connection and owns it. */
export function startClassicDeparture(
	context: EngineContext,
	connection: Connection,
	options: ClassicDepartureOptions,
): ClassicDeparture {
	const {clock, record, reader, limiter, target, sizeBytes} = options;
	const machine = createClassicSender(options, clock.now());
	const attention = createClassicAttention(connection, clock);
	/** Name and size go out one after the other, each when the one before was read. */
	let saying: Promise<void> = Promise.resolve();
	let pace: ClassicPace | undefined;
	/** Of all that was sent; undefined while something is missing. */
	let digest: Uint8Array | undefined;
	let isOver = false;

	const endConnection = (isFlushed: boolean) => {
		if (isFlushed && digest) connection.end();
		else connection.reset();
	};

	const fail = (error: ErrorInfo) => {
		failClassic(context, record, error);
	};

	const cutOff = () =>
		errorInfo('classicCutOff', {
			...target,
			name: options.shownName,
			movedBytes: pace?.movedBytes() ?? 0,
			sizeBytes,
		});

	const stream = async (streaming: ClassicPace) => {
		try {
			digest = await streaming.done;
			// Its end is the end of the file: what the other side makes of it is waited for.
			if (digest) connection.end();
		} catch (error) {
			fail(toErrorInfo(error));
		}
	};

	const begin = () => {
		if (record.isFinished()) return;
		record.accept([0]);
		const streaming = startClassicPace(connection, reader, {
			clock,
			limiter,
			isPaused: record.isPaused,
			attention,
		});
		pace = streaming;
		record.move(
			{
				movedBytes: streaming.movedBytes,
				currentEntry: () => 0,
				async stop() {
					streaming.stop();
					await streaming.done.catch(() => undefined);
					await reader.close();
				},
			},
			endConnection,
		);
		record.start();
		void stream(streaming);
	};

	const say = async (before: Promise<void>, bytes: Uint8Array) => {
		await before;
		await attention.caughtUp(() => isOver);
		connection.write(bytes);
	};

	const take = (step: ClassicSenderStep) => {
		switch (step.kind) {
			case 'send': {
				saying = say(saying, step.bytes);
				break;
			}

			case 'begin': {
				begin();
				break;
			}

			case 'refused': {
				const {text} = decodeText(step.said, 'gbk');
				const said = toSafeText(text, {maxCharacters: saidCharacters});
				fail(errorInfo(step.code, {...target, said}));
				break;
			}
		}
	};

	const line = createClassicLine(machine, clock, take);
	connection.start({
		data: line.receive,
		ended() {
			if (!pace) line.end();
			// Who has all of it may be gone before we know that it is whole.
			else if (pace.movedBytes() < sizeBytes) fail(cutOff());
		},
		drained: () => undefined,
		closed(error) {
			if (isOver) return;
			isOver = true;
			line.end();
			line.stop();
			if (digest && !error) {
				record.saved(0, options.shownName, toHex(digest), false);
			} else {
				fail(cutOff());
			}

			options.closed();
		},
	});
	return {
		changed() {
			pace?.changed();
		},
		stop() {
			line.stop();
			connection.reset();
		},
	};
}
