/**
 * Cuts a lane's byte stream into frames. File data is passed on as it arrives,
 * as views of what was pushed; all other frames are small and are emitted whole.
 * Decides where a frame ends and whether its length is allowed; order and sizes
 * are left to `transfer-receiver.ts`.
 *
 * Invariants: nothing of a DATA frame is copied or kept; of other frames at most
 * 4 KiB are held; the state is advanced before `emit` is called. After an error
 * the decoder is dead and throws the same error again.
 */
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {createByteBuffer} from './byte-buffer.js';
import {laneHeaderBytes, laneTypes} from './lane-frames.js';
import type {LaneFrame} from './lane-frames.js';
import {parseLaneFrame, u64} from './lane-parser.js';

export interface LaneDecoder {
	/**
	 * Emits what these bytes complete, in order; a DATA frame in as many pieces as it takes.
	 * Throws frameTooLong {lengthBytes, limitBytes} and protocolViolation {what}.
	 */
	push(bytes: Uint8Array, emit: (frame: LaneFrame) => void): void;
}

const smallFrameBytes = 4096;
const offsetBytes = 8;

class StreamingLaneDecoder implements LaneDecoder {
	readonly #body = createByteBuffer();
	#failure: unknown;
	/** Bytes of header seen: 5 of every frame, then 8 of offset where it is DATA. */
	#headerFilled = 0;
	#length = 0;
	#type = 0;
	#offsetHigh = 0;
	#offsetLow = 0;
	/** Bytes of the frame that have not come yet, once its header is whole. */
	#left = 0;
	/** Place in the file of the next byte of data. */
	#offset = 0;

	push(bytes: Uint8Array, emit: (frame: LaneFrame) => void): void {
		if (this.#failure !== undefined) throw this.#failure;
		try {
			let at = 0;
			while (at < bytes.length) {
				at =
					this.#left > 0
						? this.#takeBody(bytes, at, emit)
						: this.#takeHeader(bytes, at);
			}
		} catch (error) {
			this.#failure = error;
			throw error;
		}
	}

	#takeHeader(bytes: Uint8Array, start: number): number {
		for (let at = start; at < bytes.length;) {
			const byte = bytes[at++]!;
			const filled = ++this.#headerFilled;
			if (filled < laneHeaderBytes) {
				this.#length = this.#length * 256 + byte;
			} else if (filled === laneHeaderBytes) {
				this.#type = byte;
				this.#checkLength();
				if (byte !== laneTypes.data) {
					this.#left = this.#length - 1;
					return at;
				}
			} else if (filled <= laneHeaderBytes + offsetBytes / 2) {
				this.#offsetHigh = this.#offsetHigh * 256 + byte;
			} else {
				this.#offsetLow = this.#offsetLow * 256 + byte;
			}

			if (filled === laneHeaderBytes + offsetBytes) {
				this.#offset = u64(this.#offsetHigh, this.#offsetLow);
				this.#left = this.#length - 1 - offsetBytes;
				// The last byte must have a place that a number can say exactly.
				if (this.#left > Number.MAX_SAFE_INTEGER - this.#offset) {
					throw new SocktermError('protocolViolation', {
						what: 'numberTooLarge',
					});
				}

				return at;
			}
		}

		return bytes.length;
	}

	/** The type decides the limit, so a length is judged together with the byte after it. */
	#checkLength(): void {
		const isData = this.#type === laneTypes.data;
		const limitBytes = isData
			? 1 + offsetBytes + limits.laneFrameBytes
			: smallFrameBytes;
		if (this.#length > limitBytes) {
			throw new SocktermError('frameTooLong', {
				lengthBytes: this.#length,
				limitBytes,
			});
		}

		// No frame is without a payload, and none of DATA without data.
		if (this.#length < (isData ? 1 + offsetBytes + 1 : 2)) {
			throw new SocktermError('protocolViolation', {what: 'emptyFrame'});
		}
	}

	#takeBody(
		bytes: Uint8Array,
		start: number,
		emit: (frame: LaneFrame) => void,
	): number {
		const end = Math.min(start + this.#left, bytes.length);
		this.#left -= end - start;
		if (this.#type === laneTypes.data) {
			const offset = this.#offset;
			this.#offset += end - start;
			if (this.#left === 0) this.#startHeader();
			emit({kind: 'data', offset, bytes: bytes.subarray(start, end)});
			return end;
		}

		this.#body.append(bytes, start, end);
		if (this.#left === 0) {
			const type = this.#type;
			this.#startHeader();
			emit(parseLaneFrame(type, this.#body.take()));
		}

		return end;
	}

	#startHeader(): void {
		this.#headerFilled = 0;
		this.#length = 0;
		this.#offsetHigh = 0;
		this.#offsetLow = 0;
	}
}

export function createLaneDecoder(): LaneDecoder {
	return new StreamingLaneDecoder();
}
