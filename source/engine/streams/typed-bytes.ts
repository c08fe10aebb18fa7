/** A typed line as the bytes that a plain peer is sent. */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import {
	countsUp,
	parseByteTemplate,
	renderByteTemplate,
} from '../../protocol/byte-template.js';
import {encodeText} from '../../protocol/text-decoding.js';
import type {EngineContext} from '../context.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {RawSession} from './raw-session.js';
import type {ByteNotation} from './stream-commands.js';

export interface TypedBytes {
	/** Each rendering takes a number of its own. */
	readonly countsUp: boolean;
	/**
	 * In the encoding of that peer, at this moment; text framed as lines to it are. Throws
	 * nothingToSend, notEncodable, lengthDoesNotFit, frameTooLongToSend, frameOfOtherSize.
	 */
	render(entry: PeerEntry, session: RawSession, seq: number): Uint8Array;
}

/** Reads a line once, to be rendered often. Throws what `parseByteTemplate` throws, and messageTooLong. */
export function createTypedBytes(
	{ports}: EngineContext,
	line: string,
	notation: ByteNotation,
): TypedBytes {
	if (line.length > limits.inputCharacters) {
		throw new SocktermError('messageTooLong', {
			lengthBytes: line.length,
			limitBytes: limits.inputCharacters,
		});
	}

	const template = parseByteTemplate(line, notation);
	return {
		countsUp: countsUp(template),
		render(_entry, session, seq) {
			if (line === '') throw new SocktermError('nothingToSend');
			// Text is a line as if it had been typed, with whatever ends it.
			if (notation === 'text') return session.encodeLine(line);
			const encoding = session.encoding();
			const bytes = renderByteTemplate(template, {
				seq,
				nowMs: ports.clock.now(),
				encode: text => encodeText(text, encoding),
			});
			if (bytes.length === 0) throw new SocktermError('nothingToSend');
			return bytes;
		},
	};
}
