/**
 * `Network` in memory, for engine tests: networks that share a hub reach each
 * other by host and port. Everything is delivered in microtasks; nothing waits
 * for time.
 */
import type {
	Address,
	Classified,
	Connection,
	DatagramHandlers,
	DialPurpose,
	Incoming,
	ListenerHandlers,
	Network,
	PeerId,
	SecureConnection,
	TcpListenOptions,
} from '../../source/engine/ports.js';
import {errorInfo, SocktermError, type ErrorCode} from '../../source/errors.js';
import {MemoryEnd, type Schedule} from './memory-connection.js';

interface TcpPort {
	readonly options: TcpListenOptions;
	readonly peerId: PeerId;
	readonly handlers: ListenerHandlers;
}

export interface MemoryHub {
	/** Resolves when nothing is on its way any more. */
	settle(): Promise<void>;
	/** Breaks every connection: both ends see `connectionReset`. */
	cut(purpose?: DialPurpose): void;
	/** Called for each dial before it is answered; what it throws is the answer. */
	onDial: ((purpose: DialPurpose) => void) | undefined;
	/** Only the other side sees `connectionReset`: this host hears nothing any more. */
	silence(host: string): void;
	/** Called whenever something was delivered. */
	onDelivery: (() => void) | undefined;
	/** Every dial fails with this code until it is called with undefined. */
	refuseDials(code: ErrorCode | undefined): void;
	/** Every dial so far, refused ones too. */
	readonly dials: ReadonlyArray<{
		readonly host: string;
		readonly port: number;
		readonly purpose: DialPurpose;
	}>;
	/** Pairs of ends that are open. */
	openConnections(): number;
}

class Hub implements MemoryHub {
	readonly dials: Array<{host: string; port: number; purpose: DialPurpose}> =
		[];
	readonly hosts = new Set<string>();
	readonly tcp = new Map<string, TcpPort>();
	readonly udp = new Map<string, DatagramHandlers>();
	/** What each of those has joined. */
	readonly groups = new Map<string, ReadonlySet<string>>();
	readonly pairs = new Set<readonly [MemoryEnd, MemoryEnd]>();
	readonly purposes = new WeakMap<
		readonly [MemoryEnd, MemoryEnd],
		DialPurpose
	>();
	refusal: ErrorCode | undefined;
	onDial: ((purpose: DialPurpose) => void) | undefined;
	onDelivery: (() => void) | undefined;
	#pending = 0;
	#lastPort = 40_000;

	readonly schedule: Schedule = task => {
		this.#pending++;
		queueMicrotask(() => {
			this.#pending--;
			task();
			this.onDelivery?.();
		});
	};

	nextPort(): number {
		return ++this.#lastPort;
	}

	async settle(): Promise<void> {
		for (let quiet = 0; quiet < 3;) {
			await new Promise(resolve => {
				setImmediate(resolve);
			});
			quiet = this.#pending === 0 ? quiet + 1 : 0;
		}
	}

	cut(purpose?: DialPurpose): void {
		for (const pair of this.pairs) {
			if (purpose && this.purposes.get(pair) !== purpose) continue;
			this.pairs.delete(pair);
			for (const end of pair) end.close(errorInfo('connectionReset'));
		}
	}

	silence(host: string): void {
		for (const pair of this.pairs) {
			if (!pair.some(end => end.local.host === host)) continue;
			for (const end of pair) {
				if (end.local.host === host) end.detach();
				else end.close(errorInfo('connectionReset'));
			}
		}
	}

	refuseDials(code: ErrorCode | undefined): void {
		this.refusal = code;
	}

	openConnections(): number {
		return [...this.pairs].filter(([one, two]) => one.isOpen || two.isOpen)
			.length;
	}
}

export function createMemoryHub(): MemoryHub {
	return new Hub();
}

function incomingOf(
	end: MemoryEnd,
	purpose: DialPurpose,
	schedule: Schedule,
	only: TcpListenOptions['classify'],
): Incoming {
	let handlers: Parameters<Incoming['start']>[0] | undefined;
	let done = false;
	let claimed = only === 'raw';
	const classify = (what: Classified) => {
		if (done) return;
		done = true;
		end.onArrival = undefined;
		end.onClosed = undefined;
		handlers?.classified(what);
	};

	const becomeRaw = () => {
		classify({kind: 'raw', tls: purpose === 'rawTls', connection: end});
	};

	const refuse = () => {
		if (done) return;
		done = true;
		end.destroy();
		handlers?.closed(errorInfo('notTls', {...end.remote}));
	};

	return {
		remote: end.remote,
		local: end.local,
		start(given) {
			handlers = given;
			end.onClosed = () => {
				if (done) return;
				done = true;
				given.closed();
			};

			schedule(() => {
				if (!end.isOpen) end.onClosed?.();
				else if (purpose === 'peer' || purpose === 'lane') {
					classify({kind: purpose, connection: end});
				} else if (claimed || purpose === 'rawTls') becomeRaw();
				else if (only === 'tls') end.watch(refuse);
				else end.watch(becomeRaw);
			});
		},
		claimAsRaw() {
			if (only === 'tls') return;
			claimed = true;
			if (handlers && purpose === 'raw') becomeRaw();
		},
		destroy() {
			end.destroy();
		},
	};
}

