/**
 * Makes bytes of a template: text is encoded, lengths are counted, checksums are
 * computed over all that stands before them. Pure; the same template, number and
 * time give the same bytes. What a number has no room for is an error where it is
 * a length, and begins anew at 0 where it counts.
 */
import {SocktermError} from '../errors.js';
import {concatBytes} from '../util/bytes.js';
import type {BytePart, ByteTemplate} from './byte-template.js';
import type {NumberFormat} from './byte-tokens.js';
import type {Checksum} from './checksums.js';

export interface RenderOptions {
	/** What `$seq` becomes. */
	readonly seq: number;
	/** What `$ts` becomes, in ms since 1970. */
	readonly nowMs: number;
	/** Text in the encoding of the receiver; may throw notEncodable. */
	encode(text: string): Uint8Array;
}

type Late = Extract<BytePart, {kind: 'length' | 'checksum'}>;

/** Throws lengthDoesNotFit {lengthBytes, format}, and what `encode` throws. */
export function renderByteTemplate(
	template: ByteTemplate,
	options: RenderOptions,
): Uint8Array {
	const encoded = new Map<string, Uint8Array>();
	/** A counter and a time are the same text wherever they stand. */
	const encode = (text: string) => {
		const known = encoded.get(text) ?? options.encode(text);
		encoded.set(text, known);
		return known;
	};

	const pieces = template.map(part => renderNow(part, {...options, encode}));
	let following = 0;
	for (const [index, part] of [...template.entries()].toReversed()) {
		if (part.kind === 'length') {
			const lengthBytes = following + part.plus;
			const mostBytes = 2 ** (8 * part.format.bytes) - 1;
			if (lengthBytes > mostBytes) {
				throw new SocktermError('lengthDoesNotFit', {lengthBytes, mostBytes});
			}

			write(pieces[index]!, lengthBytes, part.format);
		}

		following += pieces[index]!.length;
	}

	writeChecksums(template, pieces);
	// One piece may be a constant of the encoder: what is given away is a copy.
	return pieces.length === 1 ? pieces[0]!.slice() : concatBytes(pieces);
}

/** Each byte is added to each kind of checksum once, however many of them there are. */
function writeChecksums(
	template: ByteTemplate,
	pieces: readonly Uint8Array[],
): void {
	const rests = new Map<Checksum, number>();
	for (const part of template) {
		if (part.kind === 'checksum')
			rests.set(part.checksum, part.checksum.initial);
	}

	if (rests.size === 0) return;
	for (const [index, part] of template.entries()) {
		const piece = pieces[index]!;
		if (part.kind === 'checksum') {
			const {checksum, endian} = part;
			const value = checksum.finish(rests.get(checksum)!);
			write(piece, value, {bytes: checksum.bytes, endian});
		}

		for (const [checksum, rest] of rests)
			rests.set(checksum, checksum.add(rest, piece));
	}
}

/** The bytes of a part; those that depend on others are written later. */
function renderNow(part: BytePart, options: RenderOptions): Uint8Array {
	switch (part.kind) {
		case 'bytes': {
			return Uint8Array.from(part.bytes);
		}

		case 'text': {
			return options.encode(part.text);
		}

		case 'sequence': {
			const {format} = part;
			return format === 'text'
				? options.encode(String(options.seq))
				: write(new Uint8Array(format.bytes), options.seq, format);
		}

		case 'time': {
			const {format} = part;
			const {nowMs} = options;
			if (format === 'text')
				return options.encode(new Date(nowMs).toISOString());
			const value = format.bytes === 8 ? nowMs : Math.floor(nowMs / 1000);
			return write(new Uint8Array(format.bytes), value, format);
		}

		default: {
			return new Uint8Array(widthOf(part));
		}
	}
}

const widthOf = (part: Late): number =>
	part.kind === 'length' ? part.format.bytes : part.checksum.bytes;

/** Writes the lowest bytes of a whole number up to 2^53. */
function write(
	into: Uint8Array,
	value: number,
	{bytes, endian}: Pick<NumberFormat, 'endian'> & {readonly bytes: number},
): Uint8Array {
	let rest = value;
	for (let index = 0; index < bytes; index++) {
		into[endian === 'little' ? index : bytes - 1 - index] = rest % 256;
		rest = Math.floor(rest / 256);
	}

	return into;
}
