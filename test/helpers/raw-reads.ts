/** What an engine says about reads of a raw peer: bytes, and the cuts that its framing makes in them. */
import {createFramer} from '../../source/protocol/framers/create-framer.js';
import {
	defaultFraming,
	packCuts,
	type Framing,
} from '../../source/protocol/framing.js';
import type {EventBody} from '../../source/engine/index.js';
import {bytesOf} from './byte-rows.js';
import {peerKey} from './fake-engine.js';

/** One event for each read, in order; the first call is the beginning of a conversation. */
export function rawFeed(
	peer: string,
	framing: Framing = defaultFraming,
): (...reads: ReadonlyArray<string | readonly number[]>) => EventBody[] {
	const framer = createFramer(framing);
	return (...reads) =>
		reads.map((read): EventBody => {
			const bytes = bytesOf(read);
			const cuts = packCuts(framer.push(bytes, 0));
			const {of} = framer.unfinished();
			return {
				type: 'stream/received',
				peer: peerKey(peer),
				bytes,
				cuts,
				...(of === undefined ? {} : {unfinishedOf: of}),
			};
		});
}
