/** Opens and closes TCP and UDP listeners; what arrives on them is handed on. */
import {ownAddress} from '../util/address.js';
import {errorInfo, toErrorInfo, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import type {Command} from './commands.js';
import type {EngineContext} from './context.js';
import type {Datagrams} from './datagrams.js';
import type {ListenerId} from './ids.js';
import type {Address, BoundListener} from './ports.js';
import type {CountRefusal} from './refusals.js';
import type {Sessions} from './sessions.js';

type OpenCommand = Extract<Command, {type: 'listener/open'}>;

export interface Listeners {
	/** Resolves when it listens; throws portTaken, portForbidden, addressUnavailable. */
	open(command: OpenCommand): Promise<void>;
	close(id: ListenerId): Promise<void>;
	closeAll(): Promise<void>;
	/** Resolves when everything that is being opened is open, or has failed. */
	settled(): Promise<void>;
	/** Where this machine reaches the first TCP or UDP listener. */
	addressOf(kind: 'tcp' | 'udp'): Address | undefined;
}

interface Held {
	readonly kind: 'tcp' | 'udp';
	readonly bound: BoundListener;
	release(): void;
}

export function createListeners(
	context: EngineContext,
	sessions: Sessions,
	datagrams: Datagrams,
	refuse: CountRefusal,
): Listeners {
	const {network} = context.ports;
	const held = new Map<ListenerId, Held>();
	let isClosed = false;
	const openTcp = async (
		command: OpenCommand,
		failed: (e: ErrorInfo) => void,
	) =>
		network.listenTcp(
			{
				port: command.port,
				backlog: command.backlog ?? limits.backlog,
				...(command.host === undefined ? {} : {host: command.host}),
			},
			{
				incoming(incoming) {
					sessions.acceptIncoming(incoming);
				},
				refused(_remote, error) {
					refuse(error);
				},
				failed,
			},
		);

	const openUdp = async (
		command: OpenCommand,
		failed: (e: ErrorInfo) => void,
	) =>
		network.openUdp(
			{
				port: command.port,
				...(command.host === undefined ? {} : {host: command.host}),
			},
			{
				received(bytes, from) {
					datagrams.received(bytes, from);
				},
				failed,
			},
		);

	const release = (id: ListenerId) => {
		const listener = held.get(id);
		if (!listener) return undefined;
		held.delete(id);
		listener.release();
		context.emit({type: 'listener/closed', listener: id});
		return listener.bound;
	};

	const opening = new Set<Promise<void>>();

	const open = async (command: OpenCommand) => {
		const {kind, port} = command;
		const id = context.nextId(kind) as ListenerId;
		const failed = (error: ErrorInfo) => {
			void release(id)?.close();
			context.emit({type: 'listener/failed', kind, port, error});
		};

		try {
			let bound: BoundListener;
			let releaseSocket: () => void = () => undefined;
			if (kind === 'tcp') {
				bound = await openTcp(command, failed);
			} else {
				const socket = await openUdp(command, failed);
				datagrams.addSocket(socket);
				bound = socket;
				releaseSocket = () => {
					datagrams.removeSocket(socket);
				};
			}

			held.set(id, {kind, bound, release: releaseSocket});
			if (isClosed) {
				await release(id)?.close();
				return;
			}

			context.emit({
				type: 'listener/bound',
				listener: id,
				kind,
				...bound.address,
			});
		} catch (error) {
			const {code, details} = toErrorInfo(error);
			failed(errorInfo(code, {...details, kind}));
		}
	};

	return {
		async open(command) {
			const opened = open(command);
			opening.add(opened);
			await opened;
			opening.delete(opened);
		},
		async settled() {
			await Promise.all(opening);
		},
		async close(id) {
			await release(id)?.close();
		},
		async closeAll() {
			isClosed = true;
			await Promise.all([...held.keys()].map(async id => release(id)?.close()));
		},
		addressOf(kind) {
			for (const listener of held.values()) {
				if (listener.kind === kind) return ownAddress(listener.bound.address);
			}

			return undefined;
		},
	};
}
