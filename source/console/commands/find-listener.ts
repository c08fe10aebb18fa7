import type {EngineState, Listener} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';

export type ListenerResult =
	| {readonly ok: true; readonly listener: Listener}
	| {readonly ok: false; readonly message: string};

/** By what a listener can be called: `tcp`, `9090`, `127.0.0.1:9090`, the interface it was asked for. */
const labelsOf = ({kind, host, port, options}: Listener): string[] => [
	kind,
	String(port),
	host,
	formatAddress({host, port}),
	...(options.host === undefined ? [] : [options.host]),
];

const nameOf = ({kind, port}: Listener) => `${kind} ${port}`;

/** Those that all words fit: `9090`, `udp`, `tcp 9090`. */
export function findListener(
	{listeners}: Pick<EngineState, 'listeners'>,
	words: readonly string[],
): ListenerResult {
	const sentences = strings.input.listeners;
	if (listeners.size === 0) return {ok: false, message: sentences.none};
	const found = listeners.values().filter(listener => {
		const labels = labelsOf(listener);
		return words.every(word => labels.includes(word.toLowerCase()));
	});
	const [listener] = found;
	if (!listener) {
		return {ok: false, message: sentences.unknown(words.join(' '))};
	}

	if (found.length === 1) return {ok: true, listener};
	// Two on the same port have different addresses.
	const names = found.map(each => nameOf(each));
	const areAlike = new Set(names).size < names.length;
	const shown = areAlike
		? found.map(each => `${each.kind} ${formatAddress(each)}`)
		: names;
	return {ok: false, message: sentences.several(shown)};
}

/** For completion. */
export const listenerWords = (
	{listeners}: Pick<EngineState, 'listeners'>,
	part: 'kind' | 'port',
): string[] => listeners.values().map(listener => String(listener[part]));
