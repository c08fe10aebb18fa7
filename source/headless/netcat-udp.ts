/**
 * What `nc -u` does: a piece of stdin is a datagram, and the bytes of those that
 * come back go to stdout. Listening answers whoever spoke last, or without `keep`
 * only the first. UDP knows no end: after that of stdin it waits a while for
 * answers; listening goes on until it is stopped or nothing comes for `idleMs`.
 */
import {
	formatAddress,
	type Address,
	type Command,
	type Direction,
	type EngineEvent,
} from '../engine/index.js';
import {limits} from '../limits.js';
import {strings} from '../strings/index.js';
import {toHex} from '../util/bytes.js';
import {createAwaitedCommands} from './awaited-commands.js';
import {exitCodes} from './exit-codes.js';
import type {HexDump} from './hex-dump.js';
import type {Verb, VerbContext} from './verb.js';

export interface NetcatUdpOptions {
	readonly command: Extract<Command, {type: 'listener/open'}>;
	/** Whom to send to; missing: whoever speaks first. A numeric address. */
	readonly target?: Address;
	readonly input: AsyncIterable<Uint8Array>;
	readonly keep: boolean;
	readonly verbose: boolean;
	readonly idleMs?: number;
	readonly dump?: HexDump;
	readonly now: () => number;
}

const {netcat: words} = strings.cli;

/** Of a longer piece each part is a datagram. */
const partBytes = 16 * 1_024;

function* partsOf(bytes: Uint8Array): Generator<Uint8Array> {
	for (let start = 0; start < bytes.length; start += partBytes) {
		yield bytes.subarray(start, start + partBytes);
	}
}

const isSame = (one: Address, other: Address) =>
	one.host === other.host && one.port === other.port;

export function createNetcatUdpVerb(options: NetcatUdpOptions): Verb {
	const {keep, dump, now} = options;
	const commands = createAwaitedCommands();
	let target = options.target;
	let isInputOver = false;
	let isPumping = false;
	let movedAt = now();
	/** The system took the datagram that is under way, or would not. */
	let taken: () => void = () => undefined;

	const dumped = (
		address: Address,
		direction: Direction,
		bytes: Uint8Array,
	) => {
		const id = formatAddress(address);
		const title = `${id} ${new Date(now()).toISOString()}`;
		dump?.bytes({id, title}, direction, bytes);
	};

	const send = async (context: VerbContext, bytes: Uint8Array) => {
		const {host, port} = target!;
		const isTaken = new Promise<void>(resolve => {
			taken = resolve;
		});
		const error = await commands.run(context, {
			type: 'datagram/send',
			host,
			port,
			text: toHex(bytes),
			notation: 'hex',
		});
		if (error) context.fail(error);
		else await isTaken;
	};

	const pump = async (context: VerbContext) => {
		for await (const piece of options.input) {
			for (const part of partsOf(piece)) await send(context, part);
		}

		isInputOver = true;
		movedAt = now();
	};

	const begin = (context: VerbContext) => {
		if (isPumping || !target) return;
		isPumping = true;
		pump(context).catch((error: unknown) => {
			context.finish(exitCodes.failed, words.inputFailed(String(error)));
		});
	};

	const received = (
		context: VerbContext,
		{from, bytes}: Extract<EngineEvent, {type: 'datagram/received'}>,
	) => {
		const isStranger = target !== undefined && !isSame(target, from);
		if (isStranger && (options.target !== undefined || !keep)) return;
		if (!target && options.verbose) {
			context.output.note(words.connected(formatAddress(from), 'in'));
		}

		target = from;
		movedAt = now();
		dumped(from, 'in', bytes);
		context.output.bytes(bytes);
		begin(context);
	};

	return {
		start({engine}) {
			engine.dispatch(options.command);
		},
		event(context, event) {
			switch (event.type) {
				case 'listener/bound': {
					if (options.verbose && !options.target) {
						const address = formatAddress(event);
						context.output.note(words.listening(event.kind, address));
					}

					begin(context);
					break;
				}

				case 'listener/failed':
				case 'datagram/failed': {
					context.fail(event.error);
					break;
				}

				case 'datagram/received': {
					received(context, event);
					break;
				}

				case 'datagram/sent': {
					movedAt = now();
					dumped(event.to, 'out', event.bytes);
					taken();
					break;
				}

				default: {
					commands.settle(event);
					break;
				}
			}
		},
		refused: (_context, event) => commands.settle(event),
		tick(context) {
			const isDone = isInputOver && options.target !== undefined;
			const quietMs =
				options.idleMs ?? (isDone ? limits.inputQuietMs : undefined);
			if (quietMs === undefined || !target) return;
			if (now() - movedAt >= quietMs) context.finish(exitCodes.done);
		},
	};
}
