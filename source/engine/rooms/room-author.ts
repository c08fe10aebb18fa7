/**
 * What we say in a room, and whether what others say is theirs. Invariant: a number
 * of a stream is given to one message only, and to none that cannot be sent.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import {encodeMessage} from '../../protocol/message-codec.js';
import {
	messageToSign,
	type RoomHeld,
	type RoomMessageBody,
} from '../../protocol/room-messages.js';
import {fromHex, toHex} from '../../util/bytes.js';
import type {EngineContext} from '../context.js';
import type {PeerId} from '../ids.js';
import type {RoomLog} from './room-log.js';
import type {Signing} from './room-port.js';

type StreamName = Pick<RoomHeld, 'author' | 'stream'>;

export interface RoomAuthorship {
	/** Said by this run. */
	isOwn(stream: StreamName): boolean;
	/** The next message of ours. Throws messageTooLong. */
	compose(text: string): RoomMessageBody;
	isSigned(message: RoomMessageBody): boolean;
}

export function createRoomAuthorship(
	context: EngineContext,
	options: {
		readonly room: string;
		readonly signing: Signing;
		readonly log: RoomLog;
	},
): RoomAuthorship {
	const {room, signing, log} = options;
	const {clock, random} = context.ports;
	const author = context.peerId;
	const stream = newStream();
	let last = 0;

	/** Later than all that we have used, and of two programs that start at once not the same. */
	function newStream(): number {
		const [high = 0, low = 0] = random(2);
		const started = clock.now() * 1024 + (high % 4) * 256 + low;
		const used = log
			.have()
			.filter(each => each.author === author)
			.map(each => each.stream);
		return Math.max(started, ...used.map(each => each + 1));
	}

	return {
		isOwn: each => each.author === author && each.stream === stream,
		compose(said) {
			const unsigned = {
				room,
				author,
				stream,
				seq: last + 1,
				at: clock.now(),
				nick: context.nick.current.toWellFormed(),
				text: said.toWellFormed(),
			};
			const signature = toHex(signing.sign(messageToSign(unsigned)));
			const message: RoomMessageBody = {...unsigned, signature};
			checkLength(message);
			last++;
			return message;
		},
		isSigned: message =>
			signing.verify(
				message.author as PeerId,
				messageToSign(message),
				fromHex(message.signature)!,
			),
	};
}

/** Escapes make JSON longer than the text in it: what fits no frame is refused before anybody hears of it. */
function checkLength(body: RoomMessageBody): void {
	try {
		encodeMessage({name: 'roomMessage', ...body});
	} catch {
		const lengthBytes = new TextEncoder().encode(body.text).length;
		const limitBytes = limits.messageBytes;
		throw new SocktermError('messageTooLong', {lengthBytes, limitBytes});
	}
}
