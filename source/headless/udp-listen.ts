/** `sockterm udp listen`: datagrams that come to one port, as lines or as NDJSON, until it is stopped. */
import {
	formatAddress,
	type Command,
	type EngineEvent,
	type SequenceMeter,
} from '../engine/index.js';
import {describeError, strings} from '../strings/index.js';
import {describeDatagram} from './datagram-fields.js';
import type {Verb, VerbContext} from './verb.js';

export interface UdpListenOptions {
	readonly port: number;
	readonly host?: string;
	/** `GROUP`, or `GROUP%nic`. */
	readonly groups: readonly string[];
	/** Of payloads that are not UTF-8. */
	readonly encoding?: string;
	/** Every payload as hex. */
	readonly hex: boolean;
	readonly meter?: SequenceMeter;
}

export function createUdpListenVerb(options: UdpListenOptions): Verb {
	const {port, host, groups, encoding, hex, meter} = options;
	const words = strings.cli.udp;
	let untold = 0;
	let toldDropped = 0;

	const begin = (): Command[] => [
		...(encoding === undefined
			? []
			: [{type: 'datagram/setEncoding' as const, encoding}]),
		...(meter ? [{type: 'datagram/setMeter' as const, meter}] : []),
		{
			type: 'listener/open',
			kind: 'udp',
			port,
			...(host === undefined ? {} : {host}),
		},
	];

	/** What is not shown is told of, at most once a second. */
	const countDropped = (
		{output}: VerbContext,
		{droppedByUs}: Extract<EngineEvent, {type: 'datagram/counted'}>,
	) => {
		untold = droppedByUs - toldDropped;
		if (untold === 0) return;
		toldDropped = droppedByUs;
		output.note(words.notShown(untold));
	};

	return {
		start({engine}) {
			for (const command of begin()) engine.dispatch(command);
		},
		event(context, event) {
			const {engine, output, json} = context;
			switch (event.type) {
				case 'listener/bound': {
					const {listener} = event;
					const where = strings.cli.listening('udp', formatAddress(event));
					if (!json) output.line(where);
					for (const group of groups) {
						engine.dispatch({type: 'datagram/join', group, listener});
					}

					break;
				}

				case 'datagram/received': {
					if (!json)
						output.line(describeDatagram(engine.getState(), event, hex));
					break;
				}

				case 'datagram/joined': {
					output.note(words.joined(event.group, event.on));
					break;
				}

				case 'datagram/left': {
					if (event.error) output.note(describeError(event.error));
					break;
				}

				case 'datagram/counted': {
					countDropped(context, event);
					break;
				}

				case 'listener/failed': {
					context.fail(event.error);
					break;
				}

				default: {
					break;
				}
			}
		},
		interrupted({engine, json}) {
			const {sources} = engine.getState().datagrams;
			if (json || !meter) return undefined;
			const lines = sources
				.values()
				.flatMap(({from, meter: counts}) =>
					counts ? [words.measured(formatAddress(from), counts)] : [],
				);
			return [...lines, strings.cli.interrupted].join('\n');
		},
	};
}
