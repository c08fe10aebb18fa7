/**
 * Messages both ways. What goes to an encrypted peer stays in its outbox until
 * the ACK, is sent again after a reconnect, and is dropped by the other side
 * when it comes twice. A raw peer has a line once the system has taken it.
 */
import {errorInfo, SocktermError, toErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {longMessages, type ControlMessage} from '../protocol/messages.js';
import type {EngineContext} from './context.js';
import type {MessageId, PeerKey} from './ids.js';
import type {PeerSession} from './sessions/peer-session.js';
import type {CountRefusal} from './sessions/refusals.js';
import type {RawSession} from './streams/raw-session.js';
import {
	rememberId,
	type PeerEntry,
	type PeerTable,
} from './sessions/peer-table.js';
import {toSafeText} from './sanitize.js';

export interface Chat {
	/** Throws nobodyThere, notConnected, messageTooLong, queueFull, noSuchPeer. */
	send(conversation: PeerKey | 'all', text: string): void;
	receive(
		entry: PeerEntry,
		session: PeerSession,
		message: Extract<ControlMessage, {name: 'message'}>,
	): void;
	acknowledge(entry: PeerEntry, id: string): void;
	/** The other side does not take it, and the session goes on. */
	refused(entry: PeerEntry, id: string): void;
	/** Sends again what the other side has not acknowledged. */
	resend(entry: PeerEntry, session: PeerSession): void;
}

/** Somebody to talk to: connected, or about to be again. */
const isTalkable = (entry: PeerEntry) =>
	entry.role !== 'script' &&
	(entry.session ?? (entry.peerId && entry.stopDialing)) !== undefined;

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text).length;

// Type byte, braces, names of the fields and the id.
const envelopeBytes = 128;

/** Escapes make JSON up to six times as long as the text in it: what fits no frame is refused here. */
const fitsFrame = (text: string) =>
	envelopeBytes + bytesOf(JSON.stringify(text)) <= limits.frameBytes;

/**
 * How long a message to somebody may be, and one from him: longer ones are for who is
 * verified, where both sides know what to do when only one of them thinks so.
 */
function mostBytes(session: PeerEntry['session']): number {
	const isLong =
		session?.kind === 'peer' && session.hello.features.includes(longMessages);
	return isLong ? session.limits().messageBytes : limits.messageBytes;
}

/** What a raw peer would be sent; undefined where it cannot be encoded, which is told when it is sent. */
function lineOf({session}: PeerEntry, text: string): Uint8Array | undefined {
	if (session?.kind !== 'raw') return undefined;
	try {
		return session.encodeLine(text);
	} catch {
		return undefined;
	}
}

export function createChat(
	context: EngineContext,
	table: PeerTable,
	refuse: CountRefusal,
): Chat {
	let sent = 0;

	const fail = (peer: PeerKey, message: MessageId, error: unknown) => {
		context.emit({
			type: 'chat/failed',
			peer,
			message,
			error: toErrorInfo(error),
		});
	};

	const notTaken = (entry: PeerEntry, id: MessageId) => {
		if (!entry.outbox.delete(id)) return;
		const {name} = entry;
		const limitBytes = limits.messageBytes;
		const details = {name, limitBytes};
		fail(entry.key, id, new SocktermError('messageNotTaken', details));
	};

	const sendLine = (
		{key, outbox}: PeerEntry,
		session: RawSession,
		message: MessageId,
		{text, bytes}: {readonly text: string; readonly bytes?: Uint8Array},
	) => {
		const flushed = () => {
			if (!outbox.delete(message)) return;
			context.emit({type: 'chat/delivered', peer: key, message});
		};

		outbox.set(message, text);
		try {
			const line = bytes ?? session.encodeLine(text);
			session.sendBytes(line, {message, flushed});
		} catch (error) {
			outbox.delete(message);
			fail(key, message, error);
		}
	};

	const sendTo = (
		entry: PeerEntry,
		message: MessageId,
		text: string,
		bytes: Uint8Array | undefined,
	) => {
		const {session, outbox} = entry;
		if (session?.kind === 'raw') {
			sendLine(entry, session, message, bytes ? {text, bytes} : {text});
			return;
		}

		let waitingBytes = bytesOf(text);
		for (const waiting of outbox.values()) waitingBytes += bytesOf(waiting);
		if (
			outbox.size >= limits.outboxMessages ||
			waitingBytes > limits.outboxBytes
		) {
			fail(entry.key, message, new SocktermError('queueFull'));
			return;
		}

		outbox.set(message, text);
		session?.send({name: 'message', id: message, text});
	};

	return {
		send(conversation, text) {
			const asked =
				conversation === 'all'
					? [...table.entries.values()]
					: [table.find(conversation)];
			// Writing to a connection that has sent nothing yet makes it raw.
			for (const {incoming} of asked) incoming?.claimAsRaw();
			const receivers = asked.filter(entry => isTalkable(entry));
			if (receivers.length === 0) {
				throw conversation === 'all'
					? new SocktermError('nobodyThere')
					: new SocktermError('notConnected', {name: asked[0]!.name});
			}

			const lengthBytes = bytesOf(text);
			const limitBytes = Math.min(
				...receivers.map(({session}) => mostBytes(session)),
			);
			if (lengthBytes > limitBytes || !fitsFrame(text)) {
				throw new SocktermError('messageTooLong', {lengthBytes, limitBytes});
			}

			const bytes =
				conversation === 'all' ? undefined : lineOf(receivers[0]!, text);
			const message = `${context.instance.slice(0, 16)}-${++sent}` as MessageId;
			context.emit({
				type: 'chat/sent',
				conversation,
				peers: receivers.map(({key}) => key),
				message,
				text: toSafeText(text),
				...(bytes ? {bytes} : {}),
			});
			for (const entry of receivers) sendTo(entry, message, text, bytes);
		},

		receive(entry, session, {id, text}) {
			const sizeBytes = bytesOf(text);
			if (sizeBytes > mostBytes(session)) {
				if (!session.hello.features.includes(longMessages)) {
					throw new SocktermError('protocolViolation', {what: 'message'});
				}

				const {name} = entry;
				const limitBytes = mostBytes(session);
				session.send({name: 'refused', id, code: 'messageTooLong'});
				refuse(errorInfo('messageDeclined', {name, limitBytes}));
				return;
			}

			session.send({name: 'ack', id});
			if (!rememberId(entry, id)) return;
			context.emit({
				type: 'chat/received',
				peer: entry.key,
				text: toSafeText(text),
				sizeBytes,
			});
		},

		acknowledge(entry, id) {
			const message = id as MessageId;
			if (!entry.outbox.delete(message)) return;
			context.emit({type: 'chat/delivered', peer: entry.key, message});
		},

		refused(entry, id) {
			notTaken(entry, id as MessageId);
		},

		resend(entry, session) {
			for (const [id, text] of entry.outbox) {
				// What it counts as, or the program there, may be another one by now.
				if (bytesOf(text) > mostBytes(session)) notTaken(entry, id);
				else session.send({name: 'message', id, text});
			}
		},
	};
}
