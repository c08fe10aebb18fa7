/**
 * `sockterm udp send`: datagrams to one address, once or at a pace, and the
 * answers that come to the port they left from. Done when the system has taken
 * them all; where answers are waited for, failed if none came.
 */
import {setTimeout as delay} from 'node:timers/promises';
import {
	formatAddress,
	type ByteNotation,
	type EngineEvent,
	type ListenerId,
} from '../engine/index.js';
import {toErrorInfo} from '../errors.js';
import {strings} from '../strings/index.js';
import {describeDatagram} from './datagram-fields.js';
import {exitCodes} from './exit-codes.js';
import type {Verb, VerbContext} from './verb.js';

export interface UdpSendOptions {
	readonly to: {readonly host: string; readonly port: number};
	/** Each is a datagram. */
	readonly texts: AsyncIterable<string>;
	readonly notation: ByteNotation;
	readonly encoding?: string;
	/** From one to the next. */
	readonly everyMs: number;
	/** For answers, after the last; missing: they are not waited for. */
	readonly waitMs?: number;
	/** The port they leave from; 0: a free one. */
	readonly port: number;
	readonly host?: string;
	/** Answers as hex. */
	readonly hex: boolean;
}

/** So many may be on their way: a long input waits for its reader instead of filling a queue. */
const mostUntaken = 100;

export function createUdpSendVerb(options: UdpSendOptions): Verb {
	const {to, texts, notation, encoding, everyMs, waitMs, hex} = options;
	let said = 0;
	let taken = 0;
	let answers = 0;
	let isAllSaid = false;
	let goOn: () => void = () => undefined;

	const finish = async (context: VerbContext) => {
		if (waitMs === undefined) {
			context.finish(exitCodes.done);
			return;
		}

		await delay(waitMs);
		if (answers > 0) context.finish(exitCodes.done);
		else {
			const sentence = strings.cli.udp.noAnswer(formatAddress(to), waitMs);
			context.finish(exitCodes.failed, sentence);
		}
	};

	const finishWhenTaken = (context: VerbContext) => {
		if (isAllSaid && taken === said) void finish(context);
	};

	const sayAll = async (context: VerbContext, listener: ListenerId) => {
		let dueAt = performance.now();
		for await (const text of texts) {
			const restMs = dueAt - performance.now();
			// By the clock, so that pauses do not add up; what was missed is not made up for.
			if (restMs > 0) await delay(restMs);
			dueAt = Math.max(dueAt, performance.now() - everyMs) + everyMs;
			said++;
			context.engine.dispatch({
				type: 'datagram/send',
				...to,
				text,
				notation,
				listener,
				...(encoding === undefined ? {} : {encoding}),
			});
			if (said - taken >= mostUntaken) {
				await new Promise<void>(resolve => {
					goOn = resolve;
				});
			}
		}

		isAllSaid = true;
		finishWhenTaken(context);
	};

	return {
		start({engine}) {
			const {port, host} = options;
			engine.dispatch({
				type: 'listener/open',
				kind: 'udp',
				port,
				...(host === undefined ? {} : {host}),
			});
		},
		event(context, event: EngineEvent) {
			switch (event.type) {
				case 'listener/bound': {
					sayAll(context, event.listener).catch((error: unknown) => {
						context.fail(toErrorInfo(error));
					});
					break;
				}

				case 'datagram/sent': {
					taken++;
					goOn();
					finishWhenTaken(context);
					break;
				}

				case 'datagram/received': {
					answers++;
					if (waitMs === undefined || context.json) break;
					const state = context.engine.getState();
					context.output.line(describeDatagram(state, event, hex));
					break;
				}

				case 'datagram/failed':
				case 'listener/failed': {
					context.fail(event.error);
					break;
				}

				default: {
					break;
				}
			}
		},
	};
}
