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
	const view = new DataView(
		payload.buffer,
		payload.byteOffset,
		payload.byteLength,
	);
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
				entry: view.getUint32(0),
				held: u64(view.getUint32(4), view.getUint32(8)),
				size: u64(view.getUint32(12), view.getUint32(16)),
			};
		}

		case laneTypes.end: {
			sized(4 + digestBytes);
			return {
				kind: 'end',
				entry: view.getUint32(0),
				digest: payload.subarray(4),
			};
		}

		case laneTypes.durable: {
			sized(12);
			return {
				kind: 'durable',
				entry: view.getUint32(0),
				offset: u64(view.getUint32(4), view.getUint32(8)),
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
				entry: view.getUint32(0),
				more,
				hashes,
			};
		}

		case laneTypes.saved: {
			const {entry, text: name} = readEntryAndText(payload, view);
			if (payload.length - 4 > 4 * limits.nameBytes) {
				throw violation('badLaneFrame');
			}

			return {kind: 'saved', entry, name};
		}

		case laneTypes.abort:
		case laneTypes.failed: {
			const {entry, text: code} = readEntryAndText(payload, view);
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

function readEntryAndText(
	payload: Uint8Array,
	view: DataView,
): {entry: number; text: string} {
	if (payload.length < 5) throw violation('badLaneFrame');
	try {
		return {
			entry: view.getUint32(0),
			text: decoder.decode(payload.subarray(4)),
		};
	} catch {
		throw violation('badUtf8');
	}
}

function violation(what: string): SocktermError {
	return new SocktermError('protocolViolation', {what});
}
