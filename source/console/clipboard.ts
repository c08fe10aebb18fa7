/** What makes a terminal put text on the clipboard: OSC 52 (xterm's control sequences, "Manipulate Selection Data"). It moves no cursor and draws nothing. */
export function clipboardSequence(text: string): string {
	return `\u{1B}]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u{7}`;
}
