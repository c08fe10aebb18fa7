/**
 * Sending from one UDP socket. Decides what each target needs: a broadcast
 * address leave to broadcast, a group the interface that was named for it, a
 * name its address in the socket's family.
 */
import {isIPv4} from 'node:net';
import type {Address} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {requireInterface} from './interfaces.js';
import {interfaceFor, isMulticast} from './multicast-group.js';
import {datagramError, isBroadcastRefused} from './node-errors.js';
import {resolveTarget, type Binding} from './udp-socket.js';

export interface UdpSender {
	/** Throws hostUnknown, unreachable, noSuchInterface, interfaceLacksFamily, datagramTooLong, … */
	send(bytes: Uint8Array, to: Address): Promise<void>;
}

/** The system's choice, for each family: an IPv6 socket on all addresses sends to both. */
const anyInterface = {4: '0.0.0.0', 6: '::'} as const;

export function createUdpSender(binding: Binding): UdpSender {
	const {socket} = binding;
	let mayBroadcast = false;
	const hasChosenInterface = {4: false, 6: false};
	let groupTurn: Promise<unknown> = Promise.resolve();

	const sendOnce = async (bytes: Uint8Array, host: string, port: number) =>
		new Promise<void>((resolve, reject) => {
			socket.send(bytes, port, host, error => {
				if (error) reject(error);
				else resolve();
			});
		});

	const sendTo = async (bytes: Uint8Array, host: string, port: number) => {
		try {
			await sendOnce(bytes, host, port);
		} catch (error) {
			if (mayBroadcast || !isBroadcastRefused(error)) throw error;
			mayBroadcast = true;
			socket.setBroadcast(true);
			await sendOnce(bytes, host, port);
		}
	};

	/**
	 * The interface is set for the whole socket: one datagram after the other. (The zone of an
	 * IPv6 address counts only for groups of the link.)
	 */
	const sendToGroup = async (
		bytes: Uint8Array,
		{host, port}: Address,
		zone: string | undefined,
	) => {
		const family = isIPv4(host) ? 4 : 6;
		const nic = zone === undefined ? undefined : requireInterface(zone);
		const via = nic && interfaceFor(family, nic, host);
		const place = nic && family === 6 ? `${host}%${nic.name}` : host;
		const target = await resolveTarget({host: place, port}, binding);
		const sent = groupTurn.then(async () => {
			if (via !== undefined || hasChosenInterface[family]) {
				socket.setMulticastInterface(via ?? anyInterface[family]);
				hasChosenInterface[family] = via !== undefined;
			}

			await sendTo(bytes, target, port);
		});
		groupTurn = sent.catch(() => undefined);
		await sent;
	};

	const sendAnywhere = async (bytes: Uint8Array, to: Address) => {
		const [host = '', zone] = to.host.split('%');
		if (isMulticast(host)) {
			await sendToGroup(bytes, {host, port: to.port}, zone);
		} else if (zone !== undefined && isIPv4(host)) {
			throw new SocktermError('badAddress', {address: to.host});
		} else {
			await sendTo(bytes, await resolveTarget(to, binding), to.port);
		}
	};

	return {
		async send(bytes, to) {
			try {
				await sendAnywhere(bytes, to);
			} catch (error) {
				if (error instanceof SocktermError) throw error;
				throw datagramError(error, to, bytes.length);
			}
		},
	};
}
