/** Datagrams as the verbs tell of them: a line for people, fields for NDJSON. */
import {
	datagramFallback,
	formatAddress,
	textOrHex,
	type DatagramSource,
	type EngineEvent,
	type EngineState,
} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {toHex} from '../util/bytes.js';

type Received = Extract<EngineEvent, {type: 'datagram/received'}>;

/** `hex`: bytes as hex whatever they are. */
export function describeDatagram(
	state: EngineState,
	{from, bytes}: Received,
	hex = false,
): string {
	const text = hex
		? toHex(bytes, ' ')
		: textOrHex(bytes, datagramFallback(state)).text;
	return strings.cli.datagram(formatAddress(from), bytes.length, text);
}

/** `sizeBytes`, and the payload as `text` or, where it is none, as `hex`. */
export function datagramFields(state: EngineState, bytes: Uint8Array) {
	const {kind, text} = textOrHex(bytes, datagramFallback(state));
	return {sizeBytes: bytes.length, [kind]: text};
}

/** A source whose last number fits into JSON: as a number where it is exact, else as text. */
export function plainSource({meter, ...source}: DatagramSource) {
	if (!meter) return source;
	const {last, ...counts} = meter;
	const exact = Number(last);
	return {
		...source,
		meter: {
			...counts,
			...(last === undefined
				? {}
				: {last: Number.isSafeInteger(exact) ? exact : String(last)}),
		},
	};
}
