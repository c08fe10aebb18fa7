/**
 * What `nc` does, over TCP and TLS: stdin goes to the connection and what comes
 * back goes to stdout, byte for byte. The end of stdin ends our side; the other
 * side's end does not cut off what stdin still gives. Listening takes one
 * connection, or with `keep` one after the other and several at once, of which
 * each gets what stdin gives while it is there.
 */
import {
	formatAddress,
	type Command,
	type EngineEvent,
	type ListenerId,
	type PeerKey,
} from '../engine/index.js';
import {limits} from '../limits.js';
import {describeError, strings} from '../strings/index.js';
import {createAwaitedCommands} from './awaited-commands.js';
import {exitCodes} from './exit-codes.js';
import {dumpEvent, type HexDump} from './hex-dump.js';
import type {Verb, VerbContext} from './verb.js';

export interface NetcatOptions {
	/** Listens or dials. */
	readonly command: Extract<Command, {type: 'listener/open' | 'peer/dial'}>;
	/** What is sent, in pieces that are no longer than a queue takes. */
	readonly input: AsyncIterable<Uint8Array>;
	/** Somebody types: nothing more is waited for once the other side has ended. */
	readonly isTyped: boolean;
	/** Goes on listening after the first connection. */
	readonly keep: boolean;
	readonly verbose: boolean;
	/** Ends where nothing moves for so long. */
	readonly idleMs?: number;
	readonly dump?: HexDump;
	readonly now: () => number;
}

const {netcat: words} = strings.cli;

export function createNetcatVerb(options: NetcatOptions): Verb {
	const {keep, isTyped, dump, now} = options;
	const isListening = options.command.type === 'listener/open';
	const commands = createAwaitedCommands();
	const live = new Set<PeerKey>();
	/** Of the live ones, those that we can still send to. */
	const open = new Set<PeerKey>();
	/** Of the open ones, those whose other side has ended. */
	const ended = new Set<PeerKey>();
	let listener: ListenerId | undefined;
	let isInputOver = false;
	let isPumping = false;
	/** Nothing is under way but the next piece of the input, and since when. */
	let isReading = false;
	let readSince = 0;
	let quietTimer: NodeJS.Timeout | undefined;
	let movedAt = now();
	let arrival = Promise.withResolvers<void>();

	const say = (context: VerbContext, text: string) => {
		if (options.verbose) context.output.note(text);
	};

	const endSide = ({engine}: VerbContext, peer: PeerKey) => {
		ended.delete(peer);
		if (open.delete(peer)) engine.dispatch({type: 'stream/end', peer});
	};

	/** An input that gives nothing more for a while has nothing more for those that have ended. */
	const watchInput = (context: VerbContext) => {
		clearTimeout(quietTimer);
		if (!isReading || ended.size === 0) return;
		const quietMs = Math.max(0, readSince + limits.inputQuietMs - now());
		quietTimer = setTimeout(() => {
			for (const peer of ended) endSide(context, peer);
		}, quietMs);
	};

	const sendToAll = async (context: VerbContext, bytes: Uint8Array) => {
		await Promise.all(
			// One that is gone meanwhile says so itself.
			[...open].map(async peer =>
				commands.run(context, {type: 'stream/write', peer, bytes}),
			),
		);
	};

	const untilSomebody = async () => {
		while (open.size === 0) await arrival.promise;
	};

	const pump = async (context: VerbContext) => {
		const pieces = options.input[Symbol.asyncIterator]();
		for (;;) {
			isReading = true;
			readSince = now();
			watchInput(context);
			const {done, value} = await pieces.next();
			isReading = false;
			watchInput(context);
			if (done) break;
			await untilSomebody();
			await sendToAll(context, value);
		}

		isInputOver = true;
		for (const peer of open) endSide(context, peer);
	};

	const connected = (
		context: VerbContext,
		event: Extract<EngineEvent, {type: 'peer/connected'}>,
	) => {
		const {engine} = context;
		const {peer, address, direction, certificate} = event;
		if (!keep && live.size > 0) {
			engine.dispatch({type: 'peer/disconnect', peer});
			return;
		}

		live.add(peer);
		open.add(peer);
		movedAt = now();
		say(context, words.connected(formatAddress(address), direction));
		if (certificate !== undefined) {
			say(context, words.certificate(certificate));
		}

		if (direction === 'out') {
			const framing = {kind: 'chunks'} as const;
			engine.dispatch({type: 'stream/setFraming', peer, framing});
		}

		if (!keep && listener) engine.dispatch({type: 'listener/close', listener});
		if (isInputOver) endSide(context, peer);
		arrival.resolve();
		arrival = Promise.withResolvers();
		if (isPumping) return;
		isPumping = true;
		pump(context).catch((error: unknown) => {
			context.finish(exitCodes.failed, words.inputFailed(String(error)));
		});
	};

	const left = (
		context: VerbContext,
		{peer, error}: Extract<EngineEvent, {type: 'peer/left'}>,
	) => {
		const wasLive = live.delete(peer);
		open.delete(peer);
		ended.delete(peer);
		if (!wasLive && isListening) return;
		if (keep) say(context, error ? describeError(error) : words.ended);
		else if (error) context.fail(error);
		else context.finish(exitCodes.done);
	};

	return {
		start({engine}) {
			engine.dispatch(options.command);
		},
		event(context, event) {
			if (dump) dumpEvent(dump, context.engine.getState(), event);
			switch (event.type) {
				case 'listener/bound': {
					listener = event.listener;
					say(context, words.listening(event.kind, formatAddress(event)));
					break;
				}

				case 'listener/failed': {
					context.fail(event.error);
					break;
				}

				case 'peer/refused': {
					say(context, describeError(event.error));
					break;
				}

				case 'peer/connected': {
					connected(context, event);
					break;
				}

				case 'stream/received': {
					if (!live.has(event.peer) || event.bytes.length === 0) break;
					movedAt = now();
					context.output.bytes(event.bytes);
					break;
				}

				case 'stream/sent': {
					movedAt = now();
					break;
				}

				case 'stream/ended': {
					if (!open.has(event.peer)) break;
					ended.add(event.peer);
					if (isTyped) endSide(context, event.peer);
					else watchInput(context);
					break;
				}

				case 'peer/left': {
					left(context, event);
					break;
				}

				default: {
					commands.settle(event);
					break;
				}
			}
		},
		// What was meant for a connection that is gone was not done, and need not be.
		refused: (_context, event) =>
			commands.settle(event) || event.command !== options.command.type,
		tick(context) {
			const {idleMs} = options;
			if (idleMs === undefined || live.size === 0) return;
			if (now() - movedAt < idleMs) return;
			say(context, words.idle(Math.round(idleMs / 1_000)));
			if (!keep) context.finish(exitCodes.done);
			for (const peer of live) {
				context.engine.dispatch({type: 'peer/disconnect', peer});
			}
		},
	};
}
