/**
 * Control frames on the wire, and nothing about their meaning.
 *
 *   offset  type   what
 *   0       u32be  length of type and payload together (1 … limit)
 *   4       u8     type; the high bit marks a critical type
 *   5       …      payload, UTF-8 JSON
 */
export interface Frame {
	readonly type: number;
	readonly payload: Uint8Array;
}

export const frameHeaderBytes = 4;
/** What stands in front of a payload. */
export const headBytes = frameHeaderBytes + 1;
/** An unknown type with this bit ends the session; without it the frame is skipped. */
export const criticalBit = 0x80;

/** One whole frame; `type` is 0 … 255. Limits are the caller's business. */
export function encodeFrame(type: number, payload: Uint8Array): Uint8Array {
	const frame = new Uint8Array(headBytes + payload.length);
	new DataView(frame.buffer).setUint32(0, 1 + payload.length);
	frame[frameHeaderBytes] = type;
	frame.set(payload, headBytes);
	return frame;
}
