/** How bytes in an encoding make characters, as the framer of lines must know it. */
import type {LineText} from './framers/create-framer.js';
import {codeUnitOf, incompleteTailBytes} from './text-decoding.js';

/** Of bytes that are read as UTF-8, else in the fallback. Throws encodingUnknown {encoding}. */
export function lineTextOf(fallback: string): LineText {
	const unit = codeUnitOf(fallback);
	return {
		...(unit ? {unit} : {}),
		incompleteTail: bytes => incompleteTailBytes(bytes, fallback),
	};
}
