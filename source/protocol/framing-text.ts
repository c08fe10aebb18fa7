/**
 * Framings as people type them, and back: `lines crlf`, `delimiter 0d0a`,
 * `length u32be +self @4`, `fixed 16`, `idle 50ms`. Decides what is a framing at
 * all; what one does is left to the framers.
 *
 * Invariant: what is formatted is parsed to the same framing.
 */
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {formatDelimiter, parseDelimiter} from './delimiter-text.js';
import type {Framing, LineEnding} from './framing.js';
import {formatLength, parseLength} from './length-text.js';

/** What is wrong: which part is not as it must be. */
type Part = 'kind' | 'lines' | 'delimiter' | 'length' | 'fixed' | 'idle';

const bad = (text: string, part: Part) =>
	new SocktermError('badFraming', {text, part});

const longestGapMs = 60_000;
const longestDelimiter = 64;
const longestOffset = 4_096;

/** Throws badFraming {text, part}. */
export function parseFraming(text: string): Framing {
	const trimmed = text.trim();
	const [, kind = '', rest = ''] = /^(\S*)\s*(.*)$/su.exec(trimmed) ?? [];
	const framing = parseKind(kind.toLowerCase(), rest, trimmed);
	return checkFraming(framing, trimmed);
}

function parseKind(kind: string, rest: string, text: string): Framing {
	switch (kind) {
		case 'chunks': {
			if (rest !== '') throw bad(text, 'kind');
			return {kind};
		}

		case 'lines': {
			const ending = rest === '' ? 'any' : rest.toLowerCase();
			if (!isLineEnding(ending)) throw bad(text, kind);
			return {kind, ending};
		}

		case 'delimiter': {
			const delimiter = parseDelimiter(rest);
			if (!delimiter) throw bad(text, kind);
			return {kind, delimiter};
		}

		case 'length': {
			const length = parseLength(rest);
			if (!length) throw bad(text, kind);
			return {kind, ...length};
		}

		case 'fixed': {
			return {kind, bytes: /^\d{1,9}$/.test(rest) ? Number(rest) : 0};
		}

		case 'idle': {
			const [, number, unit] = /^(\d{1,6})\s*(ms|s)?$/i.exec(rest) ?? [];
			const factor = unit?.toLowerCase() === 's' ? 1000 : 1;
			return {kind, gapMs: Number(number ?? 0) * factor};
		}

		default: {
			throw bad(text, 'kind');
		}
	}
}

/** The framing, where its numbers make sense. Throws badFraming {text, part}. */
export function checkFraming(
	framing: Framing,
	text: string = framing.kind,
): Framing {
	const isWithin = (value: number, least: number, most: number) =>
		Number.isInteger(value) && value >= least && value <= most;
	const isGood = () => {
		switch (framing.kind) {
			case 'chunks': {
				return true;
			}

			case 'lines': {
				return isLineEnding(framing.ending);
			}

			case 'delimiter': {
				const {delimiter} = framing;
				return (
					isWithin(delimiter.length, 1, longestDelimiter) &&
					delimiter.every(byte => isWithin(byte, 0, 255))
				);
			}

			case 'length': {
				const {bytes, offset} = framing;
				return (
					[1, 2, 4, 8].includes(bytes) && isWithin(offset, 0, longestOffset)
				);
			}

			case 'fixed': {
				return isWithin(framing.bytes, 1, limits.rawFrameBytes);
			}

			case 'idle': {
				return isWithin(framing.gapMs, 1, longestGapMs);
			}
		}
	};

	if (!isGood()) {
		throw bad(text, framing.kind === 'chunks' ? 'kind' : framing.kind);
	}

	return framing;
}

export function formatFraming(framing: Framing): string {
	switch (framing.kind) {
		case 'chunks': {
			return 'chunks';
		}

		case 'lines': {
			return framing.ending === 'any' ? 'lines' : `lines ${framing.ending}`;
		}

		case 'delimiter': {
			return `delimiter ${formatDelimiter(framing.delimiter)}`;
		}

		case 'length': {
			return `length ${formatLength(framing)}`;
		}

		case 'fixed': {
			return `fixed ${framing.bytes}`;
		}

		case 'idle': {
			return `idle ${framing.gapMs}ms`;
		}
	}
}

const isLineEnding = (text: string): text is LineEnding =>
	['any', 'lf', 'crlf', 'cr'].includes(text);
