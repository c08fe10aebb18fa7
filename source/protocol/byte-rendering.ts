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
	const pieces = template.map(part => renderNow(part, options));
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

	for (const [index, part] of template.entries()) {
		if (part.kind !== 'checksum') continue;
		const {checksum, endian} = part;
		const before = concatBytes(pieces.slice(0, index));
		const value = checksum.compute(before);
		write(pieces[index]!, value, {bytes: checksum.bytes, endian});
	}

	// One piece may be a constant of the encoder: what is given away is a copy.
	return pieces.length === 1 ? pieces[0]!.slice() : concatBytes(pieces);
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
