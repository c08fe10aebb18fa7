/** What stands in the title of a relayed connection: where it leads, and what is done to it. */
import {isPeerKey} from '../../engine/index.js';
import {
	type ConversationKey,
	type EngineState,
	formatAddress,
	formatImpairment,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import type {Span, Spans} from './lines.js';

/** Nothing where it is no relay. */
export function relaySpans(
	state: EngineState,
	conversation: ConversationKey,
): Spans {
	if (!isPeerKey(conversation)) return [];
	const server = state.peers.get(conversation)?.relayedTo;
	if (!server) return [];
	const {relays} = strings.input;
	const impairments = state.impairments.get(conversation);
	const client = impairments ? formatImpairment(impairments.client) : '';
	const towardsServer = impairments ? formatImpairment(impairments.server) : '';
	const told =
		client === towardsServer
			? client === ''
				? []
				: [relays.impairedBoth(client)]
			: [
					...(client === '' ? [] : [relays.impairedTowards('client', client)]),
					...(towardsServer === ''
						? []
						: [relays.impairedTowards('server', towardsServer)]),
				];
	return [
		[` ${relays.to(formatAddress(server))}`, 'dim'],
		...told.map((text): Span => [`  ${text}`, 'accent']),
	];
}