const numeric = /^[\d.]+$|:/;

export function createMemoryNetwork(
	memoryHub: MemoryHub,
	options: {readonly peerId: PeerId; readonly host?: string},
): Network {
	const hub = memoryHub as Hub;
	const {peerId, host: ownHost = '127.0.0.1'} = options;
	hub.hosts.add(ownHost);
	const resolve = (host: string) =>
		['localhost', '::', '0.0.0.0'].includes(host) ? ownHost : host;
	const claimPort = (
		wanted: number,
		taken: ReadonlyMap<string, unknown>,
	): Address => {
		const port = wanted === 0 ? hub.nextPort() : wanted;
		if (taken.has(`${ownHost}:${port}`)) {
			throw new SocktermError('portTaken', {port});
		}

		return {host: ownHost, port};
	};

	async function dial(
		target: Address,
		purpose: 'raw' | 'rawTls',
		signal: AbortSignal,
	): Promise<Connection>;
	async function dial(
		target: Address,
		purpose: 'peer' | 'lane',
		signal: AbortSignal,
	): Promise<SecureConnection>;
	async function dial(
		target: Address,
		purpose: DialPurpose,
		signal: AbortSignal,
	): Promise<SecureConnection> {
		hub.dials.push({host: target.host, port: target.port, purpose});
		await new Promise<void>(hub.schedule);
		if (signal.aborted) throw new SocktermError('cancelled');
		hub.onDial?.(purpose);
		const host = resolve(target.host);
		const details = {host: target.host, port: target.port};
		if (hub.refusal) throw new SocktermError(hub.refusal, details);
		if (!hub.hosts.has(host)) {
			const code = numeric.test(host) ? 'unreachable' : 'hostUnknown';
			throw new SocktermError(code, details);
		}

		const listener = hub.tcp.get(`${host}:${target.port}`);
		if (!listener) throw new SocktermError('connectionRefused', details);
		const dialler = {host: ownHost, port: hub.nextPort()};
		const there = {host, port: target.port};
		const common = {
			schedule: hub.schedule,
			secret: `${dialler.host}:${dialler.port}`,
		};
		const ours = new MemoryEnd({
			...common,
			local: dialler,
			remote: there,
			peerId: listener.peerId,
		});
		const theirs = new MemoryEnd({
			...common,
			local: there,
			remote: dialler,
			peerId,
		});
		MemoryEnd.join(ours, theirs);
		const pair = [ours, theirs] as const;
		hub.pairs.add(pair);
		hub.purposes.set(pair, purpose);
		hub.schedule(() => {
			const {options: asked, handlers} = listener;
			if (asked.admits?.(ownHost) === false) {
				theirs.reset();
				const {remote} = theirs;
				handlers.refused(
					remote,
					errorInfo('addressDenied', {host: remote.host}),
				);
				return;
			}

			const incoming = incomingOf(
				theirs,
				purpose,
				hub.schedule,
				asked.classify,
			);
			handlers.incoming(incoming);
		});
		return ours;
	}

	return {
		async listenTcp(listenOptions, handlers) {
			const address = claimPort(listenOptions.port, hub.tcp);
			const key = `${address.host}:${address.port}`;
			hub.tcp.set(key, {peerId, handlers, options: listenOptions});
			return {
				address,
				async close() {
					hub.tcp.delete(key);
				},
			};
		},
		async openUdp({port}, handlers) {
			const address = claimPort(port, hub.udp);
			const key = `${address.host}:${address.port}`;
			hub.udp.set(key, handlers);
			const joined = new Set<string>();
			hub.groups.set(key, joined);
			return {
				address,
				async send(bytes, to) {
					if (!hub.udp.has(key)) throw new SocktermError('udpNotListening');
					const copy = bytes.slice();
					hub.schedule(() => {
						const [host = ''] = to.host.split('%');
						for (const [at, groups] of hub.groups) {
							if (groups.has(host)) hub.udp.get(at)?.received(copy, address);
						}

						hub.udp.get(`${resolve(host)}:${to.port}`)?.received(copy, address);
					});
				},
				async join(wanted) {
					const [group = '', zone] = wanted.group.split('%');
					if (!/^2(?:2[4-9]|3\d)\./.test(group)) {
						throw new SocktermError('notMulticast', {group});
					}

					const on = wanted.on ?? zone;
					joined.add(group);
					return {group, ...(on === undefined ? {} : {on})};
				},
				async leave({group}) {
					joined.delete(group);
				},
				async kernelDrops() {
					return 0;
				},
				async close() {
					hub.udp.delete(key);
					hub.groups.delete(key);
				},
			};
		},
		dial,
	};
}
