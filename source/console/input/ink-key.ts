/**
 * Rewrites a key as Ink understands it at once and without loss. Ink waits to
 * see whether an ESC is the key or the beginning of one, and has no field for
 * function keys; in the notation of the kitty keyboard protocol (CSI code;
 * modifiers;text u) both say what they are.
 */
const csi = '\u001B[';

const functionKeys: ReadonlyMap<string, number> = new Map(
	[
		['OP', '[11~', '[P', '[[A'],
		['OQ', '[12~', '[Q', '[[B'],
		['OR', '[13~', '[R', '[[C'],
		['OS', '[14~', '[S', '[[D'],
		['[15~', '[[E'],
		['[17~'],
		['[18~'],
		['[19~'],
		['[20~'],
		['[21~'],
		['[23~'],
		['[24~'],
	].flatMap((forms, index) =>
		forms.map(form => [`\u001B${form}`, index + 1] as const),
	),
);

/** Private-use code of F1 in that protocol; the others follow. */
const firstFunctionKey = 57_364;

/** With Alt: `CSI 1;3P` (older: `ESC O3P`) and `CSI 15;3~`. */
function altForms(key: string): readonly string[] {
	if (key.startsWith('\u001BO')) {
		const letter = key.slice(2);
		return [`${csi}1;3${letter}`, `\u001BO3${letter}`];
	}

	return key.endsWith('~') ? [`${key.slice(0, -1)};3~`] : [];
}

const altFunctionKeys: ReadonlyMap<string, number> = new Map(
	[...functionKeys].flatMap(([key, number]) =>
		altForms(key).map(form => [form, number] as const),
	),
);

/** A key as the terminal sent it → the bytes that Ink gets for it. */
export function toInkKey(key: string): string {
	if (key === '\u001B') return `${csi}27u`;
	const altNumber = altFunctionKeys.get(key);
	const number = functionKeys.get(key) ?? altNumber;
	if (number !== undefined) {
		const name = Array.from(`f${number}`, each => each.codePointAt(0)).join(
			':',
		);
		return `${csi}${firstFunctionKey + number - 1};${altNumber === undefined ? 9 : 11};${name}u`;
	}

	// Alt with the two characters that begin other sequences.
	if (key === '\u001BO' || key === '\u001B[') {
		return `${csi}${key.codePointAt(1)};3u`;
	}

	return key;
}
