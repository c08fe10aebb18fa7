/** Raw conversations as NDJSON tells of them: a message each, and bytes as text or hex. */
import {
	formatFraming,
	type EngineEvent,
	type Framing,
	type SaidFrame,
	type Sending,
} from '../engine/index.js';
import {toHex} from '../util/bytes.js';

/** As `chat/received` of an encrypted peer, with how it ended, and the bytes where they are no text. */
export function saidFields(frame: SaidFrame): Record<string, unknown> {
	const {peer, text, content, ending, isText} = frame;
	return {
		peer,
		text,
		sizeBytes: content.length,
		ending,
		// It had no end of its own when it was shown.
		...(ending === 'forced' || ending === 'quiet' ? {unfinished: true} : {}),
		...(isText ? {} : {hex: toHex(content)}),
	};
}

const sendingFields = ({framing, paceMs}: Sending) => ({
	framing: formatFraming(framing),
	paceMs,
});

/** Framings as people type them: a delimiter is bytes, and JSON has none. */
export function framingFields(event: EngineEvent): Record<string, unknown> {
	switch (event.type) {
		case 'stream/framingChanged': {
			return {framing: formatFraming(event.framing)};
		}

		case 'stream/sendingChanged': {
			return {sending: sendingFields(event.sending)};
		}

		case 'listener/bound':
		case 'listener/changed': {
			const {options} = event;
			return options ? {options: withFramingText(options)} : {};
		}

		default: {
			return {};
		}
	}
}

const withFramingText = (options: {readonly framing?: Framing}) => ({
	...options,
	...(options.framing ? {framing: formatFraming(options.framing)} : {}),
});
