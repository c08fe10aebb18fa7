/** What is said, until the next key, when something about datagrams has changed. */
import {formatMeter, type EngineEvent} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import type {Notice} from '../store.js';

type Event = Extract<
	EngineEvent,
	{
		type:
			| 'datagram/joined'
			| 'datagram/left'
			| 'datagram/meterChanged'
			| 'datagram/encodingChanged';
	}
>;

export function datagramNotice(event: Event): Notice {
	const words = strings.input.datagrams;
	switch (event.type) {
		case 'datagram/joined': {
			return {tone: 'good', text: words.joined(event.group, event.on)};
		}

		case 'datagram/left': {
			const {error, group, on} = event;
			return error
				? {tone: 'bad', text: describeError(error)}
				: {tone: 'good', text: words.left(group, on)};
		}

		case 'datagram/meterChanged': {
			const {meter} = event;
			const text = meter ? words.meterIs(formatMeter(meter)) : words.noMeter;
			return {tone: 'good', text};
		}

		case 'datagram/encodingChanged': {
			return {tone: 'good', text: words.encodingIs(event.encoding)};
		}
	}
}
