/**
 * Where a sequence number stands in a payload, as people write it: `u32be@0`.
 * Decides what is a meter; what it counts is `engine/datagrams/sequence-meter.ts`'s. Pure.
 */
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';

export interface SequenceMeter {
	readonly bytes: 1 | 2 | 4 | 8;
	readonly endian: 'big' | 'little';
	readonly offset: number;
}

const widths: Readonly<Record<string, SequenceMeter['bytes']>> = {
	8: 1,
	16: 2,
	32: 4,
	64: 8,
};

/**
 * `u8`, `u16`, `u32` or `u64`, then `be` (meant where nothing is said) or `le`, then `@` and
 * the offset of its first byte (0 where it is missing). Throws badMeter {meter, mostOffset}.
 */
export function parseMeter(text: string): SequenceMeter {
	const found = /^u(8|16|32|64)(be|le)?(?:@(\d{1,5}))?$/i.exec(text.trim());
	const bytes = widths[found?.[1] ?? ''];
	const offset = Number(found?.[3] ?? 0);
	if (bytes === undefined || offset + bytes > limits.datagramBytes) {
		throw new SocktermError('badMeter', {
			meter: text,
			mostOffset: limits.datagramBytes - (bytes ?? 1),
		});
	}

	const endian = found?.[2]?.toLowerCase() === 'le' ? 'little' : 'big';
	return {bytes, endian, offset};
}

export function formatMeter({bytes, endian, offset}: SequenceMeter): string {
	const order = bytes === 1 ? '' : endian === 'big' ? 'be' : 'le';
	return `u${bytes * 8}${order}@${offset}`;
}
