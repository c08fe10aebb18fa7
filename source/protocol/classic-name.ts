/**
 * File names of the classic file assistant: always GBK, never another encoding,
 * so that nothing has to be guessed. Whether a name may be written is left to
 * the rules for names.
 */
import iconv from 'iconv-lite';
import {SocktermError} from '../errors.js';
import {encodeText} from './text-decoding.js';

const decode = (bytes: Uint8Array) =>
	iconv.decode(bytes, 'gbk', {stripBOM: false});

/** GBK bytes. Throws notEncodable {encoding, character}. */
export function encodeClassicName(name: string): Uint8Array {
	// Ours writes it as one byte, which others take for no GBK at all.
	if (name.includes('€')) {
		throw new SocktermError('notEncodable', {encoding: 'gbk', character: '€'});
	}

	return encodeText(name, 'gbk');
}

/** Undefined where the bytes are no GBK text. */
export function decodeClassicName(bytes: Uint8Array): string | undefined {
	const name = decode(bytes);
	return name.includes('\u{FFFD}') ? undefined : name;
}

/** Whether all of it may be a name, or the beginning of one: a size, as far as a file can have it, is not. */
export function mayBeName(bytes: Uint8Array): boolean {
	if (bytes.some(byte => byte < 0x20 || byte === 0x7f)) return false;
	if (decodeClassicName(bytes) !== undefined) return true;
	const isCut = bytes.length > 0 && bytes.at(-1)! > 0x80;
	return isCut && decodeClassicName(bytes.subarray(0, -1)) !== undefined;
}
