/** `sockterm listen`: everything that happens on the listeners, as lines or as NDJSON, until it is stopped. */
import type {Command, EngineEvent, EngineState} from '../engine/index.js';
import {formatAddress} from '../engine/index.js';
import {formatSize} from '../util/quantities.js';
import {describeError, entriesTitle, strings} from '../strings/index.js';
import type {Verb, VerbContext} from './verb.js';

export interface ListenOptions {
	/** Opens the listeners and dials. */
	readonly commands: readonly Command[];
	readonly accept: 'none' | 'all';
}

/** More of them are told by their folder and count. */
const entriesNamed = 10;

function describe(state: EngineState, event: EngineEvent): string | undefined {
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
			return cli.left(nameOf(event.peer));
		}

		case 'chat/received': {
			return cli.said(nameOf(event.peer), event.text);
		}

		case 'datagram/received': {
			const {from, sizeBytes, content} = event;
			return cli.datagram(formatAddress(from), sizeBytes, content.text);
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
			return cli.saved(event.savedAs, state.self.receiveFolder);
		}

		default: {
			return undefined;
		}
	}
}

/** The sentence for what went wrong in an event, for stderr. */
function problem(state: EngineState, event: EngineEvent): string | undefined {
	switch (event.type) {
		case 'listener/failed':
		case 'peer/refused': {
			return describeError(event.error);
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

export function createListenVerb(options: ListenOptions): Verb {
	const wanted = options.commands.filter(({type}) => type === 'listener/open');
	let failed = 0;

	const answerOffer = (
		{engine, output}: VerbContext,
		event: Extract<EngineEvent, {type: 'transfer/offered'}>,
	) => {
		// A name that programs obey is never accepted without somebody having looked at it.
		const flagged = event.entries.find(entry => entry.flagged);
		const isAccepted = options.accept === 'all' && !flagged;
		if (flagged) output.note(strings.cli.flaggedDeclined(flagged.name));
		else if (!isAccepted) output.note(strings.cli.notAccepted);
		engine.dispatch({
			type: isAccepted ? 'transfer/accept' : 'transfer/decline',
			transfer: event.transfer,
		});
	};

	return {
		start({engine}) {
			for (const command of options.commands) engine.dispatch(command);
		},
		event(context, event) {
			const {engine, output, json} = context;
			const sentence = problem(engine.getState(), event);
			if (sentence) output.note(sentence);
			const line = json ? undefined : describe(engine.getState(), event);
			if (line) output.line(line);
			if (event.type === 'transfer/offered' && event.direction === 'in') {
				answerOffer(context, event);
			} else if (event.type === 'listener/failed') {
				failed++;
				// With nothing to listen on there is nothing to wait for.
				if (failed === wanted.length) context.finish(1);
			}
		},
	};
}
