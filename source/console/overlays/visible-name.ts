/**
 * A file's own name as it can stand on one row of the screen: what is not seen
 * (control characters, direction marks) becomes its code in braces.
 */
export function visibleName(name: string): string {
	// U+200D joins emoji into one; on its own it takes no room.
	return name.replace(
		/(?!\u200D)[\p{C}\u2028\u2029]/gu,
		character => `{${character.codePointAt(0)!.toString(16)}}`,
	);
}
