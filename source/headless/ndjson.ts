/** Engine events as NDJSON: one object a line, versioned, nothing else on stdout. */
import type {EngineEvent} from '../engine/index.js';
import type {ErrorInfo} from '../errors.js';
import {describeError} from '../strings/index.js';

const version = 1;

const withSentence = (error: ErrorInfo) => ({
	code: error.code,
	blame: error.blame,
	details: error.details,
	message: describeError(error),
});

/** One line, with its end. Errors carry the sentence that a person would read. */
export function toNdjson(event: EngineEvent): string {
	const {at, type, ...rest} = event;
	const body: Record<string, unknown> = {...rest};
	for (const [key, value] of Object.entries(body)) {
		if (key === 'error') body[key] = withSentence(value as ErrorInfo);
	}

	if (event.type === 'transfer/offered') {
		body['entries'] = event.entries.map(({refused, ...entry}) => ({
			...entry,
			...(refused ? {refused: withSentence(refused)} : {}),
		}));
	}

	if (event.type === 'datagram/received') {
		const {kind, text} = event.content;
		delete body['content'];
		body[kind] = text;
	}

	if (event.type === 'transfer/finished' && event.outcome.kind === 'failed') {
		body['outcome'] = {
			...event.outcome,
			error: withSentence(event.outcome.error),
		};
	}

	return `${JSON.stringify({v: version, at: new Date(at).toISOString(), type, ...body})}\n`;
}
