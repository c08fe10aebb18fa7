/**
 * Who somebody in a room is, to this side: a pet name where the key is pinned, else
 * the name that it gives itself, which is never one that could be taken for a pinned one.
 */
import {limits} from '../../limits.js';
import {fromHex, toZBase32} from '../../util/bytes.js';
import type {EngineContext} from '../context.js';
import type {PeerId, PeerKey} from '../ids.js';
import {toSafeText} from '../sanitize.js';
import type {PeerEntry, PeerTable} from '../sessions/peer-table.js';
import {pinLike, pinOf} from '../trust/trust-book.js';
import type {TrustBook} from '../trust/trust-commands.js';
import type {RoomAuthor} from './room-events.js';

export interface RoomPeople {
	/** `bringer`: who handed it on, where that was somebody else. */
	of(author: PeerId, nick: string, bringer?: PeerEntry): RoomAuthor;
	isBlocked(author: PeerId): boolean;
}

const keyCharacters = 4;

export function createRoomPeople(
	context: EngineContext,
	table: PeerTable,
	book: () => TrustBook,
): RoomPeople {
	const nameOf = (author: PeerId, nick: string) => {
		const said = toSafeText(nick.trim() || '?', {
			maxCharacters: limits.nickCharacters,
			joiners: false,
		});
		const isOpen =
			pinLike(book(), said, author) === undefined &&
			pinLike(book(), said, context.peerId) === undefined;
		if (isOpen) return said;
		const key = toZBase32(fromHex(author)!).slice(0, keyCharacters);
		return toSafeText(`${said}~${key}`);
	};

	const rowOf = (author: PeerId): PeerKey =>
		[...table.entries.values()].find(({peerId}) => peerId === author)?.key ??
		(`author:${author}` as PeerKey);

	return {
		of(author, nick, bringer) {
			const pin = pinOf(book(), author);
			const isBrought = bringer !== undefined && bringer.peerId !== author;
			return {
				author,
				peer: rowOf(author),
				name: pin ? toSafeText(pin.petname) : nameOf(author, nick),
				trust: pin ? 'VERIFIED' : 'UNVERIFIED',
				...(isBrought ? {by: bringer.name} : {}),
			};
		},
		isBlocked: author => book().blockedKeys.includes(author),
	};
}
