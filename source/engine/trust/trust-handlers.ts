/** Carries out the commands that are about trust. */
import {SocktermError} from '../../errors.js';
import type {HandlersOf} from '../command-handlers.js';
import type {Dialer} from '../sessions/dialer.js';
import type {PeerId} from '../ids.js';
import type {PeerEntry, PeerTable} from '../sessions/peer-table.js';
import {
	checkPetname,
	isBlockedHost,
	pinCalled,
	withAutoAccept,
	withBlock,
	withName,
	withoutBlock,
	type Block,
} from './trust-book.js';
import type {BlockTarget, TrustCommand} from './trust-commands.js';
import type {TrustKeeping} from './trust.js';

const remoteHost = ({session, incoming}: PeerEntry): string | undefined =>
	session?.connection.remote.host ?? incoming?.remote.host;

export function createTrustHandlers(
	table: PeerTable,
	trust: TrustKeeping,
	dialer: Dialer,
): HandlersOf<TrustCommand> {
	const {keeper, pairings} = trust;

	/** Throws badPetname, petnameTaken before anything is begun. */
	const check = (entry: PeerEntry, petname: string | undefined) => {
		const {peerId} = entry;
		if (petname === undefined || !peerId) return;
		checkPetname(keeper.book(), petname, peerId);
	};

	/** The key of a peer; of a plain one its address. Throws noSuchPeer, notConnected. */
	const blockOf = (target: BlockTarget): Block => {
		if (!('peer' in target)) return target;
		const entry = table.find(target.peer);
		if (entry.peerId) return {peerId: entry.peerId};
		const address = remoteHost(entry);
		if (address !== undefined) return {address};
		throw new SocktermError('notConnected', {name: entry.name});
	};

	const sendAway = (entry: PeerEntry) => {
		// It is not dialled again either.
		dialer.stop(entry);
		entry.incoming?.destroy();
		entry.session?.close();
	};

	const entryOf = (peerId: PeerId) =>
		[...table.entries.values()].find(entry => entry.peerId === peerId);

	return {
		'trust/showCode'({peer, code, petname}) {
			const entry = table.find(peer);
			check(entry, petname);
			pairings.show(entry, code, petname);
		},
		'trust/hideCode'({peer}) {
			// Whoever is gone sees no code either.
			const entry = table.entries.get(peer);
			if (entry) pairings.hide(entry);
		},
		'trust/enterCode'({peer, code, petname}) {
			const entry = table.find(peer);
			check(entry, petname);
			pairings.enter(entry, code, petname);
		},
		'trust/callPeer'({peer, petname}) {
			const entry = table.find(peer);
			check(entry, petname);
			pairings.call(entry, petname);
		},
		'trust/dial'({petname}) {
			const pin = pinCalled(keeper.book(), petname);
			const {peerId, target: place} = pin;
			const entry = entryOf(peerId);
			if (entry?.session) {
				throw new SocktermError('alreadyConnected', {name: entry.name});
			}

			if (!place) {
				throw new SocktermError('pinUnreached', {name: pin.petname});
			}

			const target = {kind: 'peer', ...place, expect: peerId} as const;
			if (entry) {
				entry.target = target;
				dialer.reconnect(entry);
			} else {
				dialer.dial(target);
			}
		},
		async 'trust/rename'({petname, to}) {
			await keeper.change(book => withName(book, petname, to));
			trust.judge();
		},
		async 'trust/autoAccept'({petname, caps}) {
			await keeper.change(book => withAutoAccept(book, petname, caps));
		},
		async 'trust/unpair'({petname}) {
			await keeper.change(book => {
				const {peerId} = pinCalled(book, petname);
				const pins = book.pins.filter(pin => pin.peerId !== peerId);
				return {...book, pins};
			});
			trust.judge();
		},
		async 'trust/block'({target}) {
			const block = blockOf(target);
			await keeper.change(book => withBlock(book, block));
			for (const entry of table.entries.values()) {
				const host = remoteHost(entry);
				const isHit =
					'peerId' in block
						? entry.peerId === block.peerId
						: host !== undefined && isBlockedHost(keeper.book(), host);
				if (isHit) sendAway(entry);
			}

			trust.judge();
		},
		async 'trust/unblock'({target}) {
			const block = blockOf(target);
			await keeper.change(book => {
				const after = withoutBlock(book, block);
				if (after !== book) return after;
				const name =
					'peerId' in block ? block.peerId.slice(0, 8) : block.address;
				throw new SocktermError('notBlocked', {name});
			});
			trust.judge();
		},
	};
}
