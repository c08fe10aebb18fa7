/**
 * Puts the parts of the engine together and routes commands to them. A command
 * that cannot be carried out becomes `command/refused`: nothing is thrown at a
 * front end.
 */
import {errorInfo, SocktermError, toErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {isPairMessage} from '../protocol/pairing.js';
import {isRoomMessage} from '../protocol/room-messages.js';
import {createChat} from './chat.js';
import {createChoiceHandlers} from './choices.js';
import {createClassic} from './classic/classic-handlers.js';
import {runCommand, type HandlersOf} from './command-handlers.js';
import type {Command} from './commands.js';
import {
	createContext,
	createEventBus,
	toNick,
	type EngineOptions,
} from './context.js';
import {createDatagramHandlers} from './datagrams/datagram-handlers.js';
import {createDatagrams} from './datagrams/datagrams.js';
import {createDialer} from './sessions/dialer.js';
import type {Engine} from './engine-interface.js';
import {createExportHandlers} from './keeping/export-handlers.js';
import {createHistoryHandlers} from './history/history-handlers.js';
import {createHistoryKeeper} from './history/history-keeper.js';
import {createFlowGate} from './flow-gate.js';
import {createLogWriter} from './keeping/log-writer.js';
import {createListenerHandlers} from './sessions/listener-handlers.js';
import {createListeners} from './sessions/listeners.js';
import {createNotebookKeeper} from './keeping/notebook-handlers.js';
import {createNickChanges} from './sessions/nick-changes.js';
import {createPeerHandlers} from './sessions/peer-handlers.js';
import {createPeerTable} from './sessions/peer-table.js';
import type {Ports} from './ports.js';
import {createRefusals} from './sessions/refusals.js';
import {createRelayHandlers} from './relay/relay-handlers.js';
import {createRelays} from './relay/relays.js';
import {createRooms} from './rooms/rooms.js';
import {createRuleHandlers} from './rules/rule-handlers.js';
import {toSafeText} from './sanitize.js';
import {createSessions, type Sessions} from './sessions/sessions.js';
import {createStrikes} from './sessions/strikes.js';
import {createStreamHandlers} from './streams/stream-handlers.js';
import {createTransferHandlers} from './transfers/transfer-handlers.js';
import {createTransfers} from './transfers/transfers.js';
import {createTrustHandlers} from './trust/trust-handlers.js';
import {createTrust} from './trust/trust.js';
import {isRoomKey} from './ids.js';

/** The engine with what only its host may do. */
export interface HostedEngine extends Engine {
	/** Says who we are; call it once somebody listens. */
	start(): void;
	/** While held no session reads: the front end cannot keep up. */
	hold(isHeld: boolean): void;
}

export function createEngine(
	ports: Ports,
	options: EngineOptions,
): HostedEngine {
	const bus = createEventBus(() => ports.clock.now());
	const context = createContext(ports, options, bus);
	const table = createPeerTable(context);
	const trust = createTrust(context, table, options);
	const nicks = createNickChanges(ports.clock, trust.renamed);
	const gate = createFlowGate();
	const refuse = createRefusals(context);
	const chat = createChat(context, table, refuse);
	const datagrams = createDatagrams(context);
	const log = createLogWriter(context, bus.on);
	const transfers = createTransfers(context, refuse, {
		judgeOffer: trust.judgeOffer,
		isVerified: trust.isVerified,
		...(options.resumes ? {resumes: true} : {}),
		...(options.transfersAtOnce === undefined
			? {}
			: {atOnce: options.transfersAtOnce}),
		...(options.rateLimit === undefined ? {} : {rateLimit: options.rateLimit}),
	});
	const rooms = createRooms(context, table, trust);
	const classic = createClassic(context, transfers.rates, refuse);
	const dialer = createDialer(
		context,
		table,
		() => sessions,
		transfers.isWaitingFor,
	);
	let isPractising = false;
	const relays = createRelays(context, table, () => sessions);
	const sessions: Sessions = createSessions(
		context,
		table,
		gate,
		refuse,
		{
			ready(entry, session) {
				chat.resend(entry, session);
				transfers.ready(entry, session);
				rooms.ready(entry, session);
			},
			message(entry, session, message) {
				if (message.name === 'message') {
					chat.receive(entry, session, message);
				} else if (message.name === 'ack') {
					chat.acknowledge(entry, message.id);
				} else if (message.name === 'refused') {
					chat.refused(entry, message.id);
				} else if (message.name === 'nick') {
					const nick = toSafeText(message.nick.trim() || entry.name, {
						maxCharacters: limits.nickCharacters,
						joiners: false,
					});
					nicks.changed(entry, session, nick);
				} else if (isRoomMessage(message)) {
					rooms.receive(entry, session, message);
				} else if (isPairMessage(message)) {
					trust.pairings.receive(entry, session, message);
				} else {
					transfers.receive(entry, session, message).catch((error: unknown) => {
						session.close(toErrorInfo(error));
					});
				}
			},
			lane: transfers.acceptLane,
			lost(session, orderly, error) {
				nicks.lost(session);
				trust.pairings.lost(session);
				rooms.lost(session);
				transfers.sessionLost(session, orderly, error);
			},
			violated: createStrikes(ports.clock, host => {
				listeners.ban(host, limits.violationsMs);
				const seconds = limits.violationsMs / 1_000;
				refuse(errorInfo('tooManyViolations', {host, seconds}));
			}),
			redial: dialer.redial,
		},
		trust,
		{relay: relays.take, classic: classic.take},
	);
	const listeners = createListeners(
		context,
		sessions,
		datagrams,
		refuse,
		trust.isBlockedHost,
	);

	const tellSelf = () => {
		context.emit({
			type: 'self/changed',
			nick: toSafeText(context.nick.current),
			peerId: options.peerId,
			receiveFolder: context.choices.receiveFolder.path,
			fallbackEncoding: context.choices.fallbackEncoding,
		});
	};

	const setNick = (nick: string) => {
		context.nick.current = toNick(nick);
		tellSelf();
		for (const {session} of table.entries.values()) {
			if (session?.kind === 'peer') {
				session.send({name: 'nick', nick: context.nick.current});
			}
		}
	};

	const startPractice = async () => {
		await listeners.settled();
		const tcp = listeners.addressOf('tcp');
		if (!tcp || !ports.practice) throw new SocktermError('tcpNotListening');

		if (isPractising) return;
		isPractising = true;
		try {
			await ports.practice.start({tcp, udp: listeners.addressOf('udp')});
		} catch (error) {
			isPractising = false;
			throw error;
		}

		context.emit({type: 'practice/started'});
	};

	const {history: historyPort} = ports;
	const history =
		historyPort &&
		createHistoryKeeper(context, historyPort, options.retention ?? {});
	const notebook = createNotebookKeeper(context);
	const common = {
		...createPeerHandlers(context, table, dialer, transfers),
		...createTransferHandlers(transfers, table),
		...createListenerHandlers(listeners, table, dialer.stop),
	};
	const pastHandlers = createHistoryHandlers(context, history);
	const handlers: HandlersOf<Command> = {
		...common,
		...classic.handlers(common, listeners.ban),
		...createStreamHandlers(context, table, gate),
		...createDatagramHandlers(context, datagrams),
		...createExportHandlers(context, log),
		...createChoiceHandlers(context, transfers.openFolder, tellSelf),
		...notebook.handlers,
		...pastHandlers,
		...createTrustHandlers(table, trust, dialer),
		...createRelayHandlers(context, relays),
		...createRuleHandlers(context, bus.on, table, chat),
		...rooms.handlers,
		'chat/send'({conversation, text}) {
			if (isRoomKey(conversation)) rooms.say(conversation, text);
			else chat.send(conversation, text);
		},
		'chat/clear'({conversation}) {
			if (isRoomKey(conversation)) rooms.clear(conversation);
			context.emit({type: 'chat/cleared', conversation});
		},
		async 'history/clear'(command) {
			await pastHandlers['history/clear'](command);
			const {conversation} = command;
			if (conversation === 'all') rooms.clearAll();
			// It may have been left meanwhile.
			else if (
				isRoomKey(conversation) &&
				context.state().rooms.has(conversation)
			) {
				rooms.clear(conversation);
			}
		},
		'self/setNick'({nick}) {
			setNick(nick);
		},
		'practice/start': startPractice,
	};

	const run = async (command: Command) => {
		// Nobody comes or goes before it is known who is who, and what goes on with whom.
		if (!trust.keeper.isLoaded()) await trust.keeper.loaded;
		if (!transfers.notes.isLoaded()) await transfers.notes.loaded;
		if (!rooms.isLoaded()) await rooms.loaded;
		await runCommand(handlers, command);
	};

	return {
		start() {
			tellSelf();
			notebook.start();
			history?.start();
			trust.keeper.start();
			if (options.rateLimit !== undefined) {
				transfers.limit(undefined, options.rateLimit);
			}
		},
		dispatch(command) {
			const {ref = 0} = command;
			run(command).then(
				() => {
					if (ref) bus.emit({type: 'command/done', ref});
				},
				(error: unknown) => {
					bus.emit({
						type: 'command/refused',
						ref,
						command: command.type,
						error: toErrorInfo(error),
					});
				},
			);
		},
		getState: bus.state,
		subscribe: bus.subscribe,
		on: bus.on,
		hold(isHeld) {
			gate.hold(isHeld);
			datagrams.hold(isHeld);
		},
		async close() {
			await ports.practice?.stop();
			await datagrams.stop();
			// Before the peers, so that nobody new comes while they are seen off.
			await listeners.closeAll();
			await Promise.all([transfers.closeAll(), classic.closeAll()]);
			await sessions.closeAll();
			await Promise.all([log.stop(), history?.close(), rooms.close()]);
		},
	};
}
