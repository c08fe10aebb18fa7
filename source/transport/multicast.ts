/**
 * Multicast groups of one UDP listener. Decides which groups are joined on which
 * interface, and joins them again when a link comes back or is another device of
 * the same name; leaves the sockets to `udp.ts`.
 *
 * A group is joined once on an interface. What was left is never joined again by
 * itself. The interfaces are looked at only while a group is joined.
 *
 * Linux gives a socket that is bound everywhere what other programs have joined
 * on other interfaces too (IP_MULTICAST_ALL); Node cannot switch that off.
 */
import type {Membership} from '../engine/ports.js';
import {errorInfo, SocktermError, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {
	readInterfaces,
	requireInterface,
	type NetworkInterface,
} from './interfaces.js';
import {interfaceFor, parseGroup, type Group} from './multicast-group.js';
import {groupError} from './node-errors.js';

/** A socket on which one group can be joined and left; both throw Node's errors. */
export interface Ear {
	add(interfaceAddress: string | undefined): void;
	drop(interfaceAddress: string | undefined): void;
	/** The group needs it no more. */
	release(): void;
}

interface Held {
	readonly group: Group;
	readonly membership: Membership;
	/** Undefined while it is lost. */
	joined:
		| {
				readonly ear: Ear;
				readonly via: string | undefined;
				readonly identity: string;
		  }
		| undefined;
}

export interface Memberships {
	/** Throws notMulticast, noSuchInterface, interfaceLacksFamily, groupRefused. */
	join(wanted: Membership): Promise<Membership>;
	leave(membership: Membership): void;
	close(): void;
}

export interface MembershipOptions {
	/** The socket that hears a group on an interface. Throws Node's errors, unreachable. */
	ear(group: Group): Promise<Ear>;
	/** An address of the interface that is meant where none is named; missing: the system's choice. */
	readonly usual?: string;
	lost(membership: Membership, error: ErrorInfo): void;
	regained(membership: Membership): void;
	/** Instead of those of this machine, and how often they are looked at. */
	readonly interfaces?: () => readonly NetworkInterface[];
	readonly lookMs?: number;
}

export function createMemberships(options: MembershipOptions): Memberships {
	const {interfaces = readInterfaces, lookMs = limits.interfaceLookMs} =
		options;
	const held = new Map<string, Held>();
	let looking: NodeJS.Timeout | undefined;
	let isLooking = false;
	let joining: Promise<unknown> = Promise.resolve();

	const keyOf = ({address, on}: Group) => `${address}%${on ?? ''}`;

	/** All together, where the system chose: it may choose another one now. */
	const identityOf = (
		group: Group,
		now: readonly NetworkInterface[],
	): string | undefined =>
		group.on === undefined
			? now.map(({name, identity}) => `${name} ${identity}`).join('\n')
			: now.find(({name}) => name === group.on)?.identity;

	const enter = async (
		group: Group,
		now: readonly NetworkInterface[],
	): Promise<NonNullable<Held['joined']>> => {
		const {address, family, on} = group;
		const via =
			on === undefined
				? undefined
				: interfaceFor(family, requireInterface(on, now), address);
		let ear: Ear | undefined;
		try {
			ear = await options.ear(group);
			ear.add(via);
		} catch (error) {
			ear?.release();
			throw groupError(error, address);
		}

		return {ear, via, identity: identityOf(group, now) ?? ''};
	};

	const exit = (each: Held) => {
		const {joined} = each;
		each.joined = undefined;
		if (!joined) return;
		try {
			joined.ear.drop(joined.via);
		} catch {
			// The system has forgotten it together with the device.
		}

		joined.ear.release();
	};

	const tryEnter = async (
		each: Held,
		now: readonly NetworkInterface[],
	): Promise<ErrorInfo | undefined> => {
		try {
			const joined = await enter(each.group, now);
			each.joined = joined;
			// Somebody may have left it meanwhile.
			if (held.get(keyOf(each.group)) !== each) exit(each);
			return undefined;
		} catch (error) {
			if (!(error instanceof SocktermError)) throw error;
			return error.info;
		}
	};

	const lookAt = async (each: Held, now: readonly NetworkInterface[]) => {
		const {group, membership, joined} = each;
		const identity = identityOf(group, now);
		if (joined && identity === joined.identity) return;
		const wasJoined = joined !== undefined;
		exit(each);
		const error =
			identity === undefined
				? errorInfo('interfaceGone', {
						name: group.on ?? '',
						group: group.address,
					})
				: await tryEnter(each, now);
		if (held.get(keyOf(group)) !== each) return;
		if (error && wasJoined) options.lost(membership, error);
		else if (!error && !wasJoined) options.regained(membership);
	};

	const look = async () => {
		if (isLooking) return;
		isLooking = true;
		try {
			const now = interfaces();
			for (const each of held.values()) await lookAt(each, now);
		} finally {
			isLooking = false;
		}
	};

	const watch = () => {
		if (held.size === 0) {
			clearInterval(looking);
			looking = undefined;
			return;
		}

		looking ??= setInterval(() => {
			// What could not be read now may be readable the next time.
			look().catch(() => undefined);
		}, lookMs).unref();
	};

	const join = async (wanted: Membership): Promise<Membership> => {
		const asked = parseGroup(wanted);
		const now = interfaces();
		const place = asked.on ?? options.usual;
		const on =
			place === undefined ? undefined : requireInterface(place, now).name;
		const group: Group = {...asked, on};
		const known = held.get(keyOf(group));
		if (known?.joined) return known.membership;
		const joined = await enter(group, now);
		const membership: Membership = {
			group: group.address,
			...(on === undefined ? {} : {on}),
		};
		held.set(keyOf(group), {group, membership, joined});
		watch();
		return membership;
	};

	return {
		async join(wanted) {
			// One after the other: the system refuses what is joined already.
			const joined = joining.then(async () => join(wanted));
			joining = joined.catch(() => undefined);
			return joined;
		},
		leave({group, on}) {
			const key = `${group}%${on ?? ''}`;
			const each = held.get(key);
			if (!each) return;
			held.delete(key);
			exit(each);
			watch();
		},
		close() {
			const all = [...held.values()];
			held.clear();
			for (const each of all) exit(each);
			watch();
		},
	};
}
