/**
 * Cuts a byte stream into control frames. Decides only where a frame ends and
 * whether its length is allowed; types and payloads are left to
 * `message-codec.ts`.
 *
 * Invariants: a length is judged as soon as its four bytes are there, before
 * anything of the frame is kept; at most one unfinished frame is held; every
 * byte is looked at once, and what comes out is the same, however it is split: a
 * frame before a bad one comes out in any case. After an error the decoder is
 * dead and throws the same error again.
 */
import {SocktermError} from '../errors.js';
import {createByteBuffer} from './byte-buffer.js';
import {frameHeaderBytes} from './frame.js';
import type {Frame} from './frame.js';

export interface FrameDecoder {
	/**
	 * Emits the frames that these bytes complete, in order; payloads may be views of `bytes`.
	 * Throws frameTooLong {lengthBytes, limitBytes}, protocolViolation {what: 'emptyFrame'}.
	 */
	push(bytes: Uint8Array, emit: (frame: Frame) => void): void;
	/** The longest frame (type and payload, in bytes) from the next header on. */
	setLimit(maxFrameBytes: number): void;
}

/**
 * `maxFrameBytes` limits the first frame. `laterFrameBytes`, where given, takes its
 * place from the second frame on: a long frame may stand in the same push as the
 * HELLO before it, where `setLimit` would come too late.
 */
export function createFrameDecoder(
	maxFrameBytes: number,
	laterFrameBytes = maxFrameBytes,
): FrameDecoder {
	const body = createByteBuffer();
	let limitBytes = maxFrameBytes;
	let nextLimitBytes = laterFrameBytes;
	let header = 0;
	let headerFilled = 0;
	let failure: SocktermError | undefined;

	const checkLength = (lengthBytes: number) => {
		if (lengthBytes === 0) {
			failure = new SocktermError('protocolViolation', {what: 'emptyFrame'});
		} else if (lengthBytes > limitBytes) {
			failure = new SocktermError('frameTooLong', {lengthBytes, limitBytes});
		}

		if (failure) throw failure;
	};

	return {
		push(bytes, emit) {
			if (failure) throw failure;
			let at = 0;
			while (at < bytes.length) {
				if (headerFilled < frameHeaderBytes) {
					header = header * 256 + bytes[at++]!;
					if (++headerFilled === frameHeaderBytes) checkLength(header);
					continue;
				}

				const end = Math.min(at + header - body.length, bytes.length);
				let whole: Uint8Array;
				if (body.length === 0 && end - at === header) {
					whole = bytes.subarray(at, end);
				} else {
					body.append(bytes, at, end);
					if (body.length < header) break;
					whole = body.take();
				}

				at = end;
				header = 0;
				headerFilled = 0;
				limitBytes = nextLimitBytes;
				emit({type: whole[0]!, payload: whole.subarray(1)});
			}
		},
		setLimit(maxFrameBytes) {
			limitBytes = maxFrameBytes;
			nextLimitBytes = maxFrameBytes;
		},
	};
}
