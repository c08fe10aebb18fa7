/** Carries out the commands that are about peers: dialling, leaving, forgetting. */
import {SocktermError} from '../../errors.js';
import {normalizeEncoding} from '../../protocol/text-decoding.js';
import type {HandlersOf} from '../command-handlers.js';
import type {PeerCommand} from '../commands.js';
import type {EngineContext} from '../context.js';
import type {Dialer} from './dialer.js';
import type {PeerTable} from './peer-table.js';
import type {Transfers} from '../transfers/transfers.js';

export function createPeerHandlers(
	context: EngineContext,
	table: PeerTable,
	dialer: Dialer,
	transfers: Pick<Transfers, 'forget'>,
): HandlersOf<Exclude<PeerCommand, {readonly type: 'peer/kick'}>> {
	return {
		'peer/dial'({target}) {
			dialer.dial(target);
		},
		'peer/disconnect'({peer}) {
			const entry = table.find(peer);
			entry.session?.close();
			entry.incoming?.destroy();
			dialer.stop(entry);
		},
		'peer/reconnect'({peer}) {
			const entry = table.find(peer);
			if (!entry.target) throw new SocktermError('noSuchPeer');
			if (!entry.session) dialer.reconnect(entry);
		},
		'peer/forget'({peer}) {
			const entry = table.entries.get(peer);
			transfers.forget(peer);
			entry?.session?.close();
			entry?.incoming?.destroy();
			if (entry) dialer.stop(entry);
			table.remove(peer);
			context.emit({type: 'peer/forgotten', peer});
		},
		'peer/setEncoding'({peer, encoding: name}) {
			const session = table.entries.get(peer)?.session;
			if (session?.kind === 'raw') {
				session.setEncoding(name);
				return;
			}

			// What a plain peer said before it left can be read in another encoding too.
			if (!context.state().streams.has(peer)) {
				throw new SocktermError('notConnected', {
					name: table.find(peer).name,
				});
			}

			const encoding = normalizeEncoding(name);
			context.emit({
				type: 'peer/encodingChanged',
				peer,
				encoding,
				fallback: encoding,
			});
		},
	};
}
