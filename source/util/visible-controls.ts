/** For texts of our own programs and of Node that may quote what somebody sent, such as the message of a parser's error. */

const unseen = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text without anything that a terminal obeys or does not draw: each such character as `\u{…}`. */
export function visibleControls(text: string): string {
	return text.replace(
		unseen,
		character => `\\u{${character.codePointAt(0)!.toString(16)}}`,
	);
}
