/**
 * Payloads of lane frames to values: every type but DATA, whose bytes are passed
 * on as they come. Decides whether a payload has the right length and form;
 * `lane-frames.ts` has the layout.
 */
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {digestBytes, laneTypes, ticketBytes} from './lane-frames.js';
import type {LaneFrame} from './lane-frames.js';

const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
const codePattern = /^[a-zA-Z]{1,40}$/;

/**
 * The frame in a whole payload, which is given away. Throws protocolViolation {what:
 * 'unknownLaneFrame' | 'badLaneFrame' | 'badUtf8' | 'badCode' | 'numberTooLarge'}.
 */
export function parseLaneFrame(type: number, payload: Uint8Array): LaneFrame {
	const sized = (bytes: number) => {
		if (payload.length !== bytes) throw violation('badLaneFrame');
	};

	switch (type) {
		case laneTypes.ticket: {
			sized(ticketBytes);
			return {kind: 'ticket', ticket: payload};
		}

		case laneTypes.begin: {
			sized(20);
			return {
				kind: 'begin',
				entry: u32(payload, 0),
				held: u64(u32(payload, 4), u32(payload, 8)),
				size: u64(u32(payload, 12), u32(payload, 16)),
			};
		}

		case laneTypes.end: {
			sized(4 + digestBytes);
			return {
				kind: 'end',
				entry: u32(payload, 0),
				digest: payload.subarray(4),
			};
		}

		case laneTypes.durable: {
			sized(12);
			return {
				kind: 'durable',
				entry: u32(payload, 0),
				offset: u64(u32(payload, 4), u32(payload, 8)),
			};
		}

		case laneTypes.held: {
			const flags = payload[4] ?? 0xff;
			const hashes = payload.subarray(5);
			const more = flags === 1;
			// One that only says that more follows would cost its sender nothing, for ever.
			if (
				flags > 1 ||
				hashes.length % digestBytes !== 0 ||
				(more && hashes.length === 0)
			) {
				throw violation('badLaneFrame');
			}

			return {
				kind: 'held',
				entry: u32(payload, 0),
				more,
				hashes,
			};
		}

		case laneTypes.saved: {
			const {entry, text: name} = readEntryAndText(payload);
			if (payload.length - 4 > 4 * limits.nameBytes) {
				throw violation('badLaneFrame');
			}

			return {kind: 'saved', entry, name};
		}

		case laneTypes.abort:
		case laneTypes.failed: {
			const {entry, text: code} = readEntryAndText(payload);
			if (!codePattern.test(code)) throw violation('badCode');
			return {
				kind: type === laneTypes.abort ? 'abort' : 'failed',
				entry,
				code,
			};
		}

		default: {
			throw violation('unknownLaneFrame');
		}
	}
}

/** A 64-bit number from its halves. Throws protocolViolation {what: 'numberTooLarge'} above 2^53 - 1. */
export function u64(high: number, low: number): number {
	if (high > 0x1f_ff_ff) throw violation('numberTooLarge');
	return high * 2 ** 32 + low;
}

/** Without a view: one for each tiny frame would cost more than the frame. */
const u32 = (bytes: Uint8Array, at: number): number =>
	bytes[at]! * 2 ** 24 +
	((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);

/** Short ASCII, as codes are, without the cost of a decoder's call. */
function shortText(bytes: Uint8Array): string | undefined {
	if (bytes.length > 40) return undefined;
	let text = '';
	for (const byte of bytes) {
		if (byte > 0x7f) return undefined;
		text += String.fromCharCode(byte);
	}

	return text;
}

function readEntryAndText(payload: Uint8Array): {entry: number; text: string} {
	if (payload.length < 5) throw violation('badLaneFrame');
	const bytes = payload.subarray(4);
	try {
		return {
			entry: u32(payload, 0),
			text: shortText(bytes) ?? decoder.decode(bytes),
		};
	} catch {
		throw violation('badUtf8');
	}
}

function violation(what: string): SocktermError {
	return new SocktermError('protocolViolation', {what});
}
