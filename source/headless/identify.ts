/** `sockterm id`: who we are, for others to compare. */
import {formatPeerId} from '../engine/index.js';
import {exitCodes} from './exit-codes.js';
import type {Verb} from './verb.js';

export function createIdVerb(): Verb {
	return {
		start: () => undefined,
		event({json, output, finish}, event) {
			if (event.type !== 'self/changed') return;
			if (!json) output.line(formatPeerId(event.peerId));
			finish(exitCodes.done);
		},
	};
}
