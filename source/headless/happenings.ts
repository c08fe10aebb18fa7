/** What `listen` and `receive` share: their lines about what happens, and the answers that need nobody. */
import type {
	Command,
	EngineEvent,
	EngineState,
	SaidFrame,
} from '../engine/index.js';
import {formatAddress, linesOf} from '../engine/index.js';
import {toHex} from '../util/bytes.js';
import {formatSize} from '../util/quantities.js';
import {describeError, entriesTitle, strings} from '../strings/index.js';
import {describeDatagram} from './datagram-fields.js';
import type {VerbContext} from './verb.js';

export type Offered = Extract<EngineEvent, {type: 'transfer/offered'}>;

/** More of them are told by their folder and count. */
const entriesNamed = 10;

/** Each line of a message behind who said it. */
const eachLine = (text: string, say: (line: string) => string): string =>
	linesOf(text).map(say).join('\n');

/** The line about an event (of a message each of its lines), for people; undefined where there is nothing to say. */
export function describeEvent(
	state: EngineState,
	event: EngineEvent,
): string | undefined {
	const {cli} = strings;
	const nameOf = (peer: string) => state.peers.get(peer as never)?.name ?? peer;
	switch (event.type) {
		case 'listener/bound': {
			return cli.listening(event.kind, formatAddress(event));
		}

		case 'peer/connected': {
			const {name, address, trust} = event;
			return cli.connected(name, formatAddress(address), trust);
		}

		case 'peer/left': {
			const {peer, error} = event;
			return cli.left(nameOf(peer), error && describeError(error));
		}

		case 'chat/received': {
			const name = nameOf(event.peer);
			return eachLine(event.text, line => cli.said(name, line));
		}

		case 'room/received': {
			const {room, name, text} = event;
			return eachLine(text, line => cli.saidIn(room, name, line));
		}

		case 'datagram/received': {
			return describeDatagram(state, event);
		}

		case 'transfer/offered': {
			const files =
				event.entries.length > entriesNamed
					? entriesTitle(event.entries)
					: event.entries.map(({name}) => name).join(', ');
			const size = formatSize(event.totalBytes);
			return cli.offered(nameOf(event.peer), files, size);
		}

		case 'transfer/entrySaved': {
			const {savedAs, digest, existed, transfer} = event;
			if (existed) return cli.isThere(savedAs, digest);
			const folder = state.transfers.get(transfer)?.folder;
			return cli.saved(savedAs, folder ?? state.self.receiveFolder, digest);
		}

		default: {
			return undefined;
		}
	}
}

/** A line for each message of a raw conversation; undefined where there is none. */
export function describeFrames(
	state: EngineState,
	frames: readonly SaidFrame[],
	isHex = false,
): string | undefined {
	if (frames.length === 0) return undefined;
	return frames
		.map(({peer, text, content}) =>
			strings.cli.said(
				state.peers.get(peer)?.name ?? peer,
				isHex ? toHex(content, ' ') : text,
			),
		)
		.join('\n');
}

/** The sentence for what went wrong in an event, for stderr. */
export function describeProblem(
	state: EngineState,
	event: EngineEvent,
): string | undefined {
	switch (event.type) {
		case 'listener/failed':
		case 'room/problem':
		case 'stream/problem':
		case 'peer/refused': {
			return describeError(event.error);
		}

		case 'log/changed': {
			return event.error && describeError(event.error);
		}

		case 'transfer/notByItself': {
			return event.error.code === 'autoUnverified'
				? undefined
				: describeError(event.error);
		}

		case 'transfer/finished': {
			if (event.outcome.kind !== 'failed') return undefined;
			const name = state.transfers.get(event.transfer)?.peerName ?? '';
			return strings.cli.transferFailed(
				name,
				describeError(event.outcome.error),
			);
		}

		default: {
			return undefined;
		}
	}
}

/** Why an offer is declined where only what verified peers may send is taken; the engine says more of a verified one's. */
export function notTaken(state: EngineState, {peer, trust}: Offered): string {
	const name = state.peers.get(peer)?.name ?? '';
	return trust === 'VERIFIED'
		? strings.cli.notTaken(name)
		: strings.cli.notTakenOf(name, strings.trust[trust]);
}

/** Accepts, unless there is a name that programs obey: such a one is never taken without somebody having looked at it. */
export function acceptUnflagged(
	{engine, output}: VerbContext,
	{transfer, entries}: Offered,
): void {
	const flagged = entries.find(entry => entry.flagged);
	if (flagged) output.note(strings.cli.flaggedDeclined(flagged.name));
	engine.dispatch({
		type: flagged ? 'transfer/decline' : 'transfer/accept',
		transfer,
	});
}

/** Ends the verb once none of its listeners could be opened: then there is nothing to wait for. */
export function createListenerWatch(
	commands: readonly Command[],
): (context: VerbContext, event: EngineEvent) => void {
	let left = commands.filter(({type}) => type === 'listener/open').length;
	return (context, event) => {
		if (event.type !== 'listener/failed') return;
		left--;
		if (left === 0) context.finish(1);
	};
}
