/**
 * Messages both ways. What goes to an encrypted peer stays in its outbox until
 * the ACK, is sent again after a reconnect, and is dropped by the other side
 * when it comes twice. A raw peer has a line once the system has taken it.
 */
import {SocktermError, toErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import type {ControlMessage} from '../protocol/messages.js';
import type {EngineContext} from './context.js';
import type {ConversationKey, MessageId, PeerKey} from './ids.js';
import type {PeerSession} from './peer-session.js';
import {rememberId, type PeerEntry, type PeerTable} from './peer-table.js';
import {toSafeText} from './sanitize.js';

export interface Chat {
	/** Throws nobodyThere, notConnected, messageTooLong, queueFull, noSuchPeer. */
	send(conversation: ConversationKey, text: string): void;
	receive(
		entry: PeerEntry,
		session: PeerSession,
		message: Extract<ControlMessage, {name: 'message'}>,
	): void;
	acknowledge(entry: PeerEntry, id: string): void;
	/** Sends again what the other side has not acknowledged. */
	resend(entry: PeerEntry, session: PeerSession): void;
}

/** Somebody to talk to: connected, about to be again, or silent so far. */
const isTalkable = (entry: PeerEntry) =>
	entry.role !== 'script' &&
	(entry.session ?? entry.incoming ?? (entry.peerId && entry.stopDialing));

export function createChat(context: EngineContext, table: PeerTable): Chat {
	let sent = 0;

	const fail = (peer: PeerKey, message: MessageId, error: unknown) => {
		context.emit({
			type: 'chat/failed',
			peer,
			message,
			error: toErrorInfo(error),
		});
	};

	const sendTo = (entry: PeerEntry, message: MessageId, text: string) => {
		// Writing to a connection that has sent nothing yet makes it raw.
		entry.incoming?.claimAsRaw();
		const {session} = entry;
		if (session?.kind === 'raw') {
			try {
				session.sendLine(text, () => {
					context.emit({type: 'chat/delivered', peer: entry.key, message});
				});
			} catch (error) {
				fail(entry.key, message, error);
			}

			return;
		}

		if (entry.outbox.size >= limits.outboxMessages) {
			fail(entry.key, message, new SocktermError('queueFull'));
			return;
		}

		entry.outbox.set(message, text);
		session?.send({name: 'message', id: message, text});
	};

	return {
		send(conversation, text) {
			const lengthBytes = new TextEncoder().encode(text).length;
			if (lengthBytes > limits.messageBytes) {
				throw new SocktermError('messageTooLong', {
					lengthBytes,
					limitBytes: limits.messageBytes,
				});
			}

			const all = [...table.entries.values()];
			const receivers =
				conversation === 'all'
					? all.filter(entry => isTalkable(entry))
					: [table.find(conversation)];
			if (receivers.length === 0) throw new SocktermError('nobodyThere');
			const [only] = receivers;
			if (conversation !== 'all' && only && !isTalkable(only)) {
				throw new SocktermError('notConnected', {name: only.name});
			}

			const message = `${context.instance.slice(0, 16)}-${++sent}` as MessageId;
			context.emit({
				type: 'chat/sent',
				conversation,
				peers: receivers.map(({key}) => key),
				message,
				text: toSafeText(text),
			});
			for (const entry of receivers) sendTo(entry, message, text);
		},

		receive(entry, session, {id, text}) {
			session.send({name: 'ack', id});
			if (!rememberId(entry, id)) return;
			context.emit({
				type: 'chat/received',
				peer: entry.key,
				text: toSafeText(text),
				sizeBytes: text.length,
			});
		},

		acknowledge(entry, id) {
			const message = id as MessageId;
			if (!entry.outbox.delete(message)) return;
			context.emit({type: 'chat/delivered', peer: entry.key, message});
		},

		resend(entry, session) {
			for (const [id, text] of entry.outbox) {
				session.send({name: 'message', id, text});
			}
		},
	};
}
