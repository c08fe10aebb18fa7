/**
 * `sockterm relay`: listens here, dials there for each client, and shows what both
 * sides say: messages with an arrow for their direction, hex, or NDJSON. Goes on
 * until it is stopped.
 */
import {
	createFrameReader,
	createMessageReader,
	formatAddress,
	textOf,
	type Command,
	type DialTarget,
	type EngineEvent,
	type Framing,
	type Impairment,
	type MessageReader,
	type PeerKey,
	type ReadMessage,
} from '../engine/index.js';
import {describeError, strings} from '../strings/index.js';
import {createHexDump, dumpEvent, type HexDump} from './hex-dump.js';
import type {Verb, VerbContext} from './verb.js';

export interface RelayOptions {
	readonly port: number;
	readonly host?: string;
	readonly target: DialTarget;
	readonly framing: Framing;
	/** Of bytes that are not UTF-8; missing: as the engine has it. */
	readonly encoding?: string;
	readonly hex: boolean;
	/** Of both directions, from the start. */
	readonly impairment?: Impairment;
	/** Gets all bytes besides. */
	readonly dump?: HexDump;
}

interface Joined {
	readonly name: string;
	/** What the server says; the client's messages are the engine's. */
	readonly server: MessageReader;
	timer?: NodeJS.Timeout;
}

const toServer = '→';
const toClient = '←';

export function createRelayVerb(options: RelayOptions): Verb {
	const {target, framing, impairment, dump} = options;
	const words = strings.cli.relay;
	const joined = new Map<PeerKey, Joined>();
	const client = createFrameReader();
	let hex: HexDump | undefined;

	const fallbackOf = ({engine}: VerbContext) =>
		options.encoding ?? engine.getState().self.fallbackEncoding;

	const open = (): Command => ({
		type: 'listener/open',
		kind: 'tcp',
		port: options.port,
		...(options.host === undefined ? {} : {host: options.host}),
		framing,
		...(options.encoding === undefined ? {} : {encoding: options.encoding}),
		purpose: {kind: 'relay', target},
	});

	/** A read has thousands of lines: one write for them all. */
	const print = ({output}: VerbContext, lines: readonly string[]) => {
		if (lines.length > 0) output.line(lines.join('\n'));
	};

	const showServed = (
		context: VerbContext,
		{name}: Joined,
		messages: readonly ReadMessage[],
	) => {
		const fallback = fallbackOf(context);
		print(
			context,
			messages.map(({content}) =>
				words.said(name, toClient, textOf(content, fallback)),
			),
		);
	};

	/** What is unfinished is shown after a while, as a prompt is. */
	const watch = (context: VerbContext, each: Joined) => {
		clearTimeout(each.timer);
		const afterMs = each.server.quietAfterMs();
		if (afterMs === undefined) return;
		each.timer = setTimeout(() => {
			showServed(context, each, each.server.quiet(Date.now()));
			watch(context, each);
		}, afterMs);
	};

	/** Where bytes are shown or kept as bytes. */
	const showBytes = (context: VerbContext, event: EngineEvent) => {
		const state = context.engine.getState();
		if (dump) dumpEvent(dump, state, event);
		if (!options.hex || context.json) return;
		hex ??= createHexDump(lines => {
			context.output.line(lines.replace(/\n$/, ''));
		});
		dumpEvent(hex, state, event);
	};

	/** Messages with an arrow, where nothing else was asked for. */
	const showMessages = (context: VerbContext, event: EngineEvent) => {
		if (options.hex || context.json) return;
		const frames = client.read(event, context.engine.getState());
		print(
			context,
			frames.flatMap(({peer, text}) => {
				const name = joined.get(peer)?.name;
				return name === undefined ? [] : [words.said(name, toServer, text)];
			}),
		);

		if (event.type !== 'stream/sent') return;
		const each = joined.get(event.peer);
		if (!each) return;
		showServed(context, each, each.server.push(event.bytes, Date.now()));
		watch(context, each);
	};

	const begin = (
		context: VerbContext,
		{peer, name, relay}: Extract<EngineEvent, {type: 'peer/connected'}>,
	) => {
		if (!relay) return;
		const server = createMessageReader(framing, fallbackOf(context));
		joined.set(peer, {name, server});
		if (impairment) {
			context.engine.dispatch({type: 'relay/impair', peer, impairment});
		}

		if (!context.json) {
			context.output.note(words.joined(name, formatAddress(relay.server)));
		}
	};

	const end = (
		context: VerbContext,
		{peer, error}: Extract<EngineEvent, {type: 'peer/left'}>,
	) => {
		const each = joined.get(peer);
		joined.delete(peer);
		clearTimeout(each?.timer);
		if (context.json) return;
		if (each && !options.hex) showServed(context, each, each.server.end());
		if (error) context.output.note(describeError(error));
		else if (each) context.output.note(words.left(each.name));
	};

	return {
		start({engine}) {
			engine.dispatch(open());
		},
		event(context, event) {
			showBytes(context, event);
			showMessages(context, event);
			switch (event.type) {
				case 'listener/bound': {
					if (context.json) break;
					const here = formatAddress(event);
					context.output.note(words.listening(here, formatAddress(target)));
					break;
				}

				case 'listener/failed': {
					context.fail(event.error);
					break;
				}

				case 'stream/problem':
				case 'peer/refused': {
					context.output.note(describeError(event.error));
					break;
				}

				case 'peer/connected': {
					begin(context, event);
					break;
				}

				case 'peer/left': {
					end(context, event);
					break;
				}

				default: {
					break;
				}
			}
		},
		// A connection that was over before it could be impaired.
		refused: (_context, {command}) => command === 'relay/impair',
	};
}
