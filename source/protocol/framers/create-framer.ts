/** The framer of a framing. What each decides stands in its own file. */
import type {Framer} from '../framer.js';
import type {Framing} from '../framing.js';
import {createChunksFramer} from './chunks-framer.js';
import {createDelimiterFramer} from './delimiter-framer.js';
import {createFixedFramer} from './fixed-framer.js';
import {createIdleFramer} from './idle-framer.js';
import {createLengthFramer} from './length-framer.js';
import type {LineText} from './line-endings.js';
import {createLinesFramer} from './lines-framer.js';

export type {CodeUnit, LineText} from './line-endings.js';

/** `text` says how bytes make characters, for lines: they end, and break, between characters. */
export function createFramer(framing: Framing, text?: LineText): Framer {
	switch (framing.kind) {
		case 'chunks': {
			return createChunksFramer();
		}

		case 'lines': {
			return createLinesFramer(framing.ending, text);
		}

		case 'delimiter': {
			return createDelimiterFramer(framing.delimiter);
		}

		case 'length': {
			return createLengthFramer(framing);
		}

		case 'fixed': {
			return createFixedFramer(framing.bytes);
		}

		case 'idle': {
			return createIdleFramer(framing.gapMs);
		}
	}
}
