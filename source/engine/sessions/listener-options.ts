/** The options of a listener: whether they make sense, and what is told of them. */
import {checkFraming} from '../../protocol/framing-text.js';
import {normalizeEncoding} from '../../protocol/text-decoding.js';
import type {ListenerOptions} from '../commands.js';
import type {Address} from '../ports.js';

/** As they are used from now on. Throws badFraming, encodingUnknown. */
export function checkOptions(options: ListenerOptions): ListenerOptions {
	const {framing, encoding} = options;
	if (framing) checkFraming(framing);
	return encoding === undefined
		? options
		: {...options, encoding: normalizeEncoding(encoding)};
}

/** Only what somebody asked for, beside kind and port; undefined where nothing is out of the ordinary. */
export function shownOptions(
	options: ListenerOptions,
	bound: Address,
): Partial<ListenerOptions> | undefined {
	const {kind: _kind, port: _port, host, allow, deny, ...others} = options;
	const shown: Partial<ListenerOptions> = {
		...others,
		// The name of an interface or host says more than the address that it had.
		...(host === undefined || host === bound.host ? {} : {host}),
		...(allow && allow.length > 0 ? {allow} : {}),
		...(deny && deny.length > 0 ? {deny} : {}),
	};
	return Object.keys(shown).length > 0 ? shown : undefined;
}
