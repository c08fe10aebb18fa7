/** What is put before or behind a message that is sent, so that the other side can cut it. */
import {SocktermError} from '../errors.js';
import {concatBytes} from '../util/bytes.js';
import {limits} from '../limits.js';
import type {CodeUnit} from './framers/create-framer.js';
import type {Framing, LineEnding} from './framing.js';

/**
 * The bytes of one message; `unit` is that of its text, for line endings. Throws
 * frameTooLongToSend {lengthBytes, limitBytes}, frameOfOtherSize {lengthBytes, sizeBytes}.
 */
export function frameOutgoing(
	framing: Framing,
	payload: Uint8Array,
	unit?: CodeUnit,
): Uint8Array {
	switch (framing.kind) {
		case 'chunks':
		case 'idle': {
			return payload;
		}

		case 'lines': {
			return concatBytes([payload, endingOf(framing.ending, unit)]);
		}

		case 'delimiter': {
			return concatBytes([payload, Uint8Array.from(framing.delimiter)]);
		}

		case 'length': {
			return concatBytes([lengthHead(framing, payload.length), payload]);
		}

		case 'fixed': {
			if (payload.length === framing.bytes) return payload;
			throw new SocktermError('frameOfOtherSize', {
				lengthBytes: payload.length,
				sizeBytes: framing.bytes,
			});
		}
	}
}

const endings: Readonly<Record<LineEnding, readonly number[]>> = {
	any: [0x0a],
	lf: [0x0a],
	crlf: [0x0d, 0x0a],
	cr: [0x0d],
};

function endingOf(
	ending: LineEnding,
	{bytes: size, endian}: CodeUnit = {bytes: 1, endian: 'big'},
): Uint8Array {
	const codes = endings[ending];
	const bytes = new Uint8Array(codes.length * size);
	const place = endian === 'big' ? size - 1 : 0;
	for (const [index, code] of codes.entries()) {
		bytes[index * size + place] = code;
	}

	return bytes;
}

/** The bytes in front of a length that stands at an offset are zero. */
function lengthHead(
	framing: Extract<Framing, {readonly kind: 'length'}>,
	payloadBytes: number,
): Uint8Array {
	const {bytes: size, endian, signed, countsItself, offset} = framing;
	const head = new Uint8Array(offset + size);
	const own = countsItself ? head.length : 0;
	const bits = BigInt(size * 8 - (signed ? 1 : 0));
	const most = Math.min(Number(2n ** bits - 1n), limits.rawFrameBytes) - own;
	if (payloadBytes > most) {
		throw new SocktermError('frameTooLongToSend', {
			lengthBytes: payloadBytes,
			limitBytes: most,
		});
	}

	let rest = payloadBytes + own;
	for (let index = 0; index < size; index++) {
		const place = endian === 'little' ? index : size - 1 - index;
		head[offset + place] = rest % 256;
		rest = Math.floor(rest / 256);
	}

	return head;
}
