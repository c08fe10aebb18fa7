/**
 * `sockterm send`: offers files, or what is piped in, to one peer or several; done
 * only after each receiver has said that everything is saved. A transfer that is
 * broken off is waited for: it goes on when the connection is back.
 */
import {
	formatAddress,
	type EngineEvent,
	type PeerKey,
	type TransferId,
} from '../engine/index.js';
import {errorInfo, type ErrorInfo} from '../errors.js';
import {describeError, strings} from '../strings/index.js';
import {exitCodes, worstExit, type ExitCode} from './exit-codes.js';
import {createHoldUpNotes, leavesPartial} from './hold-ups.js';
import {createProgressBar} from './progress.js';
import {concludeSending, isAccepted, type Recipient} from './recipient.js';
import type {Verb, VerbContext} from './verb.js';

export interface SendOptions {
	readonly paths: readonly string[];
	/** Instead of paths: the name under which the engine's input is sent. */
	readonly input?: string;
	readonly to: ReadonlyArray<{readonly host: string; readonly port: number}>;
}

type EventOf<Type extends EngineEvent['type']> = Extract<
	EngineEvent,
	{type: Type}
>;

export function createSendVerb({paths, input, to}: SendOptions): Verb {
	const recipients = to.map(({host, port}, index): Recipient => ({
		ref: index + 1,
		host,
		port,
		name: host,
		peer: undefined,
		transfer: undefined,
		isConnected: false,
		exit: undefined,
	}));
	const bar = createProgressBar();
	const noteHoldUps = createHoldUpNotes();
	const said = new Set<string>();

	const byPeer = (peer: PeerKey) =>
		recipients.find(recipient => recipient.peer === peer);
	const byTransfer = (transfer: TransferId) =>
		recipients.find(recipient => recipient.transfer === transfer);

	/** Ends the verb with the last of them. */
	const settle = (
		context: VerbContext,
		recipient: Recipient,
		code: ExitCode,
		sentence?: string,
	) => {
		if (recipient.exit !== undefined) return;
		recipient.exit = code;
		// A file that is missing is missing for all of them.
		const news = sentence && !said.has(sentence) ? sentence : undefined;
		if (news) said.add(news);
		const codes = recipients.map(({exit}) => exit);
		if (codes.every(exit => exit !== undefined)) {
			context.finish(worstExit(codes), news);
		} else if (news) {
			context.output.note(news);
		}
	};

	const fail = (
		context: VerbContext,
		recipient: Recipient,
		error: ErrorInfo = errorInfo('connectionReset', {name: recipient.name}),
	) => {
		settle(context, recipient, exitCodes.failed, describeError(error));
	};

	const connected = (
		{engine}: VerbContext,
		{peer, name, replaces}: EventOf<'peer/connected'>,
	) => {
		const recipient = byPeer(peer) ?? (replaces && byPeer(replaces));
		if (!recipient) return;
		recipient.peer = peer;
		recipient.name = name;
		// Later ones are the same connection come back.
		if (recipient.isConnected) return;
		recipient.isConnected = true;
		const {ref} = recipient;
		engine.dispatch(
			input === undefined
				? {type: 'transfer/offer', peer, paths, ref}
				: {type: 'transfer/offerInput', peer, name: input, ref},
		);
	};

	const offered = (
		context: VerbContext,
		event: EventOf<'transfer/offered'>,
	) => {
		const {engine, output, json} = context;
		const {transfer, peer, direction, leftOut} = event;
		if (direction === 'in') {
			// A script that sends is not there to receive.
			engine.dispatch({type: 'transfer/decline', transfer});
			return;
		}

		const recipient = byPeer(peer);
		if (!recipient) return;
		recipient.transfer = transfer;
		if (json) return;
		const left = leftOut ? strings.cli.leftOut(leftOut) : undefined;
		if (left && !said.has(left)) output.note(left);
		if (left) said.add(left);
		output.note(strings.cli.waitingForAccept(recipient.name));
	};

	const saved = (
		{engine, output, json}: VerbContext,
		{transfer, entry, savedAs, digest, existed}: EventOf<'transfer/entrySaved'>,
	) => {
		const recipient = byTransfer(transfer);
		if (!recipient || json) return;
		const held = engine.getState().transfers.get(transfer);
		const file = held?.entries.get(entry)?.name ?? '';
		const line = existed
			? strings.cli.isThere(file, digest)
			: strings.cli.delivered(file, savedAs, digest);
		output.line(
			recipients.length === 1
				? line
				: strings.cli.forPeer(recipient.name, line),
		);
	};

	return {
		start({engine}) {
			for (const {ref, host, port} of recipients) {
				const target = {kind: 'peer', host, port} as const;
				engine.dispatch({type: 'peer/dial', target, ref});
			}
		},
		event(context, event) {
			bar.follow(context, event);
			noteHoldUps(context, event);
			switch (event.type) {
				case 'peer/appeared': {
					const {host, port} = event.target ?? {};
					const dialled = recipients.find(
						each => each.host === host && each.port === port,
					);
					if (dialled) dialled.peer = event.peer;
					break;
				}

				case 'peer/connected': {
					connected(context, event);
					break;
				}

				case 'peer/left': {
					const recipient = byPeer(event.peer);
					// The engine finishes what was accepted, sooner or later.
					if (!recipient || isAccepted(context.engine.getState(), recipient)) {
						break;
					}

					fail(context, recipient, event.error);
					break;
				}

				case 'peer/forgotten': {
					const recipient = byPeer(event.peer);
					if (!recipient || recipient.isConnected) break;
					const sentence = strings.cli.samePeer(formatAddress(recipient));
					settle(context, recipient, exitCodes.done, sentence);
					break;
				}

				case 'transfer/offered': {
					offered(context, event);
					break;
				}

				case 'transfer/entrySaved': {
					saved(context, event);
					break;
				}

				case 'transfer/finished': {
					const recipient = byTransfer(event.transfer);
					if (!recipient) break;
					const {code, sentence} = concludeSending(
						context.engine.getState(),
						event,
						recipient.name,
					);
					settle(context, recipient, code, sentence);
					break;
				}

				default: {
					break;
				}
			}
		},
		refused(context, {ref, error}) {
			const recipient = recipients.find(each => each.ref === ref);
			if (recipient) fail(context, recipient, error);
			return recipient !== undefined;
		},
		tick: bar.tick,
		interrupted({engine}) {
			const {transfers} = engine.getState();
			const hasPartial = recipients.some(({transfer}) => {
				const held = transfer && transfers.get(transfer);
				return held !== undefined && leavesPartial(held);
			});
			return hasPartial ? strings.cli.interruptedKept : undefined;
		},
	};
}
