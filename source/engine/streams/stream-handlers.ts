/** Carries out what is asked of raw conversations: how they are cut, framed and written. */
import {SocktermError} from '../../errors.js';
import {checkFraming} from '../../protocol/framing-text.js';
import {createByteHandlers} from './byte-sending.js';
import type {HandlersOf} from '../command-handlers.js';
import type {EngineContext} from '../context.js';
import type {FlowGate} from '../flow-gate.js';
import type {PeerKey} from '../ids.js';
import type {PeerTable} from '../sessions/peer-table.js';
import {plainSession} from './plain-session.js';
import {checkSending, type RawSession} from './raw-session.js';
import type {StreamCommand} from './stream-commands.js';

export function createStreamHandlers(
	context: EngineContext,
	table: PeerTable,
	gate?: FlowGate,
): HandlersOf<StreamCommand> {
	/** The live session of a raw conversation; undefined where it is over and only looked at. Throws noSuchPeer. */
	const sessionOf = (peer: PeerKey): RawSession | undefined => {
		const session = table.entries.get(peer)?.session;
		if (session?.kind === 'raw') return session;
		if (context.state().streams.has(peer)) return undefined;
		throw new SocktermError('noSuchPeer', {peer});
	};

	return {
		...createByteHandlers(context, table, gate),
		'stream/setFraming'({peer, framing}) {
			const session = sessionOf(peer);
			if (session) {
				session.setFraming(framing);
				return;
			}

			checkFraming(framing);
			context.emit({type: 'stream/framingChanged', peer, framing});
		},
		'stream/setSending'({peer, sending}) {
			const session = sessionOf(peer);
			if (session) {
				session.setSending(sending);
				return;
			}

			checkSending(sending);
			context.emit({type: 'stream/sendingChanged', peer, sending});
		},
		async 'stream/write'({peer, bytes}) {
			const session = plainSession(table.find(peer));
			if (session.sendBytes(bytes)) return;
			await new Promise<void>(resolve => {
				const stops = [
					session.onDrained(() => finish()),
					context.on(event => {
						if (event.type === 'peer/left' && event.peer === peer) finish();
					}),
				];
				const finish = () => {
					for (const stop of stops) stop();
					resolve();
				};
			});
		},
		'stream/end'({peer}) {
			plainSession(table.find(peer)).connection.endSending();
		},
	};
}
