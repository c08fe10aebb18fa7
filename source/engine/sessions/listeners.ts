/**
 * Opens and closes TCP, TLS and UDP listeners, and knows who may reach them; what
 * arrives on them is handed on. A connection that may not come in is closed by
 * the transport and counted here; a datagram that may not is dropped and counted.
 */
import {ownAddress} from '../../util/address.js';
import {
	errorInfo,
	SocktermError,
	toErrorInfo,
	type ErrorInfo,
} from '../../errors.js';
import {limits} from '../../limits.js';
import {
	changeAccess,
	createAdmission,
	createBans,
	isDenied,
	type AccessChange,
} from './access.js';
import type {ListenerOptions} from '../commands.js';
import type {EngineContext} from '../context.js';
import type {Datagrams} from '../datagrams/datagrams.js';
import type {ListenerId} from '../ids.js';
import {checkOptions, shownOptions} from './listener-options.js';
import type {Address, BoundListener} from '../ports.js';
import {isForConversations} from './purposes.js';
import type {CountRefusal} from './refusals.js';
import type {Sessions} from './sessions.js';

export interface Listeners {
	/** Resolves when it listens; what keeps it from that is told as `listener/failed`. */
	open(options: ListenerOptions): Promise<void>;
	close(id: ListenerId): Promise<void>;
	/** Of one listener, or of all. Throws noSuchListener, badRange, tooManyRanges. */
	setAccess(id: ListenerId | undefined, change: AccessChange): void;
	/** No listener lets the address in for so long. */
	ban(host: string, forMs: number): void;
	closeAll(): Promise<void>;
	/** Resolves when everything that is being opened is open, or has failed. */
	settled(): Promise<void>;
	/** Where this machine reaches the first listener that takes everybody over TCP, or that is UDP. */
	addressOf(kind: 'tcp' | 'udp'): Address | undefined;
}

interface Held {
	readonly id: ListenerId;
	options: ListenerOptions;
	admits: (host: string) => boolean;
	bound: BoundListener | undefined;
	release(): void;
}

export function createListeners(
	context: EngineContext,
	sessions: Sessions,
	datagrams: Datagrams,
	refuse: CountRefusal,
	/** Kept out of every listener for good. */
	isBlocked: (host: string) => boolean,
): Listeners {
	const {network, clock} = context.ports;
	const held = new Map<ListenerId, Held>();
	const bans = createBans(clock);
	let isClosed = false;

	const admits = (listener: Held, host: string) =>
		!bans.has(host) && !isBlocked(host) && listener.admits(host);

	const openStream = async (
		listener: Held,
		failed: (error: ErrorInfo) => void,
	): Promise<BoundListener> => {
		const {id, options} = listener;
		const isRaw = options.raw === true || !isForConversations(options);
		const classify = options.kind === 'tls' ? 'tls' : isRaw ? 'raw' : undefined;
		return network.listenTcp(
			{
				port: options.port,
				backlog: options.backlog ?? limits.backlog,
				...(options.host === undefined ? {} : {host: options.host}),
				...(classify ? {classify} : {}),
				admits: host => admits(listener, host),
			},
			{
				incoming(incoming) {
					sessions.acceptIncoming(incoming, {id, options: listener.options});
				},
				refused(_remote, error) {
					refuse(error);
				},
				failed,
			},
		);
	};

	const openUdp = async (
		listener: Held,
		failed: (error: ErrorInfo) => void,
	): Promise<BoundListener> => {
		const {id, options} = listener;
		const handlers = datagrams.handlersFor(id);
		const socket = await network.openUdp(
			{
				port: options.port,
				...(options.host === undefined ? {} : {host: options.host}),
			},
			{
				...handlers,
				received(bytes, from) {
					if (admits(listener, from.host)) handlers.received(bytes, from);
					else refuse(errorInfo('addressDenied', {host: from.host}));
				},
				failed,
			},
		);
		datagrams.addSocket(id, socket);
		listener.release = () => {
			datagrams.removeSocket(id);
		};
		return socket;
	};

	const release = (id: ListenerId) => {
		const listener = held.get(id);
		if (!listener) return undefined;
		held.delete(id);
		listener.release();
		context.emit({type: 'listener/closed', listener: id});
		return listener.bound;
	};

	const opening = new Set<Promise<void>>();

	const open = async (asked: ListenerOptions) => {
		const {kind, port, allow = [], deny = []} = asked;
		const id = context.nextId(kind) as ListenerId;
		const failed = (error: ErrorInfo) => {
			void release(id)?.close();
			context.emit({type: 'listener/failed', kind, port, error});
		};

		try {
			const options = checkOptions(asked);
			const listener: Held = {
				id,
				options,
				admits: createAdmission({allow, deny}),
				bound: undefined,
				release: () => undefined,
			};
			const bound = await (kind === 'udp' ? openUdp : openStream)(
				listener,
				failed,
			);
			listener.bound = bound;
			held.set(id, listener);
			if (isClosed) {
				await release(id)?.close();
				return;
			}

			const shown = shownOptions(options, bound.address);
			context.emit({
				type: 'listener/bound',
				listener: id,
				kind,
				...bound.address,
				...(shown ? {options: shown} : {}),
			});
		} catch (error) {
			const {code, details} = toErrorInfo(error);
			failed(errorInfo(code, {...details, kind}));
		}
	};

	const listsOf = ({options: {allow = [], deny = []}}: Held) => ({allow, deny});

	const changeOne = (listener: Held, change: AccessChange) => {
		const lists = changeAccess(listsOf(listener), change);
		listener.admits = createAdmission(lists);
		listener.options = {...listener.options, ...lists};
		const {address} = listener.bound!;
		context.emit({
			type: 'listener/changed',
			listener: listener.id,
			options: shownOptions(listener.options, address) ?? {},
		});
	};

	return {
		async open(options) {
			const opened = open(options);
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
		setAccess(id, change) {
			const listener = id === undefined ? undefined : held.get(id);
			if (id !== undefined && !listener) {
				throw new SocktermError('noSuchListener', {listener: id});
			}

			const meant = listener ? [listener] : [...held.values()];
			const pardoned =
				change.change === 'allow'
					? change.ranges.filter(range => {
							const wasBanned = bans.lift(range);
							return (
								wasBanned || meant.some(each => isDenied(listsOf(each), range))
							);
						})
					: [];
			for (const each of meant) changeOne(each, {...change, pardoned});
		},
		ban: bans.add,
		async closeAll() {
			isClosed = true;
			await Promise.all([...held.keys()].map(async id => release(id)?.close()));
		},
		addressOf(kind) {
			for (const {options, bound} of held.values()) {
				const isFit = isForConversations(options) && options.raw !== true;
				if (options.kind === kind && isFit && bound) {
					return ownAddress(bound.address);
				}
			}

			return undefined;
		},
	};
}
