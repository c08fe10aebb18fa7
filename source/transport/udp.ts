/**
 * One UDP listener: receiving and sending from the same port. Decides how each
 * kind of target is reached (a host, a broadcast address, a group on an
 * interface) and which socket hears a group; leaves what a datagram means and
 * how many are shown to the engine, and when groups are joined again to
 * `multicast.ts`.
 *
 * A socket that is bound to one address hears no group: each group gets a socket
 * of its own, bound to the group's address and the same port. Everything is sent
 * from the listening socket.
 */
import type {RemoteInfo} from 'node:dgram';
import type {
	Address,
	DatagramHandlers,
	DatagramSocket,
} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {checkListenAddress, checkTarget, plainHost} from './address.js';
import {readKernelDrops} from './kernel-drops.js';
import {unknownListenHost} from './listen-host.js';
import {createMemberships, type Ear} from './multicast.js';
import type {Group} from './multicast-group.js';
import {datagramError, listenError} from './node-errors.js';
import {createUdpSender} from './udp-sender.js';
import {
	bindSomewhere,
	bindUdp,
	closeUdp,
	inFamily,
	isEverywhere,
	type Binding,
} from './udp-socket.js';

interface GroupSocket {
	readonly binding: Binding;
	users: number;
}

/**
 * Opens the port on an address, a host name or an interface's name. Throws portTaken,
 * portForbidden, addressUnavailable, noSuchInterface, interfaceUnusable, badAddress.
 */
export async function openUdp(
	options: {readonly host?: string; readonly port: number},
	handlers: DatagramHandlers,
): Promise<DatagramSocket> {
	checkListenAddress(options);
	let binding: Binding;
	try {
		binding = await bindSomewhere(options.host, options.port);
	} catch (error) {
		if (error instanceof SocktermError) throw error;
		throw unknownListenHost(listenError(error, options, 'udp'), options.host);
	}

	const {address} = binding;
	const groupSockets = new Map<string, GroupSocket>();
	const sender = createUdpSender(binding);
	let open = true;

	// One sender often sends many in a row: its address is made once.
	let lastRaw = '';
	let last: Address = {host: '', port: 0};
	const hear = (bytes: Uint8Array, from: RemoteInfo) => {
		if (!open) return;
		if (from.port !== last.port || from.address !== lastRaw) {
			lastRaw = from.address;
			last = {host: plainHost(lastRaw), port: from.port};
		}

		handlers.received(bytes, last);
	};

	const attach = ({socket}: Binding) => {
		socket.on('message', hear);
		socket.on('error', error => {
			if (open) handlers.failed(datagramError(error, address, 0).info);
		});
	};

	/** IPv6 groups of a link are bound to the interface as well. */
	const openGroupSocket = async ({address: group, family, on}: Group) => {
		const host = family === 6 && on !== undefined ? `${group}%${on}` : group;
		let found = groupSockets.get(host);
		if (!found) {
			found = {binding: await bindUdp(host, address.port, family), users: 0};
			attach(found.binding);
			groupSockets.set(host, found);
		}

		const held = found;
		held.users++;
		return {
			socket: held.binding.socket,
			release() {
				held.users--;
				if (held.users > 0) return;
				groupSockets.delete(host);
				void closeUdp(held.binding.socket);
			},
		};
	};

	const ear = async (group: Group): Promise<Ear> => {
		if (inFamily(binding, group.address) === undefined) {
			throw new SocktermError('unreachable', {host: group.address});
		}

		const {socket, release} = isEverywhere(binding)
			? {socket: binding.socket, release: () => undefined}
			: await openGroupSocket(group);
		return {
			add(via) {
				socket.addMembership(group.address, via);
			},
			drop(via) {
				socket.dropMembership(group.address, via);
			},
			release,
		};
	};

	const memberships = createMemberships({
		ear,
		...(isEverywhere(binding) ? {} : {usual: address.host}),
		lost(membership, error) {
			if (open) handlers.groupLost?.(membership, error);
		},
		regained(membership) {
			if (open) handlers.groupRegained?.(membership);
		},
	});

	attach(binding);
	return {
		address,
		async send(bytes, to) {
			checkTarget(to);
			if (!open) throw new SocktermError('udpNotListening');
			if (bytes.length > limits.datagramBytes) {
				throw new SocktermError('datagramTooLong', {
					sizeBytes: bytes.length,
					limitBytes: limits.datagramBytes,
				});
			}

			await sender.send(bytes, to);
		},
		async join(wanted) {
			if (!open) throw new SocktermError('udpNotListening');
			return memberships.join(wanted);
		},
		async leave(membership) {
			memberships.leave(membership);
		},
		async kernelDrops() {
			if (!open) return undefined;
			let total: number | undefined;
			const addresses = [...groupSockets.values()].map(
				each => each.binding.address,
			);
			for (const each of [address, ...addresses]) {
				const drops = await readKernelDrops(each);
				if (drops !== undefined) total = (total ?? 0) + drops;
			}

			return total;
		},
		async close() {
			if (!open) return;
			open = false;
			memberships.close();
			await closeUdp(binding.socket);
		},
	};
}
