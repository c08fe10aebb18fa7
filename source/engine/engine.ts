/**
 * Puts the parts of the engine together and routes commands to them. A command
 * that cannot be carried out becomes `command/refused`: nothing is thrown at a
 * front end.
 */
import {SocktermError, toErrorInfo} from '../errors.js';
import {normalizeEncoding} from '../protocol/text-decoding.js';
import {limits} from '../limits.js';
import {createChat} from './chat.js';
import type {Command} from './commands.js';
import {
	createContext,
	createEventBus,
	toNick,
	type EngineOptions,
} from './context.js';
import {createDatagrams} from './datagrams.js';
import {createDialer} from './dialer.js';
import type {Engine} from './engine-interface.js';
import {createFlowGate} from './flow-gate.js';
import {createListeners} from './listeners.js';
import {createPeerTable} from './peer-table.js';
import type {Ports} from './ports.js';
import {createRefusals} from './refusals.js';
import {toSafeText} from './sanitize.js';
import {createSessions, type Sessions} from './sessions.js';
import {isTransferCommand, runTransferCommand} from './transfer-commands.js';
import {createTransfers} from './transfers.js';

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
	const gate = createFlowGate();
	const refuse = createRefusals(context);
	const chat = createChat(context, table);
	const datagrams = createDatagrams(context);
	const transfers = createTransfers(context, refuse, {
		...(options.transfersAtOnce === undefined
			? {}
			: {atOnce: options.transfersAtOnce}),
		...(options.rateLimit === undefined ? {} : {rateLimit: options.rateLimit}),
	});
	const dialer = createDialer(
		context,
		table,
		() => sessions,
		transfers.isWaitingFor,
	);
	let isPractising = false;
	const sessions: Sessions = createSessions(context, table, gate, refuse, {
		ready(entry, session) {
			chat.resend(entry, session);
			transfers.ready(entry, session);
		},
		message(entry, session, message) {
			if (message.name === 'message') {
				chat.receive(entry, session, message);
			} else if (message.name === 'ack') {
				chat.acknowledge(entry, message.id);
			} else if (message.name === 'nick') {
				entry.name = toSafeText(message.nick.trim() || entry.name, {
					maxCharacters: limits.nickCharacters,
					joiners: false,
				});
				context.emit({type: 'peer/renamed', peer: entry.key, name: entry.name});
			} else {
				transfers.receive(entry, session, message).catch((error: unknown) => {
					session.close(toErrorInfo(error));
				});
			}
		},
		lane: transfers.acceptLane,
		lost: transfers.sessionLost,
		redial: dialer.redial,
	});
	const listeners = createListeners(context, sessions, datagrams, refuse);

	const tellSelf = () => {
		context.emit({
			type: 'self/changed',
			nick: toSafeText(context.nick.current),
			peerId: options.peerId,
			receiveFolder: ports.receiveFolder.path,
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

	const run = async (command: Command): Promise<void> => {
		if (isTransferCommand(command)) {
			return runTransferCommand(command, transfers, table);
		}

		switch (command.type) {
			case 'listener/open': {
				return listeners.open(command);
			}

			case 'listener/close': {
				return listeners.close(command.listener);
			}

			case 'peer/dial': {
				dialer.dial(command.target);
				return;
			}

			case 'peer/disconnect': {
				const entry = table.find(command.peer);
				entry.session?.close();
				entry.incoming?.destroy();
				dialer.stop(entry);
				return;
			}

			case 'peer/reconnect': {
				const entry = table.find(command.peer);
				if (!entry.target) throw new SocktermError('noSuchPeer');
				if (!entry.session) dialer.reconnect(entry);
				return;
			}

			case 'peer/forget': {
				const entry = table.entries.get(command.peer);
				transfers.forget(command.peer);
				entry?.session?.close();
				entry?.incoming?.destroy();
				if (entry) dialer.stop(entry);
				table.remove(command.peer);
				context.emit({type: 'peer/forgotten', peer: command.peer});
				return;
			}

			case 'peer/setEncoding': {
				const {session} = table.find(command.peer);
				if (session?.kind !== 'raw') throw new SocktermError('notConnected');
				const encoding = normalizeEncoding(command.encoding);
				session.setEncoding(encoding);
				context.emit({
					type: 'peer/encodingChanged',
					peer: command.peer,
					encoding,
				});
				return;
			}

			case 'chat/send': {
				chat.send(command.conversation, command.text);
				return;
			}

			case 'chat/clear': {
				const {conversation} = command;
				context.emit({type: 'chat/cleared', conversation});
				return;
			}

			case 'datagram/send': {
				datagrams.send(command, command.text, command.encoding);
				return;
			}

			case 'self/setNick': {
				setNick(command.nick);
				return;
			}

			case 'practice/start': {
				return startPractice();
			}
		}
	};

	return {
		start() {
			tellSelf();
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
		hold: gate.hold,
		async close() {
			await ports.practice?.stop();
			await datagrams.stop();
			// Before the peers, so that nobody new comes while they are seen off.
			await listeners.closeAll();
			await transfers.closeAll();
			await sessions.closeAll();
		},
	};
}
