/**
 * The frames on a lane (a data connection) and their bytes. Decides what one
 * frame says and how it is written; `lane-decoder.ts` reads, and the order of
 * frames is left to `transfer-receiver.ts`.
 *
 *   offset  type   what
 *   0       u32be  length of type and payload together
 *   4       u8     type
 *   5       …      payload; all integers are unsigned and big-endian
 *
 *   type           payload
 *   0x01  TICKET   32 bytes                       dialler → listener, first
 *   0x02  BEGIN    u32 entry, u64 held, u64 size     sender → receiver
 *   0x03  DATA     u64 offset, 1 … 1 MiB of bytes    sender → receiver
 *   0x04  END      u32 entry, 32 bytes of BLAKE3     sender → receiver
 *   0x05  ABORT    u32 entry, code                   sender → receiver
 *   0x11  DURABLE  u32 entry, u64 offset             receiver → sender
 *   0x12  SAVED    u32 entry, UTF-8 name             receiver → sender
 *   0x13  FAILED   u32 entry, code                   receiver → sender
 *   0x14  HELD     u32 entry, u8 flags, n × 32 bytes of BLAKE3   receiver → sender
 *
 * Flags of HELD: bit 0, more of this entry follows (not without a hash); no others.
 * A code is 1 … 40 ASCII letters. Numbers above 2^53 - 1 are refused.
 */
export const laneTypes = {
	ticket: 0x01,
	begin: 0x02,
	data: 0x03,
	end: 0x04,
	abort: 0x05,
	durable: 0x11,
	saved: 0x12,
	failed: 0x13,
	held: 0x14,
} as const;

export const ticketBytes = 32;
export const digestBytes = 32;
/** The size in the BEGIN of a stream. */
export const unknownSize = Number.MAX_SAFE_INTEGER;
/** The code in FAILED for an entry that is not the finished file that the receiver has. */
export const differsCode = 'differs';
/** In one frame of HELD. */
export const hashesPerHeld = 127;

export type LaneFrame =
	| {readonly kind: 'ticket'; readonly ticket: Uint8Array}
	| ({readonly kind: 'begin'} & Begin)
	/** A piece of a DATA frame: `offset` is the place of its first byte in the file. */
	| {
			readonly kind: 'data';
			readonly offset: number;
			readonly bytes: Uint8Array;
	  }
	| ({readonly kind: 'end'} & End)
	| ({readonly kind: 'abort'} & Code)
	| ({readonly kind: 'durable'} & Durable)
	| ({readonly kind: 'saved'} & Saved)
	| ({readonly kind: 'failed'} & Code)
	| ({readonly kind: 'held'} & Held);

interface Begin {
	readonly entry: number;
	/** Bytes that the receiver has and that will not be sent. */
	readonly held: number;
	/** Of a stream: `unknownSize`. */
	readonly size: number;
}

interface End {
	readonly entry: number;
	readonly digest: Uint8Array;
}

interface Durable {
	readonly entry: number;
	readonly offset: number;
}

interface Saved {
	readonly entry: number;
	/** As the receiver says it: not safe to show. */
	readonly name: string;
}

interface Held {
	readonly entry: number;
	readonly more: boolean;
	/** A whole number of hashes; none only where no more follow. */
	readonly hashes: Uint8Array;
}

interface Code {
	readonly entry: number;
	readonly code: string;
}

export const laneHeaderBytes = 5;
const encoder = new TextEncoder();

export function encodeTicket(ticket: Uint8Array): Uint8Array {
	return build(laneTypes.ticket, ticket.length, view => {
		putBytes(view, 0, ticket);
	});
}

export function encodeBegin({entry, held, size}: Begin): Uint8Array {
	return build(laneTypes.begin, 20, view => {
		view.setUint32(0, entry);
		view.setBigUint64(4, BigInt(held));
		view.setBigUint64(12, BigInt(size));
	});
}

/** The 13 bytes that stand before `lengthBytes` of file data, which follow uncopied. */
export function encodeDataHeader(
	offset: number,
	lengthBytes: number,
): Uint8Array {
	const header = new Uint8Array(laneHeaderBytes + 8);
	const view = new DataView(header.buffer);
	view.setUint32(0, 1 + 8 + lengthBytes);
	header[4] = laneTypes.data;
	view.setUint32(5, Math.floor(offset / 2 ** 32));
	view.setUint32(9, offset % 2 ** 32);
	return header;
}

export function encodeEnd({entry, digest}: End): Uint8Array {
	return build(laneTypes.end, 4 + digest.length, view => {
		view.setUint32(0, entry);
		putBytes(view, 4, digest);
	});
}

export function encodeAbort({entry, code}: Code): Uint8Array {
	return entryAndText(laneTypes.abort, entry, code);
}

export function encodeDurable({entry, offset}: Durable): Uint8Array {
	return build(laneTypes.durable, 12, view => {
		view.setUint32(0, entry);
		view.setBigUint64(4, BigInt(offset));
	});
}

export function encodeSaved({entry, name}: Saved): Uint8Array {
	return entryAndText(laneTypes.saved, entry, name);
}

export function encodeFailed({entry, code}: Code): Uint8Array {
	return entryAndText(laneTypes.failed, entry, code);
}

/** The frames of HELD that say all of these hashes, 32 bytes each; one where there are none. */
export function encodeHeld(entry: number, hashes: Uint8Array): Uint8Array[] {
	const frames: Uint8Array[] = [];
	const step = hashesPerHeld * digestBytes;
	for (let start = 0; start === 0 || start < hashes.length; start += step) {
		const piece = hashes.subarray(start, start + step);
		const more = start + step < hashes.length;
		frames.push(
			build(laneTypes.held, 5 + piece.length, view => {
				view.setUint32(0, entry);
				view.setUint8(4, more ? 1 : 0);
				putBytes(view, 5, piece);
			}),
		);
	}

	return frames;
}

function build(
	type: number,
	payloadBytes: number,
	fill: (view: DataView) => void,
): Uint8Array {
	const frame = new Uint8Array(laneHeaderBytes + payloadBytes);
	new DataView(frame.buffer).setUint32(0, 1 + payloadBytes);
	frame[4] = type;
	fill(new DataView(frame.buffer, laneHeaderBytes));
	return frame;
}

function putBytes(view: DataView, offset: number, bytes: Uint8Array): void {
	new Uint8Array(view.buffer, view.byteOffset + offset).set(bytes);
}

function entryAndText(type: number, entry: number, text: string): Uint8Array {
	const bytes = encoder.encode(text);
	return build(type, 4 + bytes.length, view => {
		view.setUint32(0, entry);
		putBytes(view, 4, bytes);
	});
}
