/** Text beside its bytes: which bytes a character takes, and text cut at places among bytes. A view, as in `text-view.ts`. */
import {codedCharacters} from '../../protocol/character-lengths.js';
import {decodeText, defaultFallback} from '../../protocol/text-decoding.js';
import type {SafeText} from '../ids.js';
import {toSafeText} from '../sanitize.js';

/** One character that can be shown as it is, or nothing (`''`) for bytes that have none. */
export interface ShownCharacter {
	readonly text: SafeText | '';
	readonly bytes: number;
}

/** The characters of bytes, read as `textOf` reads them. */
export function charactersOf(
	bytes: Uint8Array,
	fallback: string = defaultFallback,
): ShownCharacter[] {
	const {encoding} = decodeText(bytes, fallback);
	return codedCharacters(bytes, encoding).map(({text, bytes: length}) => {
		const safe = toSafeText(text);
		const isOne = Array.from(text).length === 1;
		const isShown = isOne && safe === text && text !== '\uFFFD';
		return {text: isShown ? safe : '', bytes: length};
	});
}

/**
 * The text of bytes in pieces, cut at offsets among the bytes (rising). A character
 * that an offset goes through stands whole behind it.
 */
export function textPartsOf(
	bytes: Uint8Array,
	offsets: readonly number[],
	fallback: string = defaultFallback,
): SafeText[] {
	const {encoding} = decodeText(bytes, fallback);
	const parts: string[] = [''];
	let end = 0;
	for (const {text, bytes: length} of codedCharacters(bytes, encoding)) {
		end += length;
		while (parts.length <= offsets.length && end > offsets[parts.length - 1]!) {
			parts.push('');
		}

		parts[parts.length - 1] += text;
	}

	while (parts.length <= offsets.length) parts.push('');
	return parts.map(part => toSafeText(part));
}
