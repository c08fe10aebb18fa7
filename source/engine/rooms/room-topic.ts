/**
 * The topic of a room: the newest one counts, by its author's clock and then by his
 * key, so that all come to the same one in whatever order they hear of them.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import {topicToSign, type RoomTopicBody} from '../../protocol/room-messages.js';
import {fromHex, toHex} from '../../util/bytes.js';
import type {EngineContext} from '../context.js';
import type {PeerId, RoomKey} from '../ids.js';
import {toSafeText} from '../sanitize.js';
import type {RoomTopic} from './room-events.js';
import type {RoomPeople} from './room-people.js';
import type {Signing} from './room-port.js';

export interface RoomTopics {
	current(): RoomTopicBody | undefined;
	shown(): RoomTopic | undefined;
	/** Whether it is newer than the one before. Throws protocolViolation for one that its author has not signed. */
	take(topic: RoomTopicBody): boolean;
	/** Throws badTopic. */
	set(text: string): RoomTopicBody;
}

export const isNewerTopic = (
	one: Pick<RoomTopicBody, 'at' | 'author'>,
	other: Pick<RoomTopicBody, 'at' | 'author'> | undefined,
): boolean =>
	other === undefined ||
	one.at > other.at ||
	(one.at === other.at && one.author > other.author);

export function createRoomTopics(
	context: EngineContext,
	options: {
		readonly room: string;
		readonly key: RoomKey;
		readonly signing: Signing;
		readonly people: RoomPeople;
		readonly kept: RoomTopicBody | undefined;
	},
): RoomTopics {
	const {room, key, signing, people} = options;
	const {clock} = context.ports;
	let current = options.kept;

	const shown = (): RoomTopic | undefined =>
		current && {
			text: toSafeText(current.topic, {
				maxCharacters: limits.roomTopicCharacters,
			}),
			name: people.of(current.author as PeerId, current.nick).name,
			setAt: Math.min(current.at, clock.now()),
		};

	const change = (topic: RoomTopicBody) => {
		current = topic;
		context.emit({type: 'room/topicChanged', room: key, ...shown()!});
	};

	return {
		current: () => current,
		shown,
		take(topic) {
			if (!isNewerTopic(topic, current)) return false;
			if (topic.at > clock.now() + limits.roomTopicAheadMs) return false;
			const {author, signature} = topic;
			const isRight = signing.verify(
				author as PeerId,
				topicToSign(topic),
				fromHex(signature)!,
			);
			if (!isRight) {
				throw new SocktermError('protocolViolation', {what: 'room topic'});
			}

			change(topic);
			return true;
		},
		set(text) {
			const topic = text.trim().toWellFormed();
			if (Array.from(topic).length > limits.roomTopicCharacters) {
				throw new SocktermError('badTopic', {most: limits.roomTopicCharacters});
			}

			const unsigned = {
				room,
				author: context.peerId,
				// Later than the one that it takes the place of, whatever our clock says.
				at: Math.max(clock.now(), (current?.at ?? 0) + 1),
				nick: context.nick.current.toWellFormed(),
				topic,
			};
			const signature = toHex(signing.sign(topicToSign(unsigned)));
			change({...unsigned, signature});
			return current!;
		},
	};
}
