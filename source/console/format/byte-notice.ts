import type {EngineEvent, EngineState, PeerKey} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {formatSize} from '../../util/quantities.js';
import type {Notice} from '../store.js';

type ByteEvent = Extract<
	EngineEvent,
	{type: 'stream/repeatEnded' | 'stream/fileEnded' | 'notebook/changed'}
>;

/** What is worth a sentence when bytes were sent by themselves, or what is kept could not be read. */
export function byteNotice(
	event: ByteEvent,
	{peers}: Pick<EngineState, 'peers'>,
): Notice | undefined {
	const {repeat, file} = strings.input.bytes;
	const {error} = event;
	const why = error ? describeError(error) : undefined;
	const nameOf = (peer: PeerKey) => peers.get(peer)?.name ?? peer;
	switch (event.type) {
		case 'stream/repeatEnded': {
			const {sent} = event;
			const name = nameOf(event.peer);
			return why === undefined
				? {tone: 'good', text: repeat.ended(name, sent)}
				: {tone: 'bad', text: repeat.failed(name, sent, why)};
		}

		case 'stream/fileEnded': {
			const name = nameOf(event.peer);
			const size = formatSize(event.sentBytes);
			return why === undefined
				? {tone: 'good', text: file.sent(event.name, size, name)}
				: {tone: 'bad', text: file.failed(event.name, size, name, why)};
		}

		case 'notebook/changed': {
			return why === undefined ? undefined : {tone: 'bad', text: why};
		}
	}
}
