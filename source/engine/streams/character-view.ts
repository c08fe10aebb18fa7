/** Text beside its bytes: which bytes a character takes, and text cut at places among bytes. A view, as in `text-view.ts`. */
import {codedCharacters} from '../../protocol/character-lengths.js';
import {decodeText, defaultFallback} from '../../protocol/text-decoding.js';
import {characterAt} from '../character-classes.js';
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
		const isOne = text.length <= 2 && characterAt(text, 0) === text;
		return {text: isOne ? shownAlone(text) : '', bytes: length};
	});
}

/** By code unit: a message has few different characters, and many of each. */
const shown: Array<SafeText | '' | undefined> = [];

/** A character where it can be shown as it is. */
function shownAlone(character: string): SafeText | '' {
	const unit = character.length === 1 ? character.charCodeAt(0) : undefined;
	const known = unit === undefined ? undefined : shown[unit];
	if (known !== undefined) return known;
	const safe = toSafeText(character);
	const found = safe === character && character !== '\uFFFD' ? safe : '';
	if (unit !== undefined) shown[unit] = found;
	return found;
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
