/** Who is in a room, as far as this side knows, and when it was last heard of. */
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {PeerId, RoomKey} from '../ids.js';
import type {RoomPeople} from './room-people.js';
import type {KeptMember} from './room-port.js';

export interface RoomMembers {
	/** It said so itself, or said something that others brought. */
	seen(peerId: PeerId, nick: string, isHere: boolean, at: number): void;
	/** Its name may be another one now. */
	tell(peerId?: PeerId): void;
	kept(): KeptMember[];
}

interface Member {
	nick: string;
	isHere: boolean;
	seenAt: number;
}

export function createRoomMembers(
	context: EngineContext,
	room: RoomKey,
	people: RoomPeople,
	kept: readonly KeptMember[],
): RoomMembers {
	const members = new Map<PeerId, Member>(
		kept.map(({peerId, nick, seenAt}) => [
			peerId,
			{nick, seenAt, isHere: false},
		]),
	);

	const tell = (peerId: PeerId) => {
		const member = members.get(peerId);
		if (!member) return;
		const {name, trust} = people.of(peerId, member.nick);
		const {isHere, seenAt} = member;
		context.emit({
			type: 'room/memberChanged',
			room,
			peerId,
			name,
			trust,
			isHere,
			seenAt,
		});
	};

	/** Who is not here makes room for who is. */
	const prune = () => {
		if (members.size <= limits.roomMembers) return;
		const [first] = [...members]
			.filter(([, {isHere}]) => !isHere)
			.toSorted(([, one], [, other]) => one.seenAt - other.seenAt);
		if (first) members.delete(first[0]);
	};

	return {
		seen(peerId, nick, isHere, at) {
			const before = members.get(peerId);
			if (before?.isHere === isHere && before.nick === nick) {
				before.seenAt = Math.max(before.seenAt, at);
				return;
			}

			const seenAt = Math.max(before?.seenAt ?? 0, at);
			members.set(peerId, {nick, isHere, seenAt});
			prune();
			tell(peerId);
		},
		tell(peerId) {
			for (const each of peerId === undefined ? members.keys() : [peerId]) {
				tell(each);
			}
		},
		kept: () =>
			[...members].map(([peerId, {nick, seenAt}]) => ({peerId, nick, seenAt})),
	};
}
