import type {Frame} from '../../source/protocol/frame.js';
import type {FrameDecoder} from '../../source/protocol/frame-decoder.js';

/** The frames that these bytes complete; throws what the decoder throws. */
export function framesOf(decoder: FrameDecoder, bytes: Uint8Array): Frame[] {
	const frames: Frame[] = [];
	decoder.push(bytes, frame => {
		frames.push(frame);
	});
	return frames;
}
