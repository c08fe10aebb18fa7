/** Engine events as NDJSON: one object a line, versioned, nothing else on stdout. */
import {
	createFrameReader,
	linesOf,
	type EngineEvent,
	type EngineState,
} from '../engine/index.js';
import type {ErrorInfo} from '../errors.js';
import {describeErrorInEnglish} from '../strings/index.js';
import {toHex} from '../util/bytes.js';
import {datagramFields, plainSource} from './datagram-fields.js';
import {framingFields, saidFields} from './stream-fields.js';

const version = 1;

const withSentence = (error: ErrorInfo) => ({
	code: error.code,
	blame: error.blame,
	details: error.details,
	message: describeErrorInEnglish(error),
});

const lineOf = (at: number, type: string, body: object) =>
	`${JSON.stringify({v: version, at: new Date(at).toISOString(), type, ...body})}\n`;

/** The lines of events, one after the other: each event has one, and a read of a raw conversation one for each message. */
export function createNdjson(): (
	event: EngineEvent,
	state: EngineState,
) => string {
	const reader = createFrameReader();
	return (event, state) => {
		const frames = reader.read(event, state);
		if (event.type !== 'stream/received') return toNdjson(event, state);
		return frames
			.map(frame => lineOf(event.at, 'chat/received', saidFields(frame)))
			.join('');
	};
}

/** One line, with its end. Errors carry a sentence, in English whatever the language is. */
export function toNdjson(event: EngineEvent, state: EngineState): string {
	const {at, type, ...rest} = event;
	const body: Record<string, unknown> = {...rest};
	for (const [key, value] of Object.entries(body)) {
		if (key === 'error') body[key] = withSentence(value as ErrorInfo);
		// Bytes as hex, and never as a list of numbers.
		if (!(value instanceof Uint8Array)) continue;
		delete body[key];
		if (event.type !== 'chat/sent') body['hex'] = toHex(value);
	}

	Object.assign(body, framingFields(event));

	if (event.type === 'chat/received' || event.type === 'chat/sent') {
		const lines = linesOf(event.text);
		if (lines.length > 1) body['lines'] = lines;
	}

	if (event.type === 'transfer/offered') {
		body['entries'] = event.entries.map(({refused, ...entry}) => ({
			...entry,
			...(refused ? {refused: withSentence(refused)} : {}),
		}));
	}

	if (event.type === 'datagram/received' || event.type === 'datagram/sent') {
		delete body['hex'];
		Object.assign(body, datagramFields(state, event.bytes));
	}

	if (event.type === 'datagram/sourcesCounted') {
		body['sources'] = event.sources.map(plainSource);
	}

	if (event.type === 'transfer/finished' && event.outcome.kind === 'failed') {
		body['outcome'] = {
			...event.outcome,
			error: withSentence(event.outcome.error),
		};
	}

	return lineOf(at, type, body);
}
