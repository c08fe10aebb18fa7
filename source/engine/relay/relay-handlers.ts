/** Carries out the commands that are about relayed connections. */
import {SocktermError} from '../../errors.js';
import {normalized, type Impairment} from '../../protocol/impairment.js';
import type {HandlersOf} from '../command-handlers.js';
import type {EngineContext} from '../context.js';
import {plainSession} from '../streams/plain-session.js';
import type {RelayCommand, RelaySide} from './relay-commands.js';
import type {Relays} from './relays.js';
import {toSafeText} from '../sanitize.js';
import {textOf} from '../text-view.js';
import {createTypedBytes} from '../streams/typed-bytes.js';

/** What of an injected text stands in its note. */
const shownCharacters = 200;

export function createRelayHandlers(
	context: EngineContext,
	relays: Pick<Relays, 'find'>,
): HandlersOf<RelayCommand> {
	let injected = 0;
	return {
		'relay/inject'({peer, towards, line, notation}) {
			const {entry, relay} = relays.find(peer);
			const session = plainSession(entry);
			const bytes = createTypedBytes(context, line, notation).render(
				entry,
				session,
				++injected,
			);
			if (relay.isFull(towards)) {
				throw new SocktermError('queueFull', {name: entry.name});
			}

			if (towards === 'client') {
				session.sendBytes(bytes, {note: toSafeText('injected')});
				return;
			}

			relay.inject('server', bytes);
			const text = textOf(bytes, session.encoding());
			context.emit({
				type: 'stream/noted',
				conversation: peer,
				text: toSafeText(`injected ⇢ ${text}`, {
					maxCharacters: shownCharacters,
				}),
			});
		},
		'relay/impair'({peer, towards, impairment}) {
			const {relay} = relays.find(peer);
			const sides: readonly RelaySide[] = towards
				? [towards]
				: ['client', 'server'];
			for (const side of sides) {
				const checked: Impairment = normalized(impairment);
				relay.impair(side, checked);
				context.emit({
					type: 'relay/impaired',
					peer,
					towards: side,
					impairment: checked,
				});
			}
		},
		'relay/halfClose'({peer, towards}) {
			relays.find(peer).relay.halfClose(towards);
		},
		'relay/reset'({peer}) {
			relays.find(peer).relay.reset();
		},
	};
}
